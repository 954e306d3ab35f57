"""Slices of a finding: one a group, and one that speaks for all groups of an attribute."""

from collections.abc import Sequence

from aboveboard.evidence.records import Slice
from aboveboard.stats import Estimate


def slice_of(by: str, group: str, estimate: Estimate) -> Slice:
    """The slice of a group under an attribute."""
    below, above = estimate.fixed
    return Slice(
        by=by,
        group=group,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        n=estimate.n,
        fixed_below=below,
        fixed_above=above,
    )


def worst_of(by: str, parts: Sequence[Slice], highest_is_worst: bool) -> Slice:
    """The summary of an attribute's groups: the extreme one, bounded by the extremes of all their bounds.

    Each part's interval must already be at the family's confidence; the summary then is too.
    """
    pick = max if highest_is_worst else min
    worst = pick(parts, key=lambda part: part.value)
    low, high = pick(part.low for part in parts), pick(part.high for part in parts)
    return Slice(
        by=by,
        group="",
        value=worst.value,
        low=low,
        high=high,
        n=sum(part.n for part in parts),
        fixed_below=worst.fixed_below,
        fixed_above=worst.fixed_above,
    )
