"""One measurement against one promise: kept, broken or undecided, and why it is undecided."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from aboveboard.charter import Promise
from aboveboard.evidence._lost import answers_asked, answers_lost, ends_of, has_limits, is_enough
from aboveboard.evidence._promise_status import PromiseStatus
from aboveboard.evidence.records import Measurement, Slice
from aboveboard.stats import (
    Estimate,
    Interval,
    Verdict,
    confidence_of_try,
    decide,
    samples_to_decide,
    stretch,
)
from aboveboard.values import Bound, figure

_LOOK = "see why they failed or could not be read, and assess again"


def judged(promise: Promise, measurement: Measurement, tries: int = 1) -> PromiseStatus:
    """The status by this measurement, the `tries`-th in a row that was to show the promise kept."""
    case = _Case(promise, measurement, tries)
    figures = [_figure(each, case) for each in _figures(promise, measurement)]
    verdict = _together(figures)
    worst = min((each for each in figures if each.verdict is verdict), key=lambda each: each.margin)
    return PromiseStatus(
        promise,
        verdict,
        worst.part.value,
        worst.part.low,
        worst.part.high,
        worst.part.n,
        measurement.id,
        measurement.run,
        missing=worst.doubt.why if worst.doubt else "",
        samples_needed=_needed(figures, promise.must),
        slices=tuple(each for each in measurement.slices if each.by in promise.over),
        note=_note(len(figures), case),
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """What is judged, and as how many-th try."""

    promise: Promise
    measurement: Measurement
    tries: int

    @property
    def bound(self) -> Bound:
        return self.promise.must

    @property
    def confidence(self) -> float:
        """At which the promise has to be kept."""
        return confidence_of_try(self.promise.confidence, self.tries)

    @property
    def stretch(self) -> float:
        """How much wider the intervals are at that confidence."""
        return stretch(self.measurement.confidence, self.confidence, self.measurement.clusters)


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Why it cannot be said whether a promise is kept; `is_of_numbers` when more items could tell."""

    why: str
    is_of_numbers: bool = True


@dataclass(frozen=True, slots=True)
class _Figure:
    """One number that has to satisfy the promise, its verdict, why that is in doubt, how far it stands on the
    right side, and the estimate at which more items would decide.
    """

    part: Slice | Measurement
    verdict: Verdict
    doubt: _Doubt | None
    margin: float
    estimate: Estimate


def _figures(promise: Promise, measurement: Measurement) -> Sequence[Slice | Measurement]:
    """The summaries of the attributes promised over, or the whole."""
    if promise.over:
        return [each for each in measurement.slices if each.by in promise.over and not each.group]
    return [measurement]


def _figure(part: Slice | Measurement, case: _Case) -> _Figure:
    distance = part.value - case.bound.threshold
    doubt = _doubt(part, case)
    return _Figure(
        part,
        Verdict.UNDECIDED if doubt else decide(part.low, part.high, case.bound),
        doubt,
        distance if case.bound.wants_high else -distance,
        _estimate(part, case),
    )


def _doubt(part: Slice | Measurement, case: _Case) -> _Doubt | None:
    """None when it can be said. Each step only ever adds doubt; tries and unlimited losses only to *kept*."""
    seen = decide(part.low, part.high, case.bound)
    if seen is Verdict.UNDECIDED:
        return _Doubt(_on_both_sides(part, case))
    if decide(*ends_of(part), case.bound) is Verdict.UNDECIDED:
        return _Doubt(_by_what_was_lost(part, case), is_of_numbers=False)
    if seen is Verdict.BROKEN:
        return None
    if not has_limits(part) and not is_enough(case.measurement.coverage):
        return _Doubt(_too_much_lost(case), is_of_numbers=False)
    if decide(*_stretched(part, case), case.bound) is Verdict.UNDECIDED:
        return _Doubt(_not_sure_enough(case))
    return None


def _stretched(part: Slice | Measurement, case: _Case) -> tuple[float, float]:
    """The ends, lost answers at their worst, at the confidence that this try needs."""
    least, most = ends_of(part)
    more = case.stretch - 1.0
    return least - more * max(0.0, part.value - part.low), most + more * max(0.0, part.high - part.value)


