"""Rates and means, clustered, whole and by group."""

from collections.abc import Sequence
from functools import partial

from aboveboard.evals._finding import Ask, Conclusions, Gap
from aboveboard.evals._measure import MeasureInfo
from aboveboard.evals.estimates._row import Row, by_group
from aboveboard.evals.estimates._slices import finding_of, slice_of, worst_of
from aboveboard.evals.estimates._worst_case import lost_by_group, worst_case
from aboveboard.evals.rules import RuleCard
from aboveboard.evidence.records import Slice
from aboveboard.stats import (
    Estimate,
    Interval,
    UndefinedError,
    clustered_proportion,
    corrected_interval,
    effective_size,
)

_LIMITS = (0.0, 1.0)
_ENDLESS = 1e12
"""An effective size so large that only the scorer's own error is left of the interval."""


def conclude_rate(
    measure: MeasureInfo, rows: Sequence[Row], ask: Ask, card: RuleCard | None = None
) -> Conclusions:
    """The share of rows with value 1, and by group. The attribute's summary is its worst group.

    With a `card`, each interval is stretched over the one corrected for the scorer's errors.
    """
    if not rows:
        return Conclusions(gaps=(Gap(measure.id, "no answer could be scored"),))
    overall = _estimate(rows, ask.confidence, card)
    ends = worst_case(rows, ask.lost, partial(_estimate, confidence=ask.confidence, card=card), _LIMITS)
    attributes = ask.over or measure.attributes
    slices = [each for by in attributes for each in _slices(measure, rows, by, ask, card)]
    finding = finding_of(measure, overall, _method(overall, slices, attributes, card), slices, ends)
    return Conclusions((finding,)).noted(*((card.line,) if card else ()))


def _slices(
    measure: MeasureInfo, rows: Sequence[Row], by: str, ask: Ask, card: RuleCard | None
) -> list[Slice]:
    groups = by_group(rows, by)
    if not groups:
        return []
    attributes = len(ask.over or measure.attributes)
    confidence = ask.shared(attributes * len(groups))
    estimate = partial(_estimate, confidence=confidence, card=card)
    lost = lost_by_group(ask.lost, by)
    parts = [
        slice_of(by, group, estimate(part), worst_case(part, lost.get(group, ()), estimate, _LIMITS))
        for group, part in groups.items()
    ]
    unseen = [_LIMITS for group in lost if group not in groups]
    return [worst_of(by, parts, measure.direction == "lower", unseen), *parts]


def _estimate(rows: Sequence[Row], confidence: float, card: RuleCard | None) -> Estimate:
    values, clusters = [row.value for row in rows], [row.cluster for row in rows]
    raw = clustered_proportion(values, clusters, confidence)
    return _stretched(raw, card, effective_size(values, clusters, confidence)) if card else raw


def _stretched(raw: Estimate, card: RuleCard, size: float) -> Estimate:
    """The hull of the raw interval and the one that knows how the rule errs, at the effective size.

    The labelled examples are few and hard on purpose, so a corrected *value* would mislead: the raw stays.
    """
    fixed, endless = (_corrected(raw, card, each) for each in (size, _ENDLESS))
    low, high = min(raw.low, fixed.low), max(raw.high, fixed.high)
    name = f"{raw.interval.method}, stretched over {fixed.method}"
    interval = Interval(low, high, raw.interval.confidence, name)
    error = (max(0.0, raw.value - endless.low), max(0.0, endless.high - raw.value))
    return Estimate(raw.value, interval, raw.n, raw.clusters, _stretched_mde(raw, interval), error)


def _corrected(raw: Estimate, card: RuleCard, size: float) -> Interval:
    confidence = raw.interval.confidence
    try:
        return corrected_interval(
            raw.value, size, (card.found, card.positives), (card.refused, card.negatives), confidence
        )
    except UndefinedError:
        return Interval(0.0, 1.0, confidence, "rule no better than chance")


def _stretched_mde(raw: Estimate, interval: Interval) -> float:
    """What can be found grows with the longer side of the interval."""
    before, after = (max(each.high - raw.value, raw.value - each.low) for each in (raw.interval, interval))
    return raw.mde * after / before if before > 0 else raw.mde


def _method(
    overall: Estimate, slices: Sequence[Slice], attributes: Sequence[str], card: RuleCard | None
) -> str:
    parts = [f"share, clustered interval ({overall.interval.method})"]
    if slices:
        parts.append(
            f"groups joint over {', '.join(attributes)} (Bonferroni); an attribute's value is its worst group"
        )
    if card:
        parts.append(card.line)
    return "; ".join(parts)
