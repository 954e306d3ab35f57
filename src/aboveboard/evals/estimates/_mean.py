"""Means of values that have no bounds, whole and by group."""

from collections.abc import Sequence

from aboveboard.evals._finding import Ask, Conclusions, Finding, Gap
from aboveboard.evals._measure import MeasureInfo
from aboveboard.evals.estimates._rate import worst_of
from aboveboard.evals.estimates._row import Row, by_group, distinct
from aboveboard.evidence.records import Slice
from aboveboard.stats import Estimate, clustered_mean


def conclude_mean(
    measure: MeasureInfo, rows: Sequence[Row], ask: Ask, notes: tuple[str, ...] = ()
) -> Conclusions:
    """The mean of rows with a clustered t interval, and by group. The attribute's summary is its worst group.

    For shares use `conclude_rate`, which knows the limits 0 and 1. Fewer than two clusters have no interval:
    the measure is then a gap, and a group of one cluster is left out.
    """
    if _clusters(rows) < 2:
        return Conclusions(gaps=(Gap(measure.id, f"{_clusters(rows)} cases were scored: a mean needs two"),))
    overall = _estimate(rows, ask.confidence)
    attributes = ask.over or measure.attributes
    slices = [each for by in attributes for each in _slices(measure, rows, by, ask)]
    method = f"mean, clustered interval ({overall.interval.method})"
    if slices:
        names = ", ".join(attributes)
        method += f"; groups joint over {names} (Bonferroni); an attribute's value is its worst group"
    finding = Finding(
        measure=measure.id,
        value=overall.value,
        low=overall.low,
        high=overall.high,
        n=overall.n,
        clusters=overall.clusters,
        mde=overall.mde,
        method=method,
        slices=tuple(slices),
        notes=notes,
    )
    return Conclusions((finding,))


def _slices(measure: MeasureInfo, rows: Sequence[Row], by: str, ask: Ask) -> list[Slice]:
    groups = {group: part for group, part in by_group(rows, by).items() if _clusters(part) > 1}
    if not groups:
        return []
    confidence = ask.shared(len(ask.over or measure.attributes) * len(groups))
    parts = [_slice(by, group, _estimate(part, confidence)) for group, part in groups.items()]
    return [worst_of(by, parts, measure.direction != "higher"), *parts]


def _slice(by: str, group: str, estimate: Estimate) -> Slice:
    return Slice(by=by, group=group, value=estimate.value, low=estimate.low, high=estimate.high, n=estimate.n)


def _estimate(rows: Sequence[Row], confidence: float) -> Estimate:
    return clustered_mean([row.value for row in rows], [row.cluster for row in rows], confidence)


def _clusters(rows: Sequence[Row]) -> int:
    return distinct(rows, lambda row: row.cluster)