def _estimate(part: Slice | Measurement, case: _Case) -> Estimate:
    """With what the lost answers leave open as a part that more items do not shrink."""
    low, high = _stretched(part, case)
    measurement, (least, most) = case.measurement, ends_of(part)
    interval = Interval(low, high, measurement.confidence, measurement.method)
    fixed = (part.fixed_below + part.low - least, part.fixed_above + most - part.high)
    return Estimate(part.value, interval, part.n, measurement.clusters, measurement.mde, fixed)


def _together(figures: Sequence[_Figure]) -> Verdict:
    verdicts = {each.verdict for each in figures}
    return next(each for each in (Verdict.BROKEN, Verdict.UNDECIDED, Verdict.KEPT) if each in verdicts)


def _needed(figures: Sequence[_Figure], bound: Bound) -> int | None:
    """How many items would decide every undecided figure; None when none is, or no number would, or it is
    lost answers that stand in the way: those are to be had first.
    """
    undecided = [each for each in figures if each.verdict is Verdict.UNDECIDED]
    needed = [
        samples_to_decide(each.estimate, bound) if each.doubt and each.doubt.is_of_numbers else None
        for each in undecided
    ]
    known = [each for each in needed if each is not None]
    return max(known) if known and len(known) == len(needed) else None


def _on_both_sides(part: Slice | Measurement, case: _Case) -> str:
    over = f" over {part.by}" if isinstance(part, Slice) else ""
    cure = ": more items would decide"
    if _is_within_error(part, case.bound):
        cure = (
            ", as the rule, judge or meter itself errs that much: more items would not decide; have people"
            " label answers (`aboveboard label`), or measure better"
        )
    ends = f"{_told(part.low)} to {_told(part.high)}"
    return f"the interval{over}, {ends}, lies on both sides of {case.bound}{cure}"


def _told(value: float) -> str:
    """Three digits, or the whole number where it has more: no exponent, as a reader may know none."""
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return figure(value, ",.0f" if abs(value) >= 1000 else ".3g")


def _by_what_was_lost(part: Slice | Measurement, case: _Case) -> str:
    over = f" over {part.by}" if isinstance(part, Slice) else ""
    least, most = ends_of(part)
    is_kept = decide(part.low, part.high, case.bound) is Verdict.KEPT
    end = least if is_kept == case.bound.wants_high else most
    how = ("worst", "broken") if is_kept else ("best", "kept")
    return (
        f"{_lost(case)}; were they all at their {how[0]}, the value{over} could be {_told(end)} and the"
        f" promise {how[1]}: {_LOOK}"
    )


def _too_much_lost(case: _Case) -> str:
    return (
        f"{_lost(case)}, and how far they would move this measure cannot be told: nine in ten must be scored"
        f" for it to be kept: {_LOOK}"
    )


def _lost(case: _Case) -> str:
    coverage = case.measurement.coverage
    return f"{answers_lost(coverage)} of {answers_asked(coverage)} answers could not be scored"


def _not_sure_enough(case: _Case) -> str:
    before = case.tries - 1
    others = "an earlier measurement" if before == 1 else f"{before} earlier measurements"
    return (
        f"kept at {case.promise.confidence:.4g}, but {others} did not keep it: whoever measures again and"
        f" again keeps a promise by chance, so it must now be kept at {case.confidence:.4g}: more items would"
        " decide"
    )


def _is_within_error(part: Slice | Measurement, bound: Bound) -> bool:
    """Whether the scorer's own error alone reaches from the value to the bound."""
    distance = part.value - bound.threshold
    return 0 < abs(distance) <= (part.fixed_below if distance > 0 else part.fixed_above)


def _note(figures: int, case: _Case) -> str:
    notes = []
    if figures > 1:
        notes.append(
            f"{figures} figures judged together, on intervals that hold jointly: kept only if each is"
        )
    if case.tries > 1:
        notes.append(f"kept only at {case.confidence:.4g}, as try {case.tries} at showing it")
    return "; ".join(notes)
