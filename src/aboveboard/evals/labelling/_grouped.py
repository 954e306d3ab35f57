"""What people's labels make of groups: the share of each, and the gaps between them, jointly as elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from aboveboard.evals._errors import EvalError
from aboveboard.evals._finding import Ask
from aboveboard.evals.estimates import least_size, lost_by_group, slice_of, worst_of
from aboveboard.evals.labelling._lost import ends_of_share
from aboveboard.evals.labelling._sampled import Sampled
from aboveboard.evidence.records import Slice
from aboveboard.stats import Estimate, Interval, PoweredGroups, TooFewError, prediction_powered_groups


@dataclass(frozen=True, slots=True)
class ByGroup:
    """The slices of a measurement; `widest` is the largest gap where gaps were asked for."""

    slices: tuple[Slice, ...]
    notes: tuple[str, ...] = ()
    widest: Estimate | None = None


def shares_by_group(sampled: Sampled, ask: Ask, *, highest_is_worst: bool) -> ByGroup:
    """Each group's share, all jointly at the confidence (Bonferroni); an attribute's summary is its worst.

    An attribute with a group of which too few were labelled is left out, and named.
    """
    found = {by: _groups(sampled, by) for by in ask.over}
    slices: list[Slice] = []
    notes = tuple(
        f"over {by} nothing is told: {_lacking(each)}" for by, each in found.items() if each.missing
    )
    for by, groups in found.items():
        if groups.missing:
            continue
        shared = ask.shared(len(ask.over) * len(groups.groups))
        parts = [_part(sampled, by, (group, groups.share(group, shared)), ask) for group in groups.groups]
        lost = lost_by_group(ask.lost, by)
        unseen = [(0.0, 1.0) for group in lost if group not in groups.groups]
        slices += [worst_of(by, parts, highest_is_worst, unseen), *parts]
    return ByGroup(tuple(slices), notes)


def _part(sampled: Sampled, by: str, found: tuple[str, Estimate], ask: Ask) -> Slice:
    group, share = found
    read = sum(sampled.entries[item]["groups"].get(by) == group for item in sampled.read)
    lost = lost_by_group(ask.lost, by).get(group, ())
    return slice_of(by, group, share, ends_of_share(share, read, lost))


def widest_gap(sampled: Sampled, ask: Ask) -> ByGroup:
    """The largest absolute difference of two groups' shares over all attributes, jointly over all pairs.

    As `conclude_gap` has it of readings: the high end is the farthest any pair may be apart, the low end the
    farthest that some pair must be. Raises EvalError where a group has too few labels.
    """
    found = {by: _groups(sampled, by) for by in ask.over}
    for by, groups in found.items():
        if groups.missing or len(groups.groups) < 2:
            raise EvalError(
                f"the gap over {by} cannot be told: {_lacking(groups)}", cure="label more answers"
            )
    pairs = [(by, *pair) for by, groups in found.items() for pair in combinations(groups.groups, 2)]
    each = ask.shared(len(pairs))
    compared = {key: found[key[0]].difference(*key[1:], each) for key in pairs}
    widest = max(compared, key=lambda key: abs(compared[key].value))
    slices = [slice_ for by, groups in found.items() for slice_ in _gap_slices(by, groups, compared, each)]
    estimate = _joined(list(compared.values()), ask.confidence)
    return ByGroup(tuple(slices), (f"widest: {widest[0]}, {widest[1]} against {widest[2]}",), estimate)


def _groups(sampled: Sampled, by: str) -> PoweredGroups:
    try:
        return prediction_powered_groups(*sampled.by(by))
    except TooFewError as error:
        raise EvalError(f"too few answers with a group of {by} are labelled", cure=error.cure) from error


def _lacking(groups: PoweredGroups) -> str:
    return f"too few labels of {', '.join(groups.missing)}" if groups.missing else "there is one group"


def _gap_slices(
    by: str, groups: PoweredGroups, compared: Mapping[tuple[str, str, str], Estimate], confidence: float
) -> Iterator[Slice]:
    mine = _joined([each for key, each in compared.items() if key[0] == by], confidence)
    yield slice_of(by, "", mine)
    for group in groups.groups:
        yield slice_of(by, group, groups.share(group, confidence))


def _joined(differences: Sequence[Estimate], confidence: float) -> Estimate:
    """The largest of some gaps, whichever way they go; each already at the confidence that all share."""
    widest = max(differences, key=lambda each: abs(each.value))
    low = max(map(least_size, differences))
    high = max(max(abs(each.low), abs(each.high)) for each in differences)
    interval = Interval(low, high, confidence, f"largest |difference|, {widest.interval.method}, joint")
    mde = max(each.mde for each in differences)
    return Estimate(abs(widest.value), interval, max(e.n for e in differences), widest.clusters, mde)
