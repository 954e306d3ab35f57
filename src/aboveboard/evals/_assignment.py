"""A run as it begins: the plan bound to a model, its digests, and what `run.json` says first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from aboveboard.evals._errors import RunNotFoundError
from aboveboard.evals._item import Item
from aboveboard.evals._plan import AssessmentPlan
from aboveboard.evals._requests import plan_calls
from aboveboard.evals._run_state import RunView, find_unfinished, read_run
from aboveboard.evals._services import Services
from aboveboard.evals._suite import Suite, load_suite
from aboveboard.evidence.records import PreRegistration
from aboveboard.models import ModelInfo
from aboveboard.values import digest_json, format_time, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A plan bound to a model and a run id. `resumed` says that an unfinished run is taken up again: one with
    the same `plan_digest`. `left_out` are the suites that are not asked, each with the reason.
    """

    plan: AssessmentPlan
    plan_digest: str
    run: str
    resumed: bool
    items: Mapping[str, list[Item]]
    left_out: Mapping[str, str] = field(default_factory=dict)

    def without(self, unaskable: Mapping[str, str]) -> "Assignment":
        """The same less some suites, each with the reason."""
        items = {name: each for name, each in self.items.items() if name not in unaskable}
        return replace(self, items=items, left_out={**self.left_out, **unaskable})


def assign(plan: AssessmentPlan, info: ModelInfo, services: Services) -> Assignment:
    """Makes the items and chooses the run id: that of an unfinished run of the same plan, else a new one.

    Raises DataUnavailableError and SuiteDataError where the data of a suite are missing that must be run.
    """
    items, left_out = plan.available()
    digest = _plan_digest(plan, info, items, fresh=services.fresh)
    unfinished = find_unfinished(services.state, digest)
    run = unfinished.id if unfinished else new_id()
    return Assignment(
        plan=plan,
        plan_digest=digest,
        run=run,
        resumed=unfinished is not None,
        items=items,
        left_out=left_out,
    )


def preregister(assignment: Assignment, info: ModelInfo, actor: str) -> PreRegistration:
    """The record of what will be tested, to be recorded before `assess` runs."""
    plan = assignment.plan
    return PreRegistration(
        subject=f"model:{info.id}",
        actor=actor,
        charter_digest=plan.charter_digest,
        model=info.id,
        model_digest=info.digest,
        run=assignment.run,
        suites=plan.suites,
        seed=plan.options.seed,
        promises=plan.promises,
    )


def data_digest(suite: Suite, items: list[Item], plan: AssessmentPlan) -> str:
    """The digest of what was asked: prompts, choices, targets, clusters and groups of every item, and
    the digest of the files they came from, if any."""
    content = [[i.id, i.text, i.mode, i.cluster, dict(i.groups), list(i.choices), i.target] for i in items]
    files = suite.digest_data(plan.options) if suite.digest_data else ""
    return digest_json({"files": files, "items": content, "suite": suite.id, "version": suite.version})


def view_of(assignment: Assignment, info: ModelInfo, folder: Path) -> RunView:
    """The run as it begins; one that is taken up again began when it first did."""
    view = _first_view(assignment, info)
    try:
        if not assignment.resumed:
            return view
        before = read_run(folder)
        return replace(view, started=before.started, costs=before.costs)
    except RunNotFoundError:
        return view


def _first_view(assignment: Assignment, info: ModelInfo) -> RunView:
    plan, now = assignment.plan, format_time(datetime.now(UTC))
    return RunView(
        id=assignment.run,
        plan_digest=assignment.plan_digest,
        status="running",
        model=info.id,
        model_digest=info.digest,
        backend=info.backend,
        suites=plan.suites,
        profile=plan.options.profile,
        seed=plan.options.seed,
        limit=plan.options.limit,
        started=now,
        updated=now,
        planned=sum(len(items) for items in assignment.items.values()),
        charter_digest=plan.charter_digest,
        forecasts=tuple(_size(name, items, info) for name, items in assignment.items.items()),
        caveats={name: load_suite(name).caveats for name in plan.suites},
        left_out=assignment.left_out,
    )


def _size(suite: str, items: Sequence[Item], info: ModelInfo) -> dict[str, str | int]:
    """Items of a suite, and the distinct requests that answer them."""
    return {"suite": suite, "items": len(items), "requests": len(plan_calls(items, info.digest))}


def _plan_digest(
    plan: AssessmentPlan, info: ModelInfo, items: Mapping[str, list[Item]], *, fresh: bool
) -> str:
    """A run that uses no earlier answers is another than one that does: neither goes on with the other's."""
    asked = {name: data_digest(load_suite(name), each, plan) for name, each in items.items()}
    manner = {"fresh": True} if fresh else {}
    return digest_json({"items": asked, "plan": plan.digest(info.digest), **manner})
