"""One model on one part of the items: run, and read back with its scores."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aboveboard.charter import ModelEntry
from aboveboard.evals import AssessmentResult, Assignment, Scored, Services, assess, assign, read_run
from aboveboard.evals.comparing import open_run, scored_from_log
from aboveboard.evidence.records import Record
from aboveboard.mitigation._cost import Cost, cost_of
from aboveboard.mitigation._part import PartPlan
from aboveboard.models import Model, ModelInfo

Prepare = Callable[[Assignment, ModelInfo], None]
"""Told of a run before anything is asked."""


def _note_nothing(_: Assignment) -> None:
    """For trials on items that were made from nobody's data."""


@dataclass(frozen=True, slots=True)
class TrialServices:
    """What a trial is given: how to open a charter's model, how to run, where records go; who is told of each
    run before anything is asked, so that forgetting a person reaches it (`begin`); and the ledger's trials
    and pre-registrations so far (`past`), which tell what has been seen of the items.
    """

    open: Callable[[ModelEntry], Model]
    evals: Services
    record: Callable[[Record], object]
    tell: Callable[[str], None]
    begin: Callable[[Assignment], None] = _note_nothing
    past: Sequence[Record] = ()


@dataclass(frozen=True, slots=True)
class Arm:
    """A model's scored items by suite, and what they cost."""

    info: ModelInfo
    result: AssessmentResult
    scored: dict[str, list[Scored]]
    cost: Cost


async def run_arm(
    entry: ModelEntry, plan: PartPlan, services: TrialServices, prepare: Prepare | None = None
) -> Arm:
    """Runs a plan on a model. A run that was stopped goes on; answers given before are not asked for again.

    Raises AboveboardError as `assess` does.
    """
    model = services.open(entry)
    try:
        assignment = assign(plan, model.info, services.evals)
        services.begin(assignment)
        if prepare:
            prepare(assignment, model.info)
        result = await assess(plan, model, services.evals, assignment=assignment)
        info = model.info
    finally:
        await model.close()
    return _read(assignment, result, info, services)


def _read(assignment: Assignment, result: AssessmentResult, info: ModelInfo, services: TrialServices) -> Arm:
    run = open_run(services.evals.state, result.run)
    scored = {name: scored_from_log(run.of_suite(name), items) for name, items in assignment.items.items()}
    everything = [each for items in scored.values() for each in items]
    is_metered = result.footprint is not None and read_run(run.folder).cached == 0
    energy = result.footprint.energy_wh if result.footprint and is_metered else None
    return Arm(info, result, scored, cost_of(everything, energy))
