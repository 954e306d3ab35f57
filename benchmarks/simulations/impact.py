"""Impact ratios: of groups of their own, and of the same cases under several names."""

from collections.abc import Iterator

import numpy as np

from aboveboard import stats
from simulations.setting import Random, Setting, filled, rates_words


def impact_ratios() -> Iterator[Setting]:
    for n in (20, 100, 400):
        for rates in (
            (0.5, 0.5),
            (0.5, 0.4),
            (0.3,) * 4,
            (0.5, 0.45, 0.5, 0.3),
            (0.95, 0.9, 0.95),
            (0.5,) * 8,
            (0.1, 0.02),
        ):
            yield Setting(
                "impact_ratio (worst group)",
                f"n={n} each, rates {rates_words(rates)}",
                filled(_hit_worst, n, rates),
                cost=4,
            )
    yield Setting(
        "impact_ratio (lower end alone)",
        "n=2000 each, rates 0.5 0.4",
        filled(_low_holds, 2000, (0.5, 0.4)),
        "~",
        nominal=0.975,
        slack=0.005,
    )


def _drawn(r: Random, n: int, rates: tuple[float, ...]) -> dict[str, tuple[int, int]]:
    while True:
        counts = {f"g{i}": (int(r.binomial(n, p)), n) for i, p in enumerate(rates)}
        if any(selected for selected, _ in counts.values()):
            return counts


def _hit_worst(r: Random, n: int, rates: tuple[float, ...]) -> bool:
    return min(rates) / max(rates) in stats.impact_ratio(_drawn(r, n, rates)).estimate.interval


def _low_holds(r: Random, n: int, rates: tuple[float, ...]) -> bool:
    return stats.impact_ratio(_drawn(r, n, rates)).estimate.low <= min(rates) / max(rates)


def crossed() -> Iterator[Setting]:
    for n in (10, 30, 100):
        for rates in ((0.5, 0.5), (0.5, 0.4), (0.3, 0.3, 0.3, 0.24), (0.9, 0.9, 0.9)):
            yield Setting(
                "impact_ratio_crossed (worst group)",
                f"{n} CVs, rates {rates_words(rates)}",
                filled(_hit_crossed, n, rates),
                cost=5,
            )

    for many in ((0.5,) * 8, (0.5,) * 6 + (0.4, 0.4)):
        yield Setting(
            "impact_ratio_crossed (worst group)",
            f"100 CVs, intersections, rates {rates_words(many)}",
            filled(_hit_crossed, 100, many),
            cost=25,
        )


def _hit_crossed(r: Random, n: int, rates: tuple[float, ...]) -> bool:
    """CVs of common merit; a name shifts the chance, and each showing has luck of its own."""
    while True:
        merit = r.random(n)
        lucky = {f"g{i}": np.where(r.random(n) < 0.8, merit, r.random(n)) < p for i, p in enumerate(rates)}
        if any(chosen.any() for chosen in lucky.values()):
            break
    outcomes = {name: chosen.astype(float) for name, chosen in lucky.items()}
    return min(rates) / max(rates) in stats.impact_ratio_crossed(outcomes).estimate.interval
