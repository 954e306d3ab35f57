"""Impact ratios where the same case is seen under a name of every group."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from aboveboard.evals._finding import Ask, Conclusions, Finding, Gap, Lost
from aboveboard.evals._measure import MeasureInfo
from aboveboard.evals.estimates._row import Row, crossed
from aboveboard.evals.estimates._worst_case import filled, lost_under
from aboveboard.evidence.records import Slice
from aboveboard.stats import ImpactRatio, Interval, StatsError, impact_ratio_bounds, impact_ratio_crossed

Bounds = tuple[Interval, Mapping[str, Interval]] | None
"""Of an attribute's lowest ratio, and of each of its groups'."""

SOURCE = "impact ratio = a group's rate ÷ the highest group's rate (6 RCNY §5-300)"


def conclude_impact(measure: MeasureInfo, rows: Sequence[Row], ask: Ask, seed: int = 0) -> Conclusions:
    """The lowest impact ratio over the attributes, and each group's.

    All attributes hold at once: each gets the confidence 1 − (1 − c)/k (Bonferroni). Where a ratio does not
    exist (nobody selected), the attribute is a gap with the reason, and so is the measure if all are; of
    one that lost decisions, the ratio may be 0.
    """
    attributes = ask.over or measure.attributes
    confidence = ask.per_attribute(attributes)
    ratios: dict[str, ImpactRatio] = {}
    bounds: dict[str, Bounds] = {}
    gaps: list[Gap] = []
    for by in attributes:
        clusters, outcomes = crossed(rows, by)
        try:
            ratios[by] = impact_ratio_crossed(outcomes, clusters, confidence, seed)
            bounds[by] = _worst_case(rows, ask.lost, by, (confidence, seed))
        except StatsError as error:
            gaps.append(Gap(measure.id, _reason(clusters, error), by))
    if not ratios:
        reason = gaps[0].reason if gaps else "it was asked over no attribute"
        return Conclusions(gaps=(Gap(measure.id, reason), *gaps))
    finding = _bounded(_finding(measure, rows, ratios, confidence), bounds)
    if lost_under(ask.lost, [each.by for each in gaps]):
        finding = replace(finding, least=0.0, most=finding.high if finding.most is None else finding.most)
    return Conclusions((finding,), tuple(gaps))


def _worst_case(rows: Sequence[Row], lost: Sequence[Lost], by: str, how: tuple[float, int]) -> Bounds:
    """With every lost decision taken against a group, and for it; None where none was lost."""
    mine = [each for each in lost if by in each.groups]
    if not mine:
        return None
    clusters, least = crossed([*rows, *filled(mine, 0.0)], by)
    _, most = crossed([*rows, *filled(mine, 1.0)], by)
    return impact_ratio_bounds(least, most, clusters, *how)


def _bounded(finding: Finding, bounds: Mapping[str, Bounds]) -> Finding:
    """The same with the ends that the lost decisions leave open, never inside those that were seen."""
    if not any(bounds.values()):
        return finding
    slices = tuple(_opened(each, bounds.get(each.by)) for each in finding.slices)
    wholes = [each for each in slices if not each.group]
    least = min(each.low if each.least is None else each.least for each in wholes)
    most = min(each.high if each.most is None else each.most for each in wholes)
    return replace(finding, slices=slices, least=least, most=most)


def _opened(part: Slice, bounds: Bounds) -> Slice:
    if bounds is None:
        return part
    whole, groups = bounds
    ends = groups[part.group] if part.group else whole
    return replace(part, least=min(part.low, ends.low), most=max(part.high, ends.high))


def _reason(clusters: Sequence[str], error: StatsError) -> str:
    return error.what if clusters else "no case was answered under a name of every group"


def _finding(
    measure: MeasureInfo, rows: Sequence[Row], ratios: dict[str, ImpactRatio], confidence: float
) -> Finding:
    slices = [each for by, ratio in ratios.items() for each in _slices(by, ratio)]
    worst = min(ratios.values(), key=lambda ratio: ratio.estimate.value).estimate
    notes = _notes(rows, ratios)
    return Finding(
        measure=measure.id,
        value=worst.value,
        # The least of several minima: its bounds are the least of theirs.
        low=min(ratio.estimate.low for ratio in ratios.values()),
        high=min(ratio.estimate.high for ratio in ratios.values()),
        n=len(rows),
        clusters=worst.clusters,
        mde=worst.mde,
        method=_method(confidence, ratios),
        slices=tuple(slices),
        notes=notes,
    )


def _slices(by: str, ratio: ImpactRatio) -> list[Slice]:
    summary = ratio.estimate
    whole = Slice(by=by, group="", value=summary.value, low=summary.low, high=summary.high, n=summary.n)
    parts = [
        Slice(by=by, group=group, value=each.value, low=each.low, high=each.high, n=each.n)
        for group, each in sorted(ratio.groups.items())
    ]
    return [whole, *parts]


def _method(confidence: float, ratios: dict[str, ImpactRatio]) -> str:
    names = ", ".join(ratios)
    return (
        f"{SOURCE}; lowest group of {names}; bootstrap over cases seen under every group; "
        f"joint over {len(ratios)} attribute(s) by Bonferroni, {confidence:.4g} each"
    )


def _notes(rows: Sequence[Row], ratios: dict[str, ImpactRatio]) -> tuple[str, ...]:
    rates = [
        f"rates by {by}: " + ", ".join(f"{group} {rate:.3f}" for group, rate in sorted(ratio.rates.items()))
        for by, ratio in ratios.items()
    ]
    values = {row.value for row in rows}
    if len(values) == 1:
        rates.insert(
            0,
            "the decision never varied: every answer was the same, so the ratio of 1 shows that this model "
            "does not decide these cases, not that it decides them fairly",
        )
    return tuple(rates)
