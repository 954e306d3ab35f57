"""Footprint."""

from collections.abc import Mapping, Sequence

from aboveboard.evals import Answer, Item
from aboveboard.stats import mean
from evals.golden._golden import Golden, Want


def energy(item: Item) -> Answer:
    is_short = len(item.text) % 2
    wh = 0.001 if is_short else 0.008
    return Answer(text="x", completion_tokens=1 if is_short else 40, energy_wh=wh, carbon_g=0.4 * wh)


def energy_want(items: Sequence[Item]) -> Want:
    spent = [(0.001, 1) if len(item.text) % 2 else (0.008, 40) for item in items]
    tokens = sum(count for _, count in spent)
    ratio = sum(wh for wh, _ in spent) / tokens
    # The standard error of a ratio: of its residuals, over the mean of the denominator (Cochran, §6.3).
    residuals = [wh - ratio * count for wh, count in spent]
    reach = mean(residuals).high * 1000 * len(items) / tokens
    found: dict[str, float] = {}
    for name, grams in (("wh", 1.0), ("g_co2e", 0.4)):
        measure = f"footprint.energy.{name}_per_1k_tokens"
        found |= {measure: grams * 1000 * ratio, f"{measure}|n": len(items)}
        found[f"{measure}|high"] = grams * (1000 * ratio + reach)
    return found


GOLDEN: Mapping[str, Golden] = {
    "footprint.energy": Golden(energy, energy_want, limit=24),
}
