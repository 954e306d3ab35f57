"""A finding from estimates, and its slices: one a group, one that speaks for all groups of an attribute."""

from collections.abc import Callable, Iterable, Sequence

from aboveboard.evals._finding import Finding
from aboveboard.evals._measure import MeasureInfo
from aboveboard.evals.estimates._worst_case import Ends, Limits
from aboveboard.evidence.records import Slice
from aboveboard.stats import Estimate


def finding_of(
    measure: MeasureInfo, estimate: Estimate, method: str, slices: Sequence[Slice] = (), ends: Ends = None
) -> Finding:
    """The finding of a whole; `ends` are its interval's with the lost values."""
    return Finding(
        measure=measure.id,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        n=estimate.n,
        clusters=estimate.clusters,
        mde=estimate.mde,
        method=method,
        slices=tuple(slices),
        fixed=estimate.fixed,
        least=ends[0] if ends else None,
        most=ends[1] if ends else None,
    )


def slice_of(by: str, group: str, estimate: Estimate, ends: Ends = None) -> Slice:
    """The slice of a group under an attribute; `ends` are its interval's with the lost values."""
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
        least=ends[0] if ends else None,
        most=ends[1] if ends else None,
    )


def worst_of(by: str, parts: Sequence[Slice], highest_is_worst: bool, unseen: Sequence[Limits] = ()) -> Slice:
    """The summary of an attribute's groups: the extreme one, bounded by the extremes of all their bounds.

    Each part's interval must already be at the family's confidence; the summary then is too. `unseen` are
    the ends of groups that were lost altogether.
    """
    pick = max if highest_is_worst else min
    worst = pick(parts, key=lambda part: part.value)
    low, high = pick(part.low for part in parts), pick(part.high for part in parts)
    ends = _worst_ends(parts, unseen, pick)
    return Slice(
        by=by,
        group="",
        value=worst.value,
        low=low,
        high=high,
        n=sum(part.n for part in parts),
        fixed_below=worst.fixed_below,
        fixed_above=worst.fixed_above,
        least=ends[0] if ends else None,
        most=ends[1] if ends else None,
    )


def _worst_ends(
    parts: Sequence[Slice], unseen: Sequence[Limits], pick: Callable[[Iterable[float]], float]
) -> Ends:
    if not unseen and all(part.least is None for part in parts):
        return None
    least = [part.low if part.least is None else part.least for part in parts]
    most = [part.high if part.most is None else part.most for part in parts]
    return pick([*least, *(low for low, _ in unseen)]), pick([*most, *(high for _, high in unseen)])
