"""Means: plain, clustered, paired, resampled."""

import math
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from aboveboard import stats
from simulations.setting import Random, Setting, filled


def means() -> Iterator[Setting]:
    for n in (3, 10, 50):
        yield Setting("mean (t)", f"normal, n={n}", filled(_hit_normal, n), "~")
    for n, slack in ((20, 0.05), (50, 0.03), (200, 0.015)):
        yield Setting(
            "mean (t)",
            f"exponential, n={n}",
            filled(_hit_skewed, n),
            slack=slack,
        )
        yield Setting(
            "bootstrap_mean (BCa)",
            f"exponential, n={n}",
            filled(_hit_bootstrap, n),
            slack=slack,
            cost=2,
        )
    yield Setting(
        "bootstrap_mean (BCa), clustered",
        "exponential clusters, C=50×4",
        _hit_clustered_bootstrap,
        slack=0.03,
        cost=2,
    )


def _hit_normal(r: Random, n: int) -> bool:
    return 0.0 in stats.mean(r.standard_normal(n)).interval


def _hit_skewed(r: Random, n: int) -> bool:
    return 1.0 in stats.mean(r.exponential(size=n)).interval


def _hit_bootstrap(r: Random, n: int) -> bool:
    return 1.0 in stats.bootstrap_mean(r.exponential(size=n), resamples=1000).interval


def _hit_clustered_bootstrap(r: Random) -> bool:
    values, keys = np.repeat(r.exponential(size=50), 4) + r.standard_normal(200), np.repeat(np.arange(50), 4)
    return 1.0 in stats.bootstrap_mean(values, keys, resamples=1000).interval


_UNEVEN = {
    "C=3×8": (8,) * 3,
    "C=5, one with half of the items": (32, 8, 8, 8, 8),
    "C=10, one with 30 of 39 items": (30, *(1,) * 9),
    "C=20, sizes 1…40": tuple(1 + round(39 * place / 19) for place in range(20)),
}


def clustered() -> Iterator[Setting]:
    for count in (5, 20, 100):
        yield Setting(
            "clustered_mean",
            f"C={count}×8, intra-cluster correlation 0.5",
            filled(_hit_clustered, count),
            "~",
        )
        yield Setting(
            "clustered_mean",
            f"C={count}, sizes 1…15, correlation 0.5",
            filled(_hit_ragged, count),
            slack=0.01,
        )
    for case, sizes in _UNEVEN.items():
        yield Setting("clustered_mean", f"{case}, correlation 0.5", filled(_hit_sizes, sizes), slack=0.01)
    yield Setting(
        "mean (t), clusters ignored",
        "C=20×8, correlation 0.5",
        lambda r: 0.0 in stats.mean(_grouped(r, 20)[0]).interval,
        "shown",
    )
    for count in (20, 60):
        for p in (0.02, 0.1, 0.5, 0.9):
            yield Setting(
                "clustered_proportion",
                f"C={count}×5, p={p}, correlation 0.3",
                filled(_hit_beta_binomial, count, p),
                slack=0.02,
            )


def _grouped(r: Random, count: int) -> tuple[np.ndarray, np.ndarray]:
    return np.repeat(r.standard_normal(count), 8) + r.standard_normal(8 * count), np.repeat(
        np.arange(count), 8
    )


def _hit_clustered(r: Random, count: int) -> bool:
    return 0.0 in stats.clustered_mean(*_grouped(r, count)).interval


def _hit_ragged(r: Random, count: int) -> bool:
    return _hit_sizes(r, tuple(r.integers(1, 16, size=count)))


def _hit_sizes(r: Random, sizes: tuple[int, ...]) -> bool:
    keys = np.repeat(np.arange(len(sizes)), sizes)
    values = r.standard_normal(len(sizes))[keys] + r.standard_normal(keys.size)
    return 0.0 in stats.clustered_mean(values, keys).interval


def _hit_beta_binomial(r: Random, count: int, p: float) -> bool:
    strength = 1 / 0.3 - 1
    shares = np.repeat(r.beta(p * strength, (1 - p) * strength, size=count), 5)
    outcomes = (r.random(shares.size) < shares).astype(float)
    return p in stats.clustered_proportion(outcomes, np.repeat(np.arange(count), 5)).interval


def paired() -> Iterator[Setting]:
    for n, gap, slack in ((30, 0.0, 0.01), (100, 0.1, 0.01), (400, 0.02, 0.01)):
        yield Setting(
            "paired_difference",
            f"binary, n={n}, gap {gap}",
            filled(_hit_paired, n, gap),
            slack=slack,
        )


def _hit_paired(r: Random, n: int, gap: float) -> bool:
    merit = r.random(n)
    noisy = np.clip(merit + 0.1 * r.standard_normal(n), 0, 1)
    first, second = (merit < 0.4 + gap).astype(float), (noisy < 0.4).astype(float)
    return _true_gap(gap) in stats.paired_difference(first, second).interval


@lru_cache(None)
def _true_gap(gap: float) -> float:
    """P(U < 0.4 + gap) − P(clip(U + 0.1·Z) < 0.4), the latter by quadrature over U."""
    grid = (np.arange(200_000) + 0.5) / 200_000
    below = 0.5 * np.vectorize(math.erfc)((grid[::100] - 0.4) / 0.1 / math.sqrt(2))
    return 0.4 + gap - float(below.mean())
