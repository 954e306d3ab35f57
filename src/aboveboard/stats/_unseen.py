"""Where a figure can lie when no cluster was seen to differ from another."""

from __future__ import annotations

from typing import TypeAlias

from aboveboard.stats._cluster_sizes import effective_clusters
from aboveboard.stats._errors import InputError, UndefinedError
from aboveboard.stats._inputs import Codes
from aboveboard.stats._interval import Interval
from aboveboard.stats._proportion import exact_limits
from aboveboard.stats._sparing import is_sparing

Limits: TypeAlias = "tuple[float, float] | None"
"""The least and the greatest value that there can be; None where nobody knows any."""

NO_SPREAD = "clopper-pearson (no spread seen)"


def unseen_interval(value: float, codes: Codes, confidence: float, limits: Limits) -> Interval:
    """[(1−u)·value + u·a, (1−u)·value + u·b] for limits [a, b].

    u is the exact upper limit for none seen in n²/Σn_c² clusters: what is unseen has no larger share, and
    lies anywhere in the limits. Exact for a mean; for another statistic as if it were one. UndefinedError
    without limits, but within `values_only`.
    """
    if limits is None and is_sparing():
        return Interval(value, value, confidence, "none (no spread seen)")
    if limits is None:
        raise UndefinedError(
            f"all {int(codes.max()) + 1} have the same value, {value:g}: how far others may lie is unknown",
            cure="give the least and the greatest value there can be, or measure more",
        )
    if not limits[0] <= value <= limits[1]:
        raise InputError(f"{value:g} does not lie in [{limits[0]:g}, {limits[1]:g}]")
    most = exact_limits(0.0, effective_clusters(codes), (1 - confidence) / 2)[1]
    low, high = ((1 - most) * value + most * limit for limit in limits)
    return Interval(min(low, value), max(high, value), confidence, NO_SPREAD)
