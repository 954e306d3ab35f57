"""Whether an assessment was done before, so that the second start is quick."""

from typing import TYPE_CHECKING

from aboveboard.cli._assessing import Request, plan_of, promise_statuses
from aboveboard.cli._settings import Settings
from aboveboard.cli._workspace import open_entry

if TYPE_CHECKING:
    from aboveboard.evals import RunView
    from aboveboard.evidence import Evidence, PromiseStatus
    from aboveboard.models import ModelInfo


def standing(request: Request, settings: Settings, evidence: "Evidence") -> "list[PromiseStatus] | None":
    """How the promises stand if a run of this charter and model did all of this request, else None.

    A run of one suite, a smaller one, and one whose measurements never reached the ledger (the process was
    killed in between) do not count.
    """
    from aboveboard.evals import list_runs

    info = open_entry(request.entry).info
    for run in list_runs(settings.state):
        if (
            run.is_finished
            and _is_of(run, request, info)
            and _covers(run, request)
            and _recorded(run, evidence)
        ):
            return promise_statuses(request, evidence, info)
    return None


def _is_of(run: "RunView", request: Request, info: "ModelInfo") -> bool:
    return (run.charter_digest, run.model_digest) == (request.charter.digest, info.digest)


def _covers(run: "RunView", request: Request) -> bool:
    """Whether the run had all that there is to ask; what was missing then and is here now, it had not."""
    from aboveboard.evals import DataUnavailableError, cannot_tell

    plan = plan_of(request, may_fetch=False)
    try:
        items, _ = plan.available()
    except DataUnavailableError:
        items = {}
    unasked = {suite for suite, reason in run.left_out.items() if cannot_tell(reason)}
    planned = sum(len(each) for suite, each in items.items() if suite not in unasked)
    return set(plan.suites) <= set(run.suites) and planned <= run.planned


def _recorded(run: "RunView", evidence: "Evidence") -> bool:
    from aboveboard.evidence.records import Measurement

    found = evidence.reader.find("measurement", limit=10_000)
    recorded = {each.measure for each in found if isinstance(each, Measurement) and each.run == run.id}
    return {str(each["measure"]) for each in run.measurements} <= recorded
