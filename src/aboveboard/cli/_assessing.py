"""One assessment from charter to recorded measurements and settled promises."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from aboveboard.charter import Charter, ModelEntry
from aboveboard.cli._batches import HERE, Place, open_batch
from aboveboard.cli._forecasting import circumstances_of, line_of
from aboveboard.cli._model_keys import check_model_keys
from aboveboard.cli._origins import note_origins
from aboveboard.cli._output import say
from aboveboard.cli._progress import ProgressLine, shown_on
from aboveboard.cli._workspace import open_entry

if TYPE_CHECKING:
    from aboveboard.evals import AssessmentPlan, AssessmentResult, Assignment
    from aboveboard.evals import Gap as FoundGap
    from aboveboard.evals.cluster import RayBatch
    from aboveboard.evals.forecasting import Circumstances, RunForecast
    from aboveboard.evidence import Evidence, PromiseStatus
    from aboveboard.evidence.records import Gap, PreRegistration, Record
    from aboveboard.footprint import Meter
    from aboveboard.models import Model, ModelInfo

KEPT, BROKEN, UNDECIDED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Request:
    """What to assess: a whole charter, or one suite of it; `fresh` without answers given before."""

    charter: Charter
    entry: ModelEntry
    suite: str | None = None
    profile: Literal["quick", "full"] = "quick"
    limit: int | None = None
    seed: int = 0
    data: Path | None = None
    batch: str = HERE
    workers: int | None = None
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the run, the model it was on, and how the promises stand now."""

    request: Request
    info: "ModelInfo"
    result: "AssessmentResult"
    statuses: "list[PromiseStatus]" = field(default_factory=list)
    forecast: "RunForecast | None" = None

    @property
    def exit_code(self) -> int:
        return exit_code_of(self.statuses)


def exit_code_of(statuses: "Sequence[PromiseStatus]") -> int:
    """0 every promise kept, 1 one broken, 2 one undecided (and none broken)."""
    verdicts = {status.verdict.value for status in statuses}
    return BROKEN if "broken" in verdicts else UNDECIDED if "undecided" in verdicts else KEPT


def assess_and_record(request: Request, evidence: "Evidence", state: Path, *, quiet: bool = False) -> Outcome:
    """Pre-registers, runs, records every measurement, and settles the promises.

    Ctrl-C keeps every finished answer; the same request goes on from there. Raises AboveboardError where the
    model's key is not set; machines elsewhere have their own.
    """
    if request.batch == HERE:
        check_model_keys(request.charter, [request.entry])
    return asyncio.run(_assess(request, evidence, state, quiet))


async def _assess(request: Request, evidence: "Evidence", state: Path, quiet: bool) -> Outcome:
    from aboveboard.evals import ModelUnusableError, Services, assess, assign, failure_gaps, read_run
    from aboveboard.evals.forecasting import forecast_run

    line = ProgressLine("assessing", quiet=quiet)
    services = Services(
        state=state, progress=shown_on(line), meter=_meter(request.charter), fresh=request.fresh
    )
    model = open_entry(request.entry)
    batch: RayBatch | None = None
    try:
        info = model.info
        place = Place(request.batch, request.workers, services.parallel(info))
        batch = open_batch(request.entry, info, place)
        plan = plan_of(request)
        assignment = assign(plan, info, services)
        forecast = forecast_run(plan, _circumstances(request, model, state), assignment)
        if not quiet:
            _tell(forecast)
        note_origins(evidence, assignment)
        registration = _registered(evidence, assignment, info, services.actor)
        try:
            result = await assess(plan, model, services, assignment=assignment, batch=batch)
        except ModelUnusableError as error:
            gaps = failure_gaps(plan, read_run(state / "runs" / assignment.run), error)
            _record(evidence, registration, _gap_records(request, assignment.run, gaps, info))
            raise
    finally:
        line.finish()
        if batch is not None:
            batch.close()
        await model.close()
    found = (*result.measurements, *_gap_records(request, result.run, result.gaps, info))
    _record(evidence, registration, found)
    return Outcome(request, info, result, promise_statuses(request, evidence, info), forecast)


def _tell(forecast: "RunForecast") -> None:
    say(line_of(forecast))
    for suite, reason in forecast.gaps.items():
        say(f"left out: {suite}: {reason}")


def forecast_alone(request: Request, state: Path) -> "RunForecast":
    """What a request would cost, without asking its model anything."""
    from aboveboard.evals.forecasting import forecast_run

    return forecast_run(plan_of(request), asyncio.run(_opened(request, state)))


async def _opened(request: Request, state: Path) -> "Circumstances":
    model = open_entry(request.entry)
    try:
        return _circumstances(request, model, state)
    finally:
        await model.close()


def _circumstances(request: Request, model: "Model", state: Path) -> "Circumstances":
    return circumstances_of(request.charter, request.entry, model, state, fresh=request.fresh)


def _registered(
    evidence: "Evidence", assignment: "Assignment", info: "ModelInfo", actor: str
) -> "PreRegistration":
    """What the run tests, on record before it asks."""
    from aboveboard.evals import preregister

    registration = _registered_before(evidence, assignment.run)
    if registration is None:
        registration = preregister(assignment, info, actor)
        evidence.recorder.record(registration)
    return registration


def _registered_before(evidence: "Evidence", run: str) -> "PreRegistration | None":
    """What a run that is taken up again was registered with: it tests that, and nothing else."""
    from aboveboard.evidence.records import PreRegistration

    found = evidence.reader.find("pre-registration", limit=1000)
    return next((each for each in found if isinstance(each, PreRegistration) and each.run == run), None)


def promise_statuses(request: Request, evidence: "Evidence", info: "ModelInfo") -> "list[PromiseStatus]":
    """How the charter's promises stand for this model, or those that one suite can settle."""
    from aboveboard.evals import suite_of
    from aboveboard.evidence import settle

    statuses = settle(request.charter, evidence.reader, datetime.now(UTC), model_digest=info.digest)
    if request.suite is None:
        return statuses
    return [status for status in statuses if suite_of(status.promise.measure).id == request.suite]


def plan_of(request: Request, *, may_fetch: bool = True) -> "AssessmentPlan":
    """What will be asked: every promise of the charter, or one suite; raises UnknownNameError."""
    from aboveboard.evals import Options, for_charter, plan_charter, plan_suite

    options = Options(
        seed=request.seed,
        profile=request.profile,
        limit=request.limit,
        data_dir=request.data,
        tell=say,
        may_fetch=may_fetch,
    )
    if request.suite is None:
        return plan_charter(request.charter, options)
    return for_charter(plan_suite(request.suite, options), request.charter)


def _record(evidence: "Evidence", registration: "PreRegistration", found: "Sequence[Record]") -> None:
    for record in found:
        evidence.recorder.record(_linked(record, registration.id))


def _gap_records(request: Request, run: str, gaps: "Sequence[FoundGap]", info: "ModelInfo") -> "list[Gap]":
    """What was run without yielding a value, and why: as much evidence as a number."""
    from aboveboard.evidence.records import Gap

    return [
        Gap(
            subject=f"model:{info.id}",
            actor="role:assessor",
            measure=gap.measure,
            reason=gap.reason,
            run=run,
            model=info.id,
            model_digest=info.digest,
            charter_digest=request.charter.digest,
        )
        for gap in gaps
    ]


def _linked(record: "Record", registration: str) -> "Record":
    return replace(record, links=(*record.links, registration))


def _meter(charter: Charter) -> "Meter":
    from aboveboard.footprint import Meter, site_of

    return Meter(site_of(charter.footprint))
