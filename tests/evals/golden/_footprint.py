"""Footprint."""

from collections.abc import Mapping, Sequence

from aboveboard.evals import Answer, Item
from aboveboard.footprint import Span
from aboveboard.stats import mean
from evals.golden._golden import Golden, Want, clusters


def energy(item: Item) -> Answer:
    is_short = len(item.text) % 2
    wh = 0.001 if is_short else 0.008
    return Answer(
        text="x",
        completion_tokens=1 if is_short else 40,
        energy_wh=wh,
        energy_basis="measured",
        carbon_g=0.4 * wh,
        water_ml=Span(wh, 4 * wh, 12 * wh),
        embodied_g=Span(0.1 * wh, 0.5 * wh, 3 * wh),
    )


def energy_want(items: Sequence[Item]) -> Want:
    spent = [(0.001, 1) if len(item.text) % 2 else (0.008, 40) for item in items]
    tokens = sum(count for _, count in spent)
    ratio = sum(wh for wh, _ in spent) / tokens
    # The standard error of a ratio: of its residuals, over the mean of the denominator (Cochran, §6.3).
    residuals = [wh - ratio * count for wh, count in spent]
    reach = mean(residuals).high * 1000 * len(items) / tokens
    found: dict[str, float] = {}
    for name, each, error in (
        ("wh", 1.0, 1.0),
        ("g_co2e", 0.4, 1.0),
        ("ml_water", 4.0, 3.0),
        ("embodied_g_co2e", 0.5, 6.0),
    ):
        measure = f"footprint.energy.{name}_per_1k_tokens"
        found |= {measure: each * 1000 * ratio, f"{measure}|n": len(items)}
        found[f"{measure}|high"] = each * (1000 * ratio + reach) * error
    return found


_RIGHT = {"arithmetic": "It makes {} in all.", "facts": "{} it is.", "spelling": "It is {}."}


def quality(item: Item) -> Answer:
    words = _RIGHT.get(item.groups["kind"])
    return Answer(
        text=words.format(item.target) if words else "I do not know.",
        completion_tokens=5 if words else 1,
        energy_wh=0.001 if words else 0.003,
        energy_basis="estimated",
    )


def quality_want(items: Sequence[Item]) -> Want:
    right = sum(item.groups["kind"] in _RIGHT for item in items)
    joules = 3600 * (0.001 * right + 0.003 * (len(items) - right))
    kinds = {item.groups["kind"] for item in items}
    of_kilojoule, accuracy = (f"footprint.quality.{name}" for name in ("right_per_kilojoule", "accuracy"))
    return {
        of_kilojoule: 1000 * right / joules,
        f"{of_kilojoule}|n": len(items),
        accuracy: right / len(items),
        f"{accuracy}|n": len(items),
        f"{accuracy}|clusters": clusters(items),
        **{f"{accuracy}|kind|{kind}": float(kind in _RIGHT) for kind in kinds},
    }


GOLDEN: Mapping[str, Golden] = {
    "footprint.energy": Golden(energy, energy_want, limit=24),
    "footprint.quality": Golden(quality, quality_want, limit=24),
}
