"""Promises against evidence: kept, broken or undecided."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

from aboveboard.charter import Charter, Promise
from aboveboard.evidence._alarms import first_standing, standing
from aboveboard.evidence._cautions import caution
from aboveboard.evidence._fitness import Present, is_of_present, unfitness
from aboveboard.evidence._promise_status import PromiseStatus
from aboveboard.evidence.records import (
    Alarm,
    Gap,
    Measurement,
    PreRegisteredPromise,
    PreRegistration,
    Record,
    Slice,
)
from aboveboard.stats import Estimate, Interval, Verdict, decide, samples_to_decide
from aboveboard.values import Bound

_PAGE = 1000

OfMeasure = TypeVar("OfMeasure", Measurement, Gap, Alarm)


class Records(Protocol):
    """What settling needs of a reader."""

    def find(
        self,
        kind: str | None = None,
        *,
        limit: int = 1000,
        newest_first: bool = True,
        after: str | None = None,
    ) -> list[Record]: ...


def settle(
    charter: Charter, reader: Records, now: datetime, model_digest: str | None = None
) -> list[PromiseStatus]:
    """The status of every promise, in the charter's order, by its newest fitting measurement; a broken one
    stays so while newer ones are undecided.

    A measurement fits when it is of the present model and of the charter's present digest (or of a run before
    which this very promise was registered: other edits do not void it), no older than the promise's `when`
    allows, at the promise's confidence or more, over every attribute promised, and covers enough items.

    Where none fits and the measure was run without yielding a value, the newest such gap says why.

    Of a promise over several attributes each figure must satisfy it. The measurement's slices hold jointly at
    its confidence (each attribute's summary is corrected by Bonferroni where it is computed), so they are not
    widened again here.
    """
    present = Present(charter, now, model_digest, _registered(reader))
    measures = {promise.measure for promise in charter.promises}
    measurements, gaps = _newest(reader, Measurement, measures), _newest(reader, Gap, measures)
    live = {promise.measure for promise in charter.promises if "live" in promise.when}
    alarms = [each for each in standing(_newest(reader, Alarm, live)) if present.is_of_model(each)]
    found = []
    for promise in charter.promises:
        of_measure = [each for each in measurements if each.measure == promise.measure]
        alarm = first_standing(promise, alarms, of_measure) if "live" in promise.when else None
        missing = [each for each in gaps if each.measure == promise.measure]
        found.append(_alarmed(promise, alarm) if alarm else _status(promise, of_measure, missing, present))
    return found


def _registered(reader: Records) -> dict[str, tuple[PreRegisteredPromise, ...]]:
    """What was written down before each run, by run id."""
    found = reader.find("pre-registration", limit=_PAGE)
    return {each.run: each.promises for each in found if isinstance(each, PreRegistration)}


def _newest(reader: Records, kind: type[OfMeasure], measures: set[str]) -> list[OfMeasure]:
    """Records of this kind about these measures, newest first."""
    found: list[OfMeasure] = []
    after: str | None = None
    while measures and (page := reader.find(kind.kind, limit=_PAGE, after=after)):
        found += [each for each in page if isinstance(each, kind) and each.measure in measures]
        after = page[-1].id
        if len(page) < _PAGE:
            break
    return found


def _alarmed(promise: Promise, alarm: Alarm) -> PromiseStatus:
    """Broken, by what was seen live."""
    over = f" between {alarm.groups}" if alarm.groups else ""
    return PromiseStatus(
        promise,
        Verdict.BROKEN,
        alarm.value,
        alarm.low,
        alarm.high,
        alarm.n,
        alarm.id,
        note=f"seen live{over}: the evidence against it reached {alarm.evidence:.3g}, and {alarm.at:.3g} is"
        " an alarm; it stands until a person lifts it or a new assessment keeps the promise",
    )


def _status(
    promise: Promise, measurements: Sequence[Measurement], gaps: Sequence[Gap], present: Present
) -> PromiseStatus:
    fitting = [each for each in measurements if not unfitness(each, promise, present)]
    if fitting:
        latest, *before = [_judged(promise, each) for each in fitting]
        if broken := _still_broken(latest, before):
            return replace(broken, caution="a newer measurement is too small to tell, and decides nothing")
        return replace(latest, caution=caution(fitting[0], latest, before))
    newest = measurements[0] if measurements else None
    gap = next((each for each in gaps if is_of_present(each, promise, present)), None)
    if gap and (newest is None or gap.time >= newest.time or not is_of_present(newest, promise, present)):
        missing = f"{promise.measure} was run without yielding a value: {gap.reason}"
        return PromiseStatus(promise, Verdict.UNDECIDED, record_id=gap.id, run=gap.run, missing=missing)
    if newest is None:
        missing = f"{promise.measure} has not been measured: {_how(promise)}"
        return PromiseStatus(promise, Verdict.UNDECIDED, missing=missing)
    return PromiseStatus(
        promise,
        Verdict.UNDECIDED,
        record_id=newest.id,
        run=newest.run,
        missing=unfitness(newest, promise, present),
    )


def _still_broken(latest: PromiseStatus, before: Sequence[PromiseStatus]) -> PromiseStatus | None:
    """The newest earlier run that decided, if it said broken and the latest says nothing: what is broken
    stays so until it is seen to be kept, or whoever measures one item would be rid of it.
    """
    if latest.verdict is not Verdict.UNDECIDED:
        return None
    newest_of_run = {each.run: each for each in reversed(before) if each.run != latest.run}
    decided = [each for each in before if newest_of_run.get(each.run) is each]
    last = next((each for each in decided if each.verdict is not Verdict.UNDECIDED), None)
    return last if last and last.verdict is Verdict.BROKEN else None


def _how(promise: Promise) -> str:
    if set(promise.when) == {"live"}:
        return "it is watched live while a gateway serves; `aboveboard monitor` shows how it stands"
    return "run `aboveboard assess`"


@dataclass(frozen=True, slots=True)
class _Figure:
    """One number that has to satisfy the promise, its verdict, and how far it stands on the right side."""

    label: str
    estimate: Estimate
    verdict: Verdict
    margin: float


def _judged(promise: Promise, measurement: Measurement) -> PromiseStatus:
    figures = [_figure(each, promise, measurement) for each in _figures(promise, measurement)]
    verdict = _together(figures)
    worst = min((each for each in figures if each.verdict is verdict), key=lambda each: each.margin)
    return PromiseStatus(
        promise,
        verdict,
        worst.estimate.value,
        worst.estimate.low,
        worst.estimate.high,
        worst.estimate.n,
        measurement.id,
        measurement.run,
        missing=_doubt(worst, promise.must) if verdict is Verdict.UNDECIDED else "",
        samples_needed=_needed(figures, promise.must),
        slices=tuple(each for each in measurement.slices if each.by in promise.over),
        note=_note(len(figures)),
    )


def _figures(promise: Promise, measurement: Measurement) -> list[Slice]:
    """The summaries of the attributes promised over, or the whole."""
    if promise.over:
        return [each for each in measurement.slices if each.by in promise.over and not each.group]
    whole = measurement
    return [
        Slice(
            by="",
            group="",
            value=whole.value,
            low=whole.low,
            high=whole.high,
            n=whole.n,
            fixed_below=whole.fixed_below,
            fixed_above=whole.fixed_above,
        )
    ]


def _figure(part: Slice, promise: Promise, measurement: Measurement) -> _Figure:
    interval = Interval(part.low, part.high, measurement.confidence, measurement.method)
    fixed = (part.fixed_below, part.fixed_above)
    estimate = Estimate(part.value, interval, part.n, measurement.clusters, measurement.mde, fixed)
    bound = promise.must
    distance = part.value - bound.threshold
    return _Figure(
        part.by,
        estimate,
        decide(part.low, part.high, bound),
        distance if bound.wants_high else -distance,
    )


def _together(figures: Sequence[_Figure]) -> Verdict:
    verdicts = {each.verdict for each in figures}
    return next(each for each in (Verdict.BROKEN, Verdict.UNDECIDED, Verdict.KEPT) if each in verdicts)


def _needed(figures: Sequence[_Figure], bound: Bound) -> int | None:
    """How many items would decide every undecided figure; None when none is, or no number would."""
    needed = [
        samples_to_decide(each.estimate, bound) for each in figures if each.verdict is Verdict.UNDECIDED
    ]
    known = [each for each in needed if each is not None]
    return max(known) if known and len(known) == len(needed) else None


def _doubt(figure: _Figure, bound: Bound) -> str:
    over = f" over {figure.label}" if figure.label else ""
    low, high = (
        f"{each:.3g}" if math.isfinite(each) else "∞" for each in (figure.estimate.low, figure.estimate.high)
    )
    cure = "more items would decide"
    if _is_within_error(figure.estimate, bound):
        cure = (
            "more items would not decide, as the scorer errs that much: label more answers, or score better"
        )
    return f"the interval{over}, {low} to {high}, lies on both sides of {bound}: {cure}"


def _is_within_error(estimate: Estimate, bound: Bound) -> bool:
    """Whether the scorer's own error alone reaches from the value to the bound."""
    distance = estimate.value - bound.threshold
    return 0 < abs(distance) <= estimate.fixed[0 if distance > 0 else 1]


def _note(figures: int) -> str:
    if figures < 2:
        return ""
    return f"{figures} figures judged together, on intervals that hold jointly: kept only if each is"
