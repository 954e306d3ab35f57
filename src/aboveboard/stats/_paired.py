"""Two systems, or two groups, on the same items."""

from __future__ import annotations

from aboveboard.arrays import Array, np
from aboveboard.stats._errors import InputError
from aboveboard.stats._inputs import Clusters, Numbers, as_values, cluster_codes
from aboveboard.stats._interval import Estimate, Interval
from aboveboard.stats._mean import clustered_mean
from aboveboard.stats._power import detectable_by
from aboveboard.stats._proportion import exact_limits


def paired_difference(
    first: Numbers,
    second: Numbers,
    clusters: Clusters | None = None,
    confidence: float = 0.95,
    limits: tuple[float, float] | None = None,
) -> Estimate:
    """`clustered_mean` of first − second, item by item.

    Both of shape (n,), the same item at the same position. `limits` are the least and the greatest
    outcome there can be. When no pair differs at all, the t interval would be a point; then the exact upper
    limit u for the share of differing clusters, none seen in C, bounds the difference: each may differ by
    the whole range, so [−u·range, u·range]. Without `limits` that is done for outcomes in [0, 1] only, which
    are taken for shares: give them for every other scale.
    """
    differences = pair_up(first, second)
    span = _range_of((first, second), limits)
    estimate = clustered_mean(differences, clusters, confidence)
    if differences.any() or span is None:
        return estimate
    reach = span * exact_limits(0.0, estimate.clusters, (1 - confidence) / 2)[1]
    interval = Interval(-reach, reach, confidence, "clopper-pearson (no pair differs)")
    return Estimate(0.0, interval, estimate.n, estimate.clusters, detectable_by(interval))


def pair_up(first: Numbers, second: Numbers) -> Array:
    """first − second, shape (n,); both must have the same length."""
    left, right = as_values(first, "first"), as_values(second, "second")
    if left.size != right.size:
        raise InputError(
            f"{left.size} values against {right.size}: they are not pairs",
            cure="keep the items that both have, in the same order",
        )
    return left - right


def count_clusters(clusters: Clusters | None, n: int) -> int:
    """How many independent clusters n values come in."""
    return int(cluster_codes(clusters, n).max()) + 1


def _range_of(pairs: tuple[Numbers, Numbers], limits: tuple[float, float] | None) -> float | None:
    """How far two outcomes can be apart; None when nobody said and they are no shares."""
    low, high = limits or (0.0, 1.0)
    array = np.asarray(pairs, dtype=np.float64)
    is_within = bool(array.min() >= low and array.max() <= high)
    if is_within:
        return high - low
    if limits:
        raise InputError(
            f"outcomes between {array.min():g} and {array.max():g} do not lie in [{low:g}, {high:g}]",
            cure="give the limits of the scale that the outcomes are on",
        )
    return None
