"""Two systems, or two groups, on the same items."""

from __future__ import annotations

from aboveboard.arrays import Array, np
from aboveboard.stats._errors import InputError
from aboveboard.stats._inputs import Clusters, Numbers, as_values
from aboveboard.stats._interval import Estimate
from aboveboard.stats._mean import clustered_mean


def paired_difference(
    first: Numbers,
    second: Numbers,
    clusters: Clusters | None = None,
    confidence: float = 0.95,
    limits: tuple[float, float] | None = None,
) -> Estimate:
    """`clustered_mean` of first − second, item by item.

    Both of shape (n,), the same item at the same position. `limits` are the least and the greatest outcome
    there can be: two outcomes are no farther apart than these, which bounds the difference where all
    clusters differ alike, or not at all. Without `limits`, outcomes in [0, 1] are taken for shares; on any
    other scale such a difference has no interval (UndefinedError).
    """
    differences = pair_up(first, second)
    span = _range_of((first, second), limits)
    return clustered_mean(differences, clusters, confidence, None if span is None else (-span, span))


def pair_up(first: Numbers, second: Numbers) -> Array:
    """first − second, shape (n,); both must have the same length."""
    left, right = as_values(first, "first"), as_values(second, "second")
    if left.size != right.size:
        raise InputError(
            f"{left.size} values against {right.size}: they are not pairs",
            cure="keep the items that both have, in the same order",
        )
    return left - right


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
