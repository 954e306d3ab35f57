"""Promises against evidence: kept, broken or undecided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

from aboveboard.charter import Charter, Promise
from aboveboard.evidence._alarms import first_standing, standing
from aboveboard.evidence._cautions import caution
from aboveboard.evidence._fitness import Present, is_of_present, is_try, unfitness, was_to_test
from aboveboard.evidence._promise_status import PromiseStatus
from aboveboard.evidence._tries import judged_in_turn
from aboveboard.evidence.records import (
    Alarm,
    Gap,
    Measurement,
    PreRegistration,
    Record,
)
from aboveboard.stats import Verdict

_PAGE = 1000
_UNSURE = "a newer measurement is not sure enough to tell, and decides nothing"

Kind = TypeVar("Kind", bound=Record)
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

    Where none fits and a run left the measure without a value, the newest such gap says why.

    Of a promise over several attributes each figure must satisfy it. The measurement's slices hold jointly at
    its confidence (each attribute's summary is corrected by Bonferroni where it is computed), so they are not
    widened again here, but for tries that did not keep the promise before (`judged_in_turn`).

    Answers that could not be scored are taken at their worst, and at their best: a verdict stands only if it
    is the same for both.
    """
    registrations = list(_every(reader, PreRegistration))
    present = Present(charter, now, model_digest, {each.run: each.promises for each in registrations})
    measures = {promise.measure for promise in charter.promises}
    measurements, gaps = _newest(reader, Measurement, measures), _newest(reader, Gap, measures)
    live = {promise.measure for promise in charter.promises if "live" in promise.when}
    alarms = [each for each in standing(_newest(reader, Alarm, live)) if present.is_of_model(each)]
    told = {each.run for each in measurements} | {each.run for each in gaps}
    silent = [each for each in registrations if not each.links and each.run not in told]
    found = []
    for promise in charter.promises:
        of_measure = [each for each in measurements if each.measure == promise.measure]
        alarm = first_standing(promise, alarms, of_measure) if "live" in promise.when else None
        missing = [each for each in gaps if each.measure == promise.measure]
        begun = [each for each in silent if was_to_test(each, promise, present)]
        told_of = _Told(of_measure, missing, begun)
        found.append(_alarmed(promise, alarm) if alarm else _status(promise, told_of, present))
    return found


@dataclass(frozen=True, slots=True)
class _Told:
    """What is on record of a promise's measure, newest first: values, gaps, and runs that left neither.

    What a mitigation registers links to its intent, and is accounted for there.
    """

    measurements: Sequence[Measurement]
    gaps: Sequence[Gap]
    begun: Sequence[PreRegistration]


def _newest(reader: Records, kind: type[OfMeasure], measures: set[str]) -> list[OfMeasure]:
    """Records of this kind about these measures, newest first."""
    return [each for each in _every(reader, kind) if each.measure in measures] if measures else []


def _every(reader: Records, kind: type[Kind]) -> Iterator[Kind]:
    """All records of a kind, newest first, page by page."""
    after: str | None = None
    while page := reader.find(kind.kind, limit=_PAGE, after=after):
        yield from (each for each in page if isinstance(each, kind))
        after = page[-1].id
        if len(page) < _PAGE:
            return


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


def _status(promise: Promise, told: _Told, present: Present) -> PromiseStatus:
    measurements, gaps = told.measurements, told.gaps
    fitting = [each for each in measurements if not unfitness(each, promise, present)]
    if fitting:
        tries = [each for each in measurements if is_try(each, promise, present)]
        statuses = judged_in_turn(promise, tries)
        judged = dict(zip((each.id for each in tries), statuses, strict=True))
        latest, *before = (judged[each.id] for each in fitting)
        if broken := _still_broken(latest, before):
            return replace(broken, caution=_UNSURE)
        missed = [each for each in gaps if is_of_present(each, promise, present)]
        return replace(latest, caution=caution(fitting[0], latest, before, missed, told.begun))
    newest = measurements[0] if measurements else None
    gap = next((each for each in gaps if is_of_present(each, promise, present)), None)
    if gap and (newest is None or gap.time >= newest.time or not is_of_present(newest, promise, present)):
        missing = f"{promise.measure} has no value: {gap.reason}"
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
