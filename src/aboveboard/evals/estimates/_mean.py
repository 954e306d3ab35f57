"""Means of values that are no shares, whole and by group."""

from collections.abc import Sequence
from functools import partial

from aboveboard.evals._finding import Ask, Conclusions, Gap
from aboveboard.evals._measure import MeasureInfo
from aboveboard.evals.estimates._row import Row, by_group, distinct
from aboveboard.evals.estimates._slices import finding_of, slice_of, worst_of
from aboveboard.evals.estimates._worst_case import Limits, lost_by_group, worst_case
from aboveboard.evidence.records import Slice
from aboveboard.stats import Estimate, UndefinedError, clustered_mean


def conclude_mean(
    measure: MeasureInfo,
    rows: Sequence[Row],
    ask: Ask,
    notes: tuple[str, ...] = (),
    limits: Limits | None = None,
) -> Conclusions:
    """The mean of rows with a clustered t interval, and by group. The attribute's summary is its worst group.

    `limits` are the least and the greatest value a row can have, where there are such: the interval keeps
    within them. For shares use `conclude_rate`. Fewer than two clusters have no interval: the measure is a
    gap, and a group of one is left out. Nor have clusters that are all alike where there are no limits: a
    group of such is a gap of its attribute, which then has no summary.
    """
    if _clusters(rows) < 2:
        return Conclusions(gaps=(Gap(measure.id, f"{_clusters(rows)} cases were scored: a mean needs two"),))
    try:
        overall = _estimate(rows, ask.confidence, limits)
    except UndefinedError as error:
        return Conclusions(gaps=(Gap(measure.id, error.what),))
    slices, gaps = _all_slices(measure, rows, ask, limits)
    estimate = partial(_estimate, confidence=ask.confidence, limits=limits)
    ends = worst_case(rows, ask.lost, estimate, limits)
    finding = finding_of(measure, overall, _method(overall, slices), slices, ends)
    return Conclusions((finding,), tuple(gaps)).noted(*notes)


def _method(overall: Estimate, slices: Sequence[Slice]) -> str:
    method = f"mean, clustered interval ({overall.interval.method})"
    if not slices:
        return method
    names = ", ".join(dict.fromkeys(each.by for each in slices))
    return f"{method}; groups joint over {names} (Bonferroni); an attribute's value is its worst group"


def _all_slices(
    measure: MeasureInfo, rows: Sequence[Row], ask: Ask, limits: Limits | None
) -> tuple[list[Slice], list[Gap]]:
    slices: list[Slice] = []
    gaps: list[Gap] = []
    for by in ask.over or measure.attributes:
        parts, unknown = _parts(rows, by, (ask, len(ask.over or measure.attributes)), limits)
        gaps += [Gap(measure.id, f"{group}: {reason}", by) for group, reason in unknown.items()]
        if parts and not unknown:
            known = {part.group for part in parts}
            unseen = [limits for group in lost_by_group(ask.lost, by) if group not in known and limits]
            slices.append(worst_of(by, parts, measure.direction != "higher", unseen))
        slices += parts
    return slices, gaps


def _parts(
    rows: Sequence[Row], by: str, asked: tuple[Ask, int], limits: Limits | None
) -> tuple[list[Slice], dict[str, str]]:
    """Each group of two clusters or more that has an interval, and why the others have none."""
    ask, attributes = asked
    groups = {group: part for group, part in by_group(rows, by).items() if _clusters(part) > 1}
    estimate = partial(_estimate, confidence=ask.shared(attributes * len(groups)), limits=limits)
    lost = lost_by_group(ask.lost, by)
    parts: list[Slice] = []
    unknown: dict[str, str] = {}
    for group, part in groups.items():
        try:
            ends = worst_case(part, lost.get(group, ()), estimate, limits)
            parts.append(slice_of(by, group, estimate(part), ends))
        except UndefinedError as error:
            unknown[group] = error.what
    return parts, unknown


def _estimate(rows: Sequence[Row], confidence: float, limits: Limits | None) -> Estimate:
    values, clusters = [row.value for row in rows], [row.cluster for row in rows]
    return clustered_mean(values, clusters, confidence, limits)


def _clusters(rows: Sequence[Row]) -> int:
    return distinct(rows, lambda row: row.cluster)
