"""An assessment from beginning to end: answers, scores, measurements, and a run's folder."""

import asyncio
import contextlib
import time
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from aboveboard.errors import AboveboardError
from aboveboard.evals._ask_likelihoods import check_likelihoods, unaskable
from aboveboard.evals._assignment import Assignment, assign, data_digest, view_of
from aboveboard.evals._batch import Batch
from aboveboard.evals._cache import CACHE, AnswerCache
from aboveboard.evals._constancy import changed_setups, setup_note
from aboveboard.evals._cost import SuiteCost, added
from aboveboard.evals._desk import Desk
from aboveboard.evals._errors import EvalError
from aboveboard.evals._finding import Conclusions, Finding, Gap
from aboveboard.evals._item import Answer, Item, Scored
from aboveboard.evals._item_log import ItemLog
from aboveboard.evals._lost import with_lost
from aboveboard.evals._plan import AssessmentPlan, asked_of, gaps_of
from aboveboard.evals._requests import Call, plan_calls
from aboveboard.evals._reuse import reuse_note, reuse_of
from aboveboard.evals._run_state import RunStatus, write_run
from aboveboard.evals._runner import Runner
from aboveboard.evals._services import Services
from aboveboard.evals._suite import Suite, load_suite
from aboveboard.evidence.records import Coverage, Footprint, Measurement
from aboveboard.models import Model, ModelError
from aboveboard.values import Basis, format_time, parse_time

