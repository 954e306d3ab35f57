"""Means of values that have no bounds, whole and by group."""

from collections.abc import Sequence

from aboveboard.evals._finding import Ask, Conclusions, Finding, Gap
from aboveboard.evals._measure import MeasureInfo
from aboveboard.evals.estimates._row import Row, by_group, distinct
from aboveboard.evals.estimates._slices import slice_of, worst_of
from aboveboard.evidence.records import Slice
from aboveboard.stats import Estimate, Interval, clustered_mean, clustered_proportion

Limits = tuple[float, float] | None
"""The least and the greatest value a row can have, where there are such."""


def conclude_mean(
    measure: MeasureInfo, rows: Sequence[Row], ask: Ask, notes: tuple[str, ...] = (), limits: Limits = None
) -> Conclusions:
    """The mean of rows with a clustered t interval, and by group. The attribute's summary is its worst group.

    With `limits` the interval keeps within them, and where all rows are alike it is that of as many shares,
    and no point. For shares use `conclude_rate`. Fewer than two clusters have no interval: the measure is
    then a gap, and a group of one cluster is left out.
    """
    if _clusters(rows) < 2:
        return Conclusions(gaps=(Gap(measure.id, f"{_clusters(rows)} cases were scored: a mean needs two"),))
    overall = _estimate(rows, ask.confidence, limits)
    attributes = ask.over or measure.attributes
    slices = [each for by in attributes for each in _slices(measure, rows, by, (ask, limits))]
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


def _slices(measure: MeasureInfo, rows: Sequence[Row], by: str, asked: tuple[Ask, Limits]) -> list[Slice]:
    ask, limits = asked
    groups = {group: part for group, part in by_group(rows, by).items() if _clusters(part) > 1}
    if not groups:
        return []
    confidence = ask.shared(len(ask.over or measure.attributes) * len(groups))
    parts = [slice_of(by, group, _estimate(part, confidence, limits)) for group, part in groups.items()]
    return [worst_of(by, parts, measure.direction != "higher"), *parts]


def _estimate(rows: Sequence[Row], confidence: float, limits: Limits) -> Estimate:
    values, clusters = [row.value for row in rows], [row.cluster for row in rows]
    plain = clustered_mean(values, clusters, confidence)
    if limits is None or plain.low < plain.high:
        return plain if limits is None else _on_scale(plain, 0.0, 1.0, limits)
    low, width = limits[0], limits[1] - limits[0]
    shares = [min(1.0, max(0.0, (value - low) / width)) for value in values]
    return _on_scale(clustered_proportion(shares, clusters, confidence), low, width, limits)


def _on_scale(share: Estimate, low: float, width: float, limits: tuple[float, float]) -> Estimate:
    ends = max(limits[0], low + width * share.low), min(limits[1], low + width * share.high)
    interval = Interval(*ends, share.interval.confidence, share.interval.method)
    return Estimate(low + width * share.value, interval, share.n, share.clusters, width * share.mde)


def _clusters(rows: Sequence[Row]) -> int:
    return distinct(rows, lambda row: row.cluster)
