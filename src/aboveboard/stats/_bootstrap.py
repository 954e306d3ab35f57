"""The bias-corrected and accelerated bootstrap."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeAlias

from aboveboard.arrays import Array, np, npt
from aboveboard.stats._distributions import normal_quantile, normal_tail
from aboveboard.stats._errors import InputError, TooFewError
from aboveboard.stats._inputs import (
    Clusters,
    Codes,
    Numbers,
    as_values,
    check_confidence,
    check_finite,
    cluster_codes,
)
from aboveboard.stats._interval import Estimate, Interval
from aboveboard.stats._power import detectable_by, detectable_by_side
from aboveboard.stats._sparing import draws
from aboveboard.stats._unseen import Limits, unseen_interval

RESAMPLES = 4000
"""Enough that a 95 % limit moves by about 1 % of the interval's width from seed to seed."""

_LEAST_RESAMPLES = 100
_BLOCKS = 500  # the jackknife leaves out at most so many parts
_CELLS = 2_000_000  # indices drawn at a time: 16 MB

Statistic: TypeAlias = "Callable[[Array], float]"


def bootstrap_mean(
    values: Numbers,
    clusters: Clusters | None = None,
    confidence: float = 0.95,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> Estimate:
    """The mean of values, shape (n,), with a BCa interval; whole clusters are drawn when keys are given.

    For skewed values, where the t interval errs on one side: this one leans towards the long tail, but is
    no wider, and with few values covers no more often. Same seed, same interval. Computed on cluster sums,
    all resamples at once. Values that are all the same have no interval (UndefinedError): `clustered_mean`
    has one where their limits are known.
    """
    array, codes = as_values(values), cluster_codes(clusters, len(values))
    sums, sizes = np.bincount(codes, weights=array), np.bincount(codes).astype(np.float64)
    _check_clusters(sums.size)
    if array.min() == array.max():
        return _alike(float(array[0]), codes, confidence, None)
    draws = resample_sums(np.column_stack([sums, sizes]), _check_resamples(resamples), seed)
    left_out = (sums.sum() - sums) / (sizes.sum() - sizes)
    return _estimate(
        draws[:, 0] / draws[:, 1], left_out, float(array.mean()), (array.size, sums.size, confidence)
    )


def bootstrap(
    statistic: Statistic,
    data: npt.ArrayLike,
    clusters: Clusters | None = None,
    confidence: float = 0.95,
    seed: int = 0,
    limits: Limits = None,
) -> Estimate:
    """Any statistic of rows with a BCa interval (Efron 1987, JASA 82:171); RESAMPLES resamples.

    `data` has shape (n, …); `statistic` gets a resample of its rows and returns one finite number. With
    clusters, whole clusters are drawn. The acceleration comes from a jackknife over at most 500 blocks.
    Where no resample differs, the interval is `unseen_interval` in the statistic's `limits`; without them
    there is none (UndefinedError).
    """
    rows = np.asarray(data, dtype=np.float64)
    if rows.ndim == 0 or rows.shape[0] == 0:
        raise InputError("data has no rows: nothing was observed")
    codes = cluster_codes(clusters, rows.shape[0])
    members = [np.flatnonzero(codes == code) for code in range(int(codes.max()) + 1)]
    _check_clusters(len(members))
    observed = check_finite(float(statistic(rows)), "the statistic")
    replicates = _replicates(statistic, rows, members, seed)
    if replicates.min() == replicates.max():
        return _alike(observed, codes, confidence, limits)
    left_out = _jackknife(statistic, rows, codes, len(members))
    return _estimate(replicates, left_out, observed, (rows.shape[0], len(members), confidence))


def resample_sums(totals: Array, resamples: int, seed: int) -> Array:
    """Sums over clusters drawn with replacement: totals of shape (C, k) give shape (resamples, k)."""
    generator, count = np.random.default_rng(seed), totals.shape[0]
    step = max(1, _CELLS // count)
    parts = []
    for start in range(0, resamples, step):
        rows = min(step, resamples - start)
        # Not `@`: its threads cost more than they save on products this thin.
        parts.append(np.einsum("rc,ck->rk", _times_drawn(generator, rows, count), totals))
    return np.concatenate(parts)


def _times_drawn(generator: np.random.Generator, resamples: int, count: int) -> Array:
    """How often each of `count` clusters is drawn in each resample, shape (resamples, count)."""
    chosen = generator.integers(0, count, size=(resamples, count))
    chosen += count * np.arange(resamples)[:, None]
    times = np.bincount(chosen.ravel(), minlength=resamples * count)
    return times.reshape(resamples, count).astype(np.float64)


def bca_interval(replicates: Array, left_out: Array, observed: float, confidence: float) -> Interval:
    """Quantiles of the replicates, shifted for bias and skew.

    `left_out` are the statistic's values with one cluster (or block) left out.
    """
    low, high = (_bca_level(replicates, left_out, observed, tail) for tail in _tails(confidence))
    ends = np.quantile(replicates, [low, high])
    method = "bca" if replicates.min() < replicates.max() else "bca (no spread seen)"
    # The value belongs to its interval, also when heavy ties push a quantile past it.
    return Interval(min(float(ends[0]), observed), max(float(ends[1]), observed), confidence, method)


def _bca_level(replicates: Array, left_out: Array, observed: float, tail: float) -> float:
    bias, acceleration = _bias(replicates, observed), _acceleration(left_out)
    shifted = bias + normal_quantile(tail)
    return 1.0 - normal_tail(bias + shifted / max(1e-6, 1.0 - acceleration * shifted))


def _bias(replicates: Array, observed: float) -> float:
    below = np.count_nonzero(replicates < observed) + np.count_nonzero(replicates == observed) / 2
    share = min(max(below, 0.5), replicates.size - 0.5) / replicates.size
    return normal_quantile(share)


def _acceleration(left_out: Array) -> float:
    deviations = left_out.mean() - left_out
    spread = float((deviations**2).sum()) ** 1.5
    return float((deviations**3).sum()) / (6 * spread) if spread > 0 else 0.0


def _tails(confidence: float) -> tuple[float, float]:
    tail = (1.0 - check_confidence(confidence)) / 2
    return tail, 1.0 - tail


def _replicates(statistic: Statistic, rows: Array, members: list[Codes], seed: int) -> Array:
    generator = np.random.default_rng(seed)
    values = np.empty(draws(RESAMPLES))
    for index in range(values.size):
        chosen = generator.integers(0, len(members), size=len(members))
        values[index] = statistic(rows[np.concatenate([members[code] for code in chosen])])
    if not np.isfinite(values).all():
        raise InputError(
            "the statistic is not a finite number on every resample", cure="observe more clusters"
        )
    return values


def _jackknife(statistic: Statistic, rows: Array, codes: Codes, clusters: int) -> Array:
    blocks = codes % min(clusters, draws(_BLOCKS))
    return np.array([float(statistic(rows[blocks != block])) for block in range(int(blocks.max()) + 1)])


def _estimate(
    replicates: Array, left_out: Array, observed: float, counts: tuple[int, int, float]
) -> Estimate:
    n, clusters, confidence = counts
    interval = bca_interval(replicates, left_out, observed, confidence)
    return Estimate(observed, interval, n, clusters, detectable_by(interval))


def _alike(observed: float, codes: Codes, confidence: float, limits: Limits) -> Estimate:
    interval = unseen_interval(observed, codes, check_confidence(confidence), limits)
    mde = detectable_by_side(interval, observed)
    return Estimate(observed, interval, codes.size, int(codes.max()) + 1, mde)


def _check_clusters(count: int) -> None:
    if count < 2:
        raise TooFewError(
            "one cluster alone cannot be resampled", cure="measure at least two independent clusters"
        )


def _check_resamples(resamples: int) -> int:
    if not (math.isfinite(resamples) and resamples >= _LEAST_RESAMPLES):
        raise InputError(f"{resamples} resamples are too few", cure=f"take at least {_LEAST_RESAMPLES}")
    return int(resamples)