_SAVE_EVERY = 2.0
"""Seconds between two writings of `run.json` while answers come in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentResult:
    """What a run yields. `gaps` are measures without a value and why; nothing is recorded yet. `costs` are of
    this process, not of one that was interrupted before.
    """

    run: str
    measurements: tuple[Measurement, ...]
    gaps: tuple[Gap, ...]
    status: RunStatus
    seconds: float
    footprint: Footprint | None
    log_digest: str
    costs: tuple[SuiteCost, ...] = ()


async def assess(
    plan: AssessmentPlan,
    model: Model,
    services: Services,
    *,
    assignment: Assignment | None = None,
    batch: Batch | None = None,
) -> AssessmentResult:
    """Runs a plan on a model. Give the `assignment` that was pre-registered; without one it is made here.

    A `batch` answers in this process's place. What its machines use is not metered: such a run has no
    footprint, which is better than that of a process that waits.
    A suite whose data are missing, or that this model cannot be asked, leaves gaps where the plan may leave
    it out and another suite is left.
    Cancelling keeps every finished answer and marks the run `interrupted`: the same plan takes it up again.
    Raises ModelUnusableError, SuiteDataError, DataUnavailableError, EvalError.
    """
    assignment = await _askable(assignment or assign(plan, model.info, services), model)
    folder = services.state / "runs" / assignment.run
    assessment = _Assessment(assignment, model, services, folder, batch)
    try:
        return await assessment.run()
    except (asyncio.CancelledError, KeyboardInterrupt):
        assessment.save("interrupted", "stopped by the user; the same command takes it up again")
        raise
    except AboveboardError as error:
        # Where the disk is full this cannot be written either; the first error is the one to tell.
        with contextlib.suppress(EvalError):
            assessment.save("failed", str(error))
        raise
    finally:
        assessment.close()


async def _askable(assignment: Assignment, model: Model) -> Assignment:
    """The assignment without what this model cannot be asked, as far as anything is left."""
    if not assignment.plan.may_leave_out:
        return assignment
    try:
        found = await unaskable(model, assignment.items)
    except ModelError:  # the run itself meets it, and its state then says so
        return assignment
    return assignment.without(found) if len(found) < len(assignment.items) else assignment


class _Assessment:
    """The state of one run while it runs."""

    def __init__(
        self, assignment: Assignment, model: Model, services: Services, folder: Path, batch: Batch | None
    ) -> None:
        self.assignment = assignment
        self.info = model.info
        self.services = replace(services, meter=None) if batch else services
        self.folder = folder
        self.view = view_of(assignment, model.info, folder)
        write_run(folder, self.view)
        with contextlib.ExitStack() as opened:
            self.cache = opened.enter_context(AnswerCache(services.state / CACHE))
            self.log = ItemLog(folder)
            opened.callback(self.log.close)
            self.opened = opened.pop_all()
        self.saved = time.monotonic()
        self.costs: list[SuiteCost] = []
        self.is_here = batch is None
        self.desk = Desk(self.info, self.log, self.services, self.view.planned)
        self.runner = Runner(
            model, self.cache, services.parallel(self.info), services.stop, services.meter, batch
        )
        self.runner.reuse = reuse_of(self.info, parse_time(self.view.started), fresh=services.fresh)

    async def run(self) -> AssessmentResult:
        measurements: list[Measurement] = []
        gaps = self._left_out()
        status: RunStatus = "done"
        await check_likelihoods(self.runner.model, chain.from_iterable(self.assignment.items.values()))
        for name in self.assignment.items:
            finished, conclusions = await self._run_suite(load_suite(name), measurements)
            gaps += conclusions.gaps
            status = status if finished else "stopped"
        reading = self.desk.reading
        footprint = reading.stop(tokens=self.desk.tokens) if reading else None
        self.view = replace(
            self.view,
            measurements=tuple(asdict(measurement) for measurement in measurements),
            gaps=tuple(asdict(gap) for gap in gaps),
        )
        self.save(status, "" if status == "done" else "the time allowed ran out")
        return AssessmentResult(
            run=self.assignment.run,
            measurements=tuple(measurements),
            gaps=tuple(gaps),
            status=status,
            seconds=time.monotonic() - self.desk.started,
            footprint=footprint,
            log_digest=self.log.head,
            costs=tuple(self.costs),
        )

    def _left_out(self) -> list[Gap]:
        """What is not asked at all leaves a gap in every measure asked of it."""
        left_out = self.assignment.left_out.items()
        return [gap for suite, reason in left_out for gap in gaps_of(self.assignment.plan, suite, reason)]

    async def _run_suite(self, suite: Suite, measurements: list[Measurement]) -> tuple[bool, Conclusions]:
        items = self.assignment.items[suite.id]
        self.desk.open(suite, items)
        reading = self.services.meter.start() if self.services.meter else None
        started = time.monotonic()
        finished = await self.runner.run(plan_calls(items, self.info.digest), self._deliver)
        footprint = reading.stop(tokens=self.desk.suite_tokens) if reading else None
        self._add_cost(suite, time.monotonic() - started, footprint)
        asks = with_lost(asked_of(self.assignment.plan, suite), self.desk.answered())
        conclusions = suite.conclude(self.desk.answered(), asks)
        data = data_digest(suite, items, self.assignment.plan)
        notes = suite.note_data(self.assignment.plan.options) if suite.note_data else ()
        notes += self._disturbances()
        measurements += [
            self._measurement(suite, replace(finding, notes=(*finding.notes, *notes)), data, footprint)
            for finding in conclusions.findings
        ]
        self.save("running", "")
        return finished, conclusions

    def _add_cost(self, suite: Suite, seconds: float, footprint: Footprint | None) -> None:
        is_metered = footprint is not None and footprint.basis is not Basis.UNMEASURED
        energy = footprint.energy_wh if footprint and is_metered else None
        cost = self.desk.tally.cost(suite.id, seconds, energy)
        self.costs.append(cost)
        if self.is_here:  # what other machines took would mislead a forecast for this one
            self.view = replace(self.view, costs=added(self.view.costs, [cost]))

    def _disturbances(self) -> tuple[str, ...]:
        """What befell the run that a reader of its values must know."""
        fingerprints = [each.answer.fingerprint for each in self.desk.answered() if each.score is not None]
        answers = [each.answer for each in self.desk.answered() if not each.has_failed]
        reused = reuse_note(answers, self.view.started) if self.runner.reuse.since else ()
        changed = (*self.runner.constancy.notes, *self.runner.reuse.notes)
        return (*changed, *setup_note(fingerprints), *reused, *self.cache.notes)

    def _deliver(self, call: Call, answer: Answer, from_cache: bool) -> None:
        self.desk.deliver(call, answer, from_cache)
        if time.monotonic() - self.saved >= _SAVE_EVERY:
            self.save("running", "")

    def _measurement(
        self, suite: Suite, finding: Finding, data: str, footprint: Footprint | None
    ) -> Measurement:
        plan, scored = self.assignment.plan, self.desk.answered()
        return Measurement(
            subject=f"model:{self.info.id}",
            actor=self.services.actor,
            measure=finding.measure,
            unit=_unit(suite, finding.measure),
            value=finding.value,
            low=finding.low,
            high=finding.high,
            confidence=plan.asks[finding.measure].confidence,
            method=finding.method,
            n=finding.n,
            clusters=finding.clusters,
            mde=finding.mde,
            coverage=coverage(scored, self.assignment.items[suite.id], finding.measure),
            slices=finding.slices,
            suite=suite.id,
            suite_version=suite.version,
            run=self.assignment.run,
            model=self.info.id,
            model_digest=self.info.digest,
            backend=self.info.backend,
            data_digest=data,
            charter_digest=plan.charter_digest,
            seed=plan.options.seed,
            footprint=footprint,
            log_digest=self.log.head,
            notes=finding.notes,
            fixed_below=finding.fixed[0],
            fixed_above=finding.fixed[1],
            least=finding.least,
            most=finding.most,
        )

    def save(self, status: RunStatus, reason: str) -> None:
        """Writes `run.json` as things stand."""
        self.view = replace(
            self.view,
            status=status,
            reason=reason,
            updated=_now(),
            done=self.desk.done,
            failed=self.desk.failed,
            cached=self.desk.cached,
            seconds=round(time.monotonic() - self.desk.started, 3),
            log_digest=self.log.head,
        )
        write_run(self.folder, self.view)
        self.saved = time.monotonic()

    def close(self) -> None:
        self.opened.close()


def coverage(scored: list[Scored], items: list[Item], measure: str) -> Coverage:
    """What became of the items of a measure. Those not reached before a stop are planned and nothing else."""
    mine = [each for each in scored if each.item.is_for(measure)]
    failed = sum(each.has_failed for each in mine)
    unparsed = sum(each.score is None and not each.has_failed for each in mine)
    return Coverage(
        planned=sum(item.is_for(measure) for item in items),
        scored=len(mine) - failed - unparsed,
        unparsed=unparsed,
        failed=failed,
        changed=changed_setups(each.answer.fingerprint for each in mine if each.score is not None),
    )


def _unit(suite: Suite, measure: str) -> str:
    return next(info.unit for info in suite.measures if info.id == measure)


def _now() -> str:
    return format_time(datetime.now(UTC))
