"""Means and shares of observations that come in clusters: items of one template, names on one CV."""

from __future__ import annotations

import math

from aboveboard.arrays import Array, np
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
from aboveboard.stats._power import detectable_by, minimum_detectable_effect
from aboveboard.stats._proportion import EXACT_BELOW, exact_limits


def mean(values: Numbers, confidence: float = 0.95) -> Estimate:
    """The mean of independent values with Student's t interval (n − 1 degrees of freedom).

    Needs two values (TooFewError). Values that are all equal show no spread: the interval is then the
    value itself and its method says so; for shares use `proportion`, which knows the limits 0 and 1.
    """
    return clustered_mean(values, None, confidence)


def clustered_mean(values: Numbers, clusters: Clusters | None = None, confidence: float = 0.95) -> Estimate:
    """The mean of values, shape (n,), with a t interval on C − 1 degrees of freedom (C clusters).

    SE = √((C−1)/C · Σ_c (Σ_{i∈c} (x_i − x̄) / (n − n_c))²): how far the mean moves without each cluster (CR3:
    Bell and McCaffrey 2002, Survey Methodology 28:169). For clusters of one size it is Liang and Zeger's
    (1986, Biometrika 73:13; Miller 2024, arXiv:2411.00640), which is far too small where one is large. With
    every value its own cluster it is s/√n. Needs two clusters (TooFewError).
    """
    array, codes = as_values(values), cluster_codes(clusters, len(values))
    count = _count_clusters(codes)
    error = sandwich_error(array, codes)
    interval = t_interval(float(array.mean()), error, count - 1, check_confidence(confidence))
    return Estimate(float(array.mean()), interval, array.size, count, _detectable(error, confidence))


def clustered_proportion(
    values: Numbers, clusters: Clusters | None = None, confidence: float = 0.95
) -> Estimate:
    """The mean of values in [0, 1], shape (n,), most often 0 or 1, that come in clusters.

    `clustered_mean`'s interval within [0, 1]; near the edges, with fewer than EXACT_BELOW *effective*
    successes or failures, or no spread, the exact interval at the effective sample size
    p(1−p)/SE² · (t_{n−1}/t_{C−1})² (Korn and Graubard 1998, Survey Methodology 24:193), which is the number
    of clusters when every value is the same. One cluster alone tells nothing: the interval is [0, 1].
    """
    array, codes = as_shares(values), cluster_codes(clusters, len(values))
    count, share = _count_clusters(codes), float(array.mean())
    check_confidence(confidence)
    if count < 2:
        return Estimate(share, Interval(0.0, 1.0, confidence, "one cluster"), array.size, count, 1.0)
    error = sandwich_error(array, codes)
    size = _effective_size(share, error, (array.size, count), confidence)
    if error > 0 and size * min(share, 1 - share) >= EXACT_BELOW:
        interval = t_interval(share, error, count - 1, confidence).clipped(0.0, 1.0)
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

    The size in `clustered_proportion`: p(1−p)/SE² · (t_{n−1}/t_{C−1})², between 1 and n; the number of
    clusters when every value is 0, or every value 1. Not whole in general.
    """
    array, codes = as_shares(values), cluster_codes(clusters, len(values))
    counts = (array.size, _count_clusters(codes))
    if counts[1] < 2:
        return 1.0
    error = sandwich_error(array, codes)
    return float(_effective_size(float(array.mean()), error, counts, check_confidence(confidence)))


def sandwich_error(array: Array, codes: Codes) -> float:
    """√((C−1)/C · Σ_c (Σ_{i∈c} (x_i − x̄) / (n − n_c))²)."""
    count = _count_clusters(codes)
    if count < 2:
        raise TooFewError(
            "one cluster alone has no standard error", cure="measure at least two independent clusters"
        )
    if array.min() == array.max():
        return 0.0  # the mean of equal values may differ from them in the last bit
    sums = np.bincount(codes, weights=array - array.mean())
    moved = sums / (array.size - np.bincount(codes))  # of the mean, when that cluster is left out
    return math.sqrt((count - 1) / count * float(moved @ moved))


def t_interval(value: float, error: float, freedom: float, confidence: float) -> Interval:
    """value ± t · SE."""
    reach = two_sided_t(confidence, freedom) * error
    method = "t" if error > 0 else "t (no spread seen)"
    return Interval(value - reach, value + reach, confidence, method)


def _count_clusters(codes: Codes) -> int:
    return int(codes.max()) + 1


def _detectable(error: float, confidence: float) -> float:
    return minimum_detectable_effect(error, alpha=1 - confidence)


def _effective_size(share: float, error: float, counts: tuple[int, int], confidence: float) -> float:
    """How many independent trials would tell as much; between 1 and n."""
    n, clusters = counts
    if share in (0.0, 1.0):
        return clusters
    if error == 0.0:
        return n
    penalty = two_sided_t(confidence, n - 1) / two_sided_t(confidence, clusters - 1)
    return min(n, max(1.0, share * (1 - share) / error**2 * penalty**2))
