"""What a figure could be, whatever the lost answers would have said.

The same estimate is made again with every lost value at the least, and at the greatest, that it can be
(Horowitz and Manski 1995, Econometrica 63:281; 2000, JASA 95:77): nothing is assumed about why they were
lost.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from aboveboard.evals._finding import Lost
from aboveboard.evals.estimates._row import Row
from aboveboard.stats import Estimate

Limits = tuple[float, float]
"""The least and the greatest value that a row can have."""

Ends = tuple[float, float] | None
"""The low end with the lost values at their least, the high end with them at their greatest; None where
nothing was lost, or what was lost has no limits."""


def worst_case(
    rows: Sequence[Row],
    lost: Sequence[Lost],
    estimate: Callable[[Sequence[Row]], Estimate],
    limits: Limits | None,
) -> Ends:
    """The low end with what was lost at its least and the high end with it at its greatest, between which the
    figure lies as surely as in the interval of `rows` alone; never inside that one. `estimate` is of a figure
    that never falls when a value rises.
    """
    if not lost or limits is None:
        return None
    seen = estimate(rows)
    least, most = (estimate([*rows, *filled(lost, value)]) for value in limits)
    return min(seen.low, least.low), max(seen.high, most.high)


def filled(lost: Sequence[Lost], value: float) -> list[Row]:
    """The lost values, had they all been this."""
    return [Row(value, each.cluster, each.groups) for each in lost]


def filled_against(lost: Sequence[Lost], by: str, group: str, values: Limits) -> list[Row]:
    """The lost values, had this group's all been the first and those of others the second."""
    return [
        Row(values[each.groups[by] != group], each.cluster, each.groups) for each in lost if by in each.groups
    ]


def lost_under(lost: Sequence[Lost], attributes: Iterable[str]) -> bool:
    """Whether anything was lost of attributes that have no figure: that may be why they have none."""
    return any(by in each.groups for by in attributes for each in lost)


def lost_by_group(lost: Sequence[Lost], by: str) -> Mapping[str, list[Lost]]:
    """What was lost of each group under an attribute."""
    groups: dict[str, list[Lost]] = {}
    for each in lost:
        if by in each.groups:
            groups.setdefault(each.groups[by], []).append(each)
    return groups
