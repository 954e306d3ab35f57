"""Shares, their ratios, and shares put right for a judge's errors."""

from collections.abc import Iterator
from functools import lru_cache

from aboveboard import stats
from simulations.setting import Random, Setting, filled

_wilson = lru_cache(None)(stats.wilson)

_exact = lru_cache(None)(stats.clopper_pearson)

_proportion = lru_cache(None)(stats.proportion)


def binomial() -> Iterator[Setting]:
    for n in (10, 50, 200):
        yield Setting(
            "wilson",
            f"n={n}, p uniform (average)",
            filled(_hit_wilson_anywhere, n),
            "~",
            slack=0.01,
        )
        yield Setting(
            "wilson",
            f"n={n}, p={0.17 / n:.4g} (its worst)",
            filled(_hit_wilson, n, 0.17 / n),
            "shown",
        )
        for p in (0.17 / n, 0.02, 0.1, 0.3, 0.5):
            yield Setting("clopper-pearson", f"n={n}, p={p:.4g}", filled(_hit_exact, n, p))
            yield Setting("proportion", f"n={n}, p={p:.4g}", filled(_hit_share, n, p), slack=0.02)


def _hit_wilson_anywhere(r: Random, n: int) -> bool:
    return _hit_wilson(r, n, r.random())


def _hit_wilson(r: Random, n: int, p: float) -> bool:
    return p in _wilson(int(r.binomial(n, p)), n)


def _hit_exact(r: Random, n: int, p: float) -> bool:
    return p in _exact(int(r.binomial(n, p)), n)


def _hit_share(r: Random, n: int, p: float) -> bool:
    return p in _proportion(int(r.binomial(n, p)), n).interval


def ratios() -> Iterator[Setting]:
    for n, p, q in (
        (20, 0.1, 0.2),
        (20, 0.5, 0.5),
        (20, 0.9, 0.95),
        (50, 0.05, 0.3),
        (100, 0.4, 0.5),
        (300, 0.02, 0.04),
    ):
        yield Setting("ratio", f"n={n} each, {p} ÷ {q}", filled(_hit_ratio, n, p, q), slack=0.005)


def _hit_ratio(r: Random, n: int, p: float, q: float) -> bool:
    other = 0
    while other == 0:  # without a success there the ratio is undefined, and no interval is claimed
        other = int(r.binomial(n, q))
    return p / q in _ratio(int(r.binomial(n, p)), n, other, n).interval


_ratio = lru_cache(None)(stats.ratio)


def corrected() -> Iterator[Setting]:
    for p, n, labelled in ((0.02, 500, 100), (0.1, 200, 50), (0.3, 200, 100), (0.6, 1000, 40)):
        yield Setting(
            "corrected_proportion",
            f"p={p}, n={n}, Se 0.9, Sp 0.95 on {labelled} each",
            filled(_hit_corrected, p, n, labelled),
            slack=0.01,
        )


def _hit_corrected(r: Random, p: float, n: int, labelled: int) -> bool:
    flagged = int(r.binomial(n, p * 0.9 + (1 - p) * 0.05))
    hits, rejects = int(r.binomial(labelled, 0.9)), int(r.binomial(labelled, 0.95))
    return p in stats.corrected_proportion(flagged, n, (hits, labelled), (rejects, labelled)).interval
