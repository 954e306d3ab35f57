"""Means and shares of observations that come in clusters: items of one template, names on one CV."""

from __future__ import annotations

import math

from aboveboard.arrays import Array, np
from aboveboard.stats._cluster_sizes import effective_clusters, effective_freedom
from aboveboard.stats._distributions import two_sided_t
from aboveboard.stats._errors import TooFewError
from aboveboard.stats._inputs import (
    Clusters,
    Codes,
    Numbers,
    as_shares,
    as_values,
    check_confidence,
    cluster_codes,
)
from aboveboard.stats._interval import Estimate, Interval
from aboveboard.stats._power import detectable_by, detectable_by_side, minimum_detectable_effect
from aboveboard.stats._proportion import EXACT_BELOW, exact_limits
from aboveboard.stats._unseen import Limits, unseen_interval

_ROUNDING = 1e-12


def mean(values: Numbers, confidence: float = 0.95, limits: Limits = None) -> Estimate:
    """The mean of independent values with Student's t interval (n − 1 degrees of freedom).

    Needs two values (TooFewError); values that are all equal need `limits`, as in `clustered_mean`. For
    shares use `proportion`.
    """
    return clustered_mean(values, None, confidence, limits)


def clustered_mean(
    values: Numbers, clusters: Clusters | None = None, confidence: float = 0.95, limits: Limits = None
) -> Estimate:
    """The mean of values, shape (n,), with a t interval on `effective_freedom` degrees (C − 1 for C clusters
    of one size), within `limits`.

    SE = √((C−1)/C · Σ_c (Σ_{i∈c} (x_i − x̄) / (n − n_c))²): how far the mean moves without each cluster (CR3:
    Bell and McCaffrey 2002, Survey Methodology 28:169). For clusters of one size it is Liang and Zeger's
    (1986, Biometrika 73:13; Miller 2024, arXiv:2411.00640), which is far too small where one is large. With
    every value its own cluster it is s/√n. Needs two clusters (TooFewError).

    Clusters that all have the same mean x̄ show no spread. Then at most u of all clusters, u the exact upper
    limit for none seen in n²/Σn_c², can be otherwise, and lie anywhere in `limits` [a, b]: the interval is
    [(1−u)·x̄ + u·a, (1−u)·x̄ + u·b]. Without limits there is none (UndefinedError).
    """
    array, codes = as_values(values), cluster_codes(clusters, len(values))
    check_confidence(confidence)
    value, count, error = _mean_of(array), _count_clusters(codes), sandwich_error(array, codes)
    if error == 0.0:
        interval = unseen_interval(value, codes, confidence, limits)
        return Estimate(value, interval, array.size, count, detectable_by_side(interval, value))
    interval = t_interval(value, error, effective_freedom(codes), confidence)
    held = interval.clipped(*limits) if limits else interval
    return Estimate(value, held, array.size, count, _detectable(error, confidence))


def clustered_proportion(
    values: Numbers, clusters: Clusters | None = None, confidence: float = 0.95
) -> Estimate:
    """The mean of values in [0, 1], shape (n,), most often 0 or 1, that come in clusters.

    `clustered_mean`'s interval within [0, 1]; near the edges, with fewer than EXACT_BELOW *effective*
    successes or failures, or no spread, the exact interval at the effective sample size
    p(1−p)/SE² · (t_{n−1}/t_ν)² (Korn and Graubard 1998, Survey Methodology 24:193), ν `effective_freedom`. It
    is n²/Σn_c², the number of clusters of one size, when every value is the same. One cluster alone tells
    nothing: the interval is [0, 1].
    """
    array, codes = as_shares(values), cluster_codes(clusters, len(values))
    count, share = _count_clusters(codes), float(array.mean())
    check_confidence(confidence)
    if count < 2:
        return Estimate(share, Interval(0.0, 1.0, confidence, "one cluster"), array.size, count, 1.0)
    error = sandwich_error(array, codes)
    size = _effective_size(array, codes, error, confidence)
    if error > 0 and size * min(share, 1 - share) >= EXACT_BELOW:
        interval = t_interval(share, error, effective_freedom(codes), confidence).clipped(0.0, 1.0)
        return Estimate(share, interval, array.size, count, _detectable(error, confidence))
    low, high = exact_limits(share * size, size, (1 - confidence) / 2)
    interval = Interval(min(low, share), max(high, share), confidence, "korn-graubard")
    return Estimate(share, interval, array.size, count, detectable_by(interval))


def clustered_standard_error(values: Numbers, clusters: Clusters | None = None) -> float:
    """The standard error in `clustered_mean`'s formula; needs two clusters (TooFewError)."""
    array = as_values(values)
    return sandwich_error(array, cluster_codes(clusters, array.size))


def effective_size(values: Numbers, clusters: Clusters | None = None, confidence: float = 0.95) -> float:
    """How many independent trials would tell as much of a share as these values in [0, 1], shape (n,).

    The size in `clustered_proportion`: p(1−p)/SE² · (t_{n−1}/t_ν)², between 1 and n; n²/Σn_c² when every
    value is the same. Not whole in general.
    """
    array, codes = as_shares(values), cluster_codes(clusters, len(values))
    if _count_clusters(codes) < 2:
        return 1.0
    error = sandwich_error(array, codes)
    return float(_effective_size(array, codes, error, check_confidence(confidence)))


def sandwich_error(array: Array, codes: Codes) -> float:
    """√((C−1)/C · Σ_c (Σ_{i∈c} (x_i − x̄) / (n − n_c))²); exactly 0 where all clusters have the same mean."""
    count = _count_clusters(codes)
    if count < 2:
        raise TooFewError(
            "one cluster alone has no standard error", cure="measure at least two independent clusters"
        )
    sums = np.bincount(codes, weights=array - array.mean())
    moved = sums / (array.size - np.bincount(codes))  # of the mean, when that cluster is left out
    error = math.sqrt((count - 1) / count * float(moved @ moved))
    # The mean of equal values may differ from them in the last bit.
    return error if error > _ROUNDING * float(np.abs(array).max()) else 0.0


def t_interval(value: float, error: float, freedom: float, confidence: float) -> Interval:
    """value ± t · SE."""
    reach = two_sided_t(confidence, freedom) * error
    method = "t" if error > 0 else "t (no spread seen)"
    return Interval(value - reach, value + reach, confidence, method)


def _mean_of(array: Array) -> float:
    """The mean, which may leave equal values by the last bit."""
    return min(float(array.max()), max(float(array.min()), float(array.mean())))


def _count_clusters(codes: Codes) -> int:
    return int(codes.max()) + 1


def _detectable(error: float, confidence: float) -> float:
    return minimum_detectable_effect(error, alpha=1 - confidence)


def _effective_size(array: Array, codes: Codes, error: float, confidence: float) -> float:
    """How many independent trials would tell as much; between 1 and n."""
    n, share = array.size, float(array.mean())
    if array.min() == array.max():
        return effective_clusters(codes)
    if error == 0.0:
        return n
    penalty = two_sided_t(confidence, n - 1) / two_sided_t(confidence, effective_freedom(codes))
    return min(n, max(1.0, share * (1 - share) / error**2 * penalty**2))
