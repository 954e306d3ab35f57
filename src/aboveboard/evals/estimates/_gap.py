"""The largest difference between groups, on the same cases."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from aboveboard.evals._finding import Ask, Conclusions, Finding, Gap
from aboveboard.evals._measure import MeasureInfo
from aboveboard.evals.estimates._row import Row, crossed
from aboveboard.evals.estimates._worst_case import Ends, Limits, filled_against, lost_under
from aboveboard.evidence.records import Slice
from aboveboard.stats import Estimate, clustered_proportion, paired_difference


@dataclass(frozen=True, slots=True)
class _Attribute:
    """One attribute's gap and the means it is made of."""

    by: str
    value: float
    low: float
    high: float
    n: int
    clusters: int
    mde: float
    parts: tuple[Slice, ...]
    pair: tuple[str, str]
    ends: Ends = None


def conclude_gap(
    measure: MeasureInfo,
    rows: Sequence[Row],
    ask: Ask,
    notes: tuple[str, ...] = (),
    limits: Limits = (0.0, 1.0),
) -> Conclusions:
    """The largest absolute difference of group means over the attributes, with a joint interval.

    Every pair of groups of every attribute is compared on the same cases (paired t, clustered), at the
    confidence 1 − (1 − c)/m for m pairs in all. The high end is the farthest any pair may be from 0, the low
    end the farthest that some pair must be. `limits` are the least and the greatest value a row can have: no
    gap is wider than they are apart, whatever t says of three cases. Where an attribute is left without two
    groups or cases to compare, and lost some, its gap may be as wide as that.
    """
    attributes = ask.over or measure.attributes
    tables = {by: crossed(rows, by) for by in attributes}
    pairs = sum(len(table) * (len(table) - 1) // 2 for _, table in tables.values())
    found: list[_Attribute] = []
    gaps: list[Gap] = []
    for by, (clusters, outcomes) in tables.items():
        if reason := _why_none(clusters, outcomes):
            gaps.append(Gap(measure.id, reason, by))
        else:
            one = _attribute(by, (clusters, outcomes), ask.shared(pairs), limits)
            found.append(replace(one, ends=_worst_case(one, rows, (ask, ask.shared(pairs)), limits)))
    if not found:
        reason = gaps[0].reason if gaps else "it was asked over no attribute"
        return Conclusions(gaps=(Gap(measure.id, reason), *gaps))
    finding = _finding(measure, rows, found, (pairs, notes))
    if lost_under(ask.lost, [each.by for each in gaps]):
        least = finding.low if finding.least is None else finding.least
        finding = replace(finding, least=least, most=limits[1] - limits[0])
    return Conclusions((finding,), tuple(gaps))


def _why_none(clusters: Sequence[str], outcomes: dict[str, list[float]]) -> str:
    """Why no groups can be compared; empty when they can."""
    if len(outcomes) < 2:
        seen = f"only {next(iter(outcomes))} was" if outcomes else "no group was"
        return f"{seen} seen among the scored answers: a gap needs two groups"
    if len(clusters) < 2:
        return f"too few cases were answered for every group: {len(clusters)}, and a gap needs two"
    return ""


def _attribute(
    by: str, table: tuple[Sequence[str], dict[str, list[float]]], confidence: float, limits: Limits
) -> _Attribute:
    clusters, outcomes = table
    compared = {
        pair: paired_difference(outcomes[pair[0]], outcomes[pair[1]], clusters, confidence, limits)
        for pair in combinations(outcomes, 2)
    }
    widest = max(compared, key=lambda pair: abs(compared[pair].value))
    estimates = list(compared.values())
    return _Attribute(
        by=by,
        value=abs(compared[widest].value),
        low=max(map(least_size, estimates)),
        high=min(limits[1] - limits[0], max(max(abs(each.low), abs(each.high)) for each in estimates)),
        n=len(clusters) * len(outcomes),
        clusters=len(set(clusters)),
        mde=max(each.mde for each in estimates),
        parts=tuple(
            Slice(by=by, group=group, n=len(values), **_mean_within(limits, values, clusters, confidence))
            for group, values in outcomes.items()
        ),
        pair=widest,
    )


def _worst_case(found: _Attribute, rows: Sequence[Row], asked: tuple[Ask, float], limits: Limits) -> Ends:
    """The ends when of each pair of groups what one lost is at the least and what the other lost at the
    greatest, and the reverse."""
    ask, confidence = asked
    lost = [each for each in ask.lost if found.by in each.groups]
    if not lost:
        return None

    def farthest(pair: tuple[str, str]) -> float:
        above = filled_against(lost, found.by, pair[0], (limits[1], limits[0]))
        clusters, outcomes = crossed([*rows, *above], found.by)
        return paired_difference(outcomes[pair[0]], outcomes[pair[1]], clusters, confidence, limits).high

    groups = {row.groups[found.by] for row in rows if found.by in row.groups}
    pairs = combinations(sorted(groups | {each.groups[found.by] for each in lost}), 2)
    ends = [(-farthest((b, a)), farthest((a, b))) for a, b in pairs]
    least = min(found.low, max(map(_least_size, ends)))
    return least, min(limits[1] - limits[0], max(found.high, *(max(-low, high) for low, high in ends)))


def least_size(difference: Estimate) -> float:
    """How far from 0 the difference is at least."""
    return _least_size((difference.low, difference.high))


def _least_size(ends: tuple[float, float]) -> float:
    return max(0.0, ends[0], -ends[1])


def _mean_within(
    limits: Limits, values: Sequence[float], clusters: Sequence[str], confidence: float
) -> dict[str, float]:
    """A group's mean and its interval, found as a share of the range and put back on the scale."""
    low, high = limits
    shares = [min(1.0, max(0.0, (value - low) / (high - low))) for value in values]
    estimate = clustered_proportion(shares, clusters, confidence)
    found = {"value": estimate.value, "low": estimate.low, "high": estimate.high}
    return {name: low + (high - low) * share for name, share in found.items()}


def _finding(
    measure: MeasureInfo, rows: Sequence[Row], found: list[_Attribute], extra: tuple[int, tuple[str, ...]]
) -> Finding:
    pairs, notes = extra
    worst = max(found, key=lambda each: each.value)
    summaries = [
        Slice(
            by=each.by,
            group="",
            value=each.value,
            low=each.low,
            high=each.high,
            n=each.n,
            least=each.ends[0] if each.ends else None,
            most=each.ends[1] if each.ends else None,
        )
        for each in found
    ]
    slices = [s for each, summary in zip(found, summaries, strict=True) for s in (summary, *each.parts)]
    ends = _outermost(found)
    widest = f"widest: {worst.by}, {worst.pair[0]} against {worst.pair[1]}"
    return Finding(
        measure=measure.id,
        value=worst.value,
        low=max(each.low for each in found),
        high=max(each.high for each in found),
        n=len(rows),
        clusters=worst.clusters,
        mde=worst.mde,
        method="largest |difference| of group means on the same cases, paired clustered t, "
        f"joint over {pairs} pairs",
        slices=tuple(slices),
        notes=(widest, *notes, *_note_no_spread(rows)),
        least=ends[0] if ends else None,
        most=ends[1] if ends else None,
    )


def _outermost(found: Sequence[_Attribute]) -> Ends:
    if not any(each.ends for each in found):
        return None
    ends = [each.ends or (each.low, each.high) for each in found]
    return max(low for low, _ in ends), max(high for _, high in ends)


def _note_no_spread(rows: Sequence[Row]) -> tuple[str, ...]:
    if len({row.value for row in rows}) > 1:
        return ()
    return ("every answer had the same value, so this suite cannot tell whether a gap exists elsewhere",)
