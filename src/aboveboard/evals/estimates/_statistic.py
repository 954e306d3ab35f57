"""Any statistic of a table of numbers, whole and by group, with a bootstrap over what repeats."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from aboveboard.arrays import Array, np
from aboveboard.evals._finding import Ask, Conclusions, Gap
from aboveboard.evals._measure import MeasureInfo
from aboveboard.evals.estimates._slices import finding_of, slice_of, worst_of
from aboveboard.evals.estimates._worst_case import Limits
from aboveboard.evidence.records import Slice
from aboveboard.stats import Estimate, StatsError, bootstrap

Statistic = Callable[[Array], float]
_Estimate = Callable[[Sequence["Line"], float], Estimate]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table, with what repeats and its groups, as in `Row`."""

    values: tuple[float, ...]
    cluster: str
    groups: dict[str, str]


def conclude_statistic(
    measure: MeasureInfo,
    statistic: Statistic,
    lines: Sequence[Line],
    ask: Ask,
    limits: Limits | None = None,
) -> Conclusions:
    """`statistic` of the table, shape (n, k), with a BCa interval over clusters, and by group.

    The attribute's summary is its worst group: the lowest where higher is better, else the highest. Groups of
    one cluster are left out; a table with fewer than two has no interval and is a gap, and so is one in which
    no resample differs, unless the statistic's `limits` are given.
    """
    estimate = partial(_estimate, statistic, limits)
    try:
        overall = estimate(lines, ask.confidence)
        attributes = ask.over or measure.attributes
        slices = [each for by in attributes for each in _slices(measure, estimate, lines, (by, ask))]
    except StatsError as error:
        return Conclusions(gaps=(Gap(measure.id, error.what),))
    method = f"{overall.interval.method} bootstrap over cases"
    if slices:
        method += f"; groups joint over {', '.join(attributes)} (Bonferroni)"
    return Conclusions((finding_of(measure, overall, method, slices),))


def _slices(
    measure: MeasureInfo, estimate: _Estimate, lines: Sequence[Line], asked: tuple[str, Ask]
) -> list[Slice]:
    by, ask = asked
    groups: dict[str, list[Line]] = {}
    for line in lines:
        if by in line.groups:
            groups.setdefault(line.groups[by], []).append(line)
    enough = {group: part for group, part in sorted(groups.items()) if len({e.cluster for e in part}) > 1}
    if not enough:
        return []
    confidence = ask.shared(len(ask.over or measure.attributes) * len(enough))
    parts = [slice_of(by, group, estimate(part, confidence)) for group, part in enough.items()]
    return [worst_of(by, parts, measure.direction != "higher"), *parts]


def _estimate(
    statistic: Statistic, limits: Limits | None, lines: Sequence[Line], confidence: float
) -> Estimate:
    table = np.array([line.values for line in lines], dtype=np.float64)
    return bootstrap(statistic, table, [line.cluster for line in lines], confidence, limits=limits)
