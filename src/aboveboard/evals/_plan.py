"""What a run will do: which suites, which questions of them, on how many items, for which charter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aboveboard.charter import Charter, Promise
from aboveboard.evals._errors import DataUnavailableError, EvalError, SuiteDataError
from aboveboard.evals._finding import Ask, Gap
from aboveboard.evals._item import Item, Options
from aboveboard.evals._measure import MeasureInfo
from aboveboard.evals._run_state import RunView
from aboveboard.evals._suite import Suite, load_suite, suite_of
from aboveboard.evidence.records import PreRegisteredPromise
from aboveboard.values import digest_json


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentPlan:
    """A run before it runs. `asks` holds for each measure the strictest confidence any promise wants of it
    and all the attributes that any promise sets it `over`. `may_leave_out`: a suite that cannot be asked (its
    data are not here, the model cannot tell) leaves gaps while there is another; else it is an error.
    """

    suites: tuple[str, ...]
    asks: Mapping[str, Ask]
    options: Options
    charter_digest: str = ""
    promises: tuple[PreRegisteredPromise, ...] = ()
    may_leave_out: bool = False

    def items(self) -> dict[str, list[Item]]:
        """The items of each suite. A suite whose data are elsewhere may fetch them here."""
        return {name: self.items_of(name) for name in self.suites}

    def items_of(self, suite: str) -> list[Item]:
        """What one suite is asked."""
        return load_suite(suite).items(self.options)

    def available(self) -> tuple[dict[str, list[Item]], dict[str, str]]:
        """The same of the suites whose data are here or can be fetched, and why the others have none.

        Raises DataUnavailableError and SuiteDataError where none may be left out, or none is left.
        """
        if not self.may_leave_out:
            return self.items(), {}
        items: dict[str, list[Item]] = {}
        errors: dict[str, EvalError] = {}
        for name in self.suites:
            try:
                items[name] = self.items_of(name)
            except (DataUnavailableError, SuiteDataError) as error:
                errors[name] = error
        if errors and not items:
            raise _nothing_left(errors)
        return items, {name: no_data(error) for name, error in errors.items()}

    def digest(self, model_digest: str) -> str:
        """What two runs share when they are the same run, so that an unfinished one is taken up again."""
        return digest_json({"model": model_digest, "plan": _content(self)})


def plan_charter(charter: Charter, options: Options) -> AssessmentPlan:
    """A run of all suites that the charter's promises need, as far as they can be asked; raises
    UnknownNameError."""
    promises = tuple(_registered(promise) for promise in charter.promises if not _is_only_live(promise))
    asks = _merge([(promise.measure, Ask(promise.confidence, promise.over)) for promise in promises])
    suites = dict.fromkeys(suite_of(measure).id for measure in asks)
    return AssessmentPlan(
        suites=tuple(suites),
        asks=asks,
        options=options,
        charter_digest=charter.digest,
        promises=promises,
        may_leave_out=True,
    )


def plan_suite(name: str, options: Options, *, confidence: float = 0.95) -> AssessmentPlan:
    """A run of one suite, all its measures over all their attributes; raises UnknownNameError."""
    suite = load_suite(name)
    asks = {measure.id: Ask(confidence, measure.attributes) for measure in suite.measures}
    return AssessmentPlan(suites=(name,), asks=asks, options=options)


def for_charter(plan: AssessmentPlan, charter: Charter) -> AssessmentPlan:
    """The same plan with a charter's digest and those of its promises that the plan's suites can settle."""
    known = {measure.id for name in plan.suites for measure in load_suite(name).measures}
    promises = tuple(_registered(p) for p in charter.promises if p.measure in known)
    wanted = _merge([(promise.measure, Ask(promise.confidence, promise.over)) for promise in promises])
    return replace(plan, charter_digest=charter.digest, promises=promises, asks={**plan.asks, **wanted})


def asked_of(plan: AssessmentPlan, suite: Suite) -> dict[str, Ask]:
    """The plan's questions to one suite."""
    return {measure.id: plan.asks[measure.id] for measure in suite.measures if measure.id in plan.asks}


def measures_of(plan: AssessmentPlan) -> list[MeasureInfo]:
    """The measures a plan will yield."""
    return [m for name in plan.suites for m in load_suite(name).measures if m.id in plan.asks]


def gaps_of(plan: AssessmentPlan, suite: str, reason: str) -> list[Gap]:
    """What a suite that is left out leaves open: every measure that was asked of it."""
    return [Gap(measure, reason) for measure in asked_of(plan, load_suite(suite))]


def failure_gaps(plan: AssessmentPlan, run: RunView, error: Exception) -> list[Gap]:
    """What a run that could not go on leaves open: every measure of the plan, with how far it came."""
    reason = f"the run stopped after {run.done - run.failed} of {run.planned} answers: {error}"
    return [Gap(measure.id, reason) for measure in measures_of(plan)]


def no_data(error: EvalError) -> str:
    """Why a suite has no data, and how to get them, in a line."""
    cure = f": {error.cure}" if error.cure else ""
    return f"no data: {error.what}{cure}"


def _nothing_left(errors: Mapping[str, EvalError]) -> EvalError:
    """The error of the only suite; of several, one that names them all."""
    first = next(iter(errors.values()))
    if len(errors) == 1:
        return first
    told = "; ".join(f"{name}: {error.what}" for name, error in errors.items())
    return DataUnavailableError(f"no suite has its data: {told}", where=first.where, cure=first.cure)


def _is_only_live(promise: Promise) -> bool:
    """Whether it is for the monitor alone: no assessment is asked for, or none could tell."""
    return set(promise.when) == {"live"} or promise.measure.startswith("live.")


def _registered(promise: Promise) -> PreRegisteredPromise:
    return PreRegisteredPromise(
        promise=promise.id,
        measure=promise.measure,
        over=tuple(promise.over),
        must=str(promise.must),
        confidence=promise.confidence,
    )


def _merge(wanted: Sequence[tuple[str, Ask]]) -> dict[str, Ask]:
    """One ask a measure: the highest confidence and every attribute, which is on the safe side for each."""
    asks: dict[str, Ask] = {}
    for measure, ask in wanted:
        before = asks.get(measure, Ask(0.0))
        over = tuple(dict.fromkeys(before.over + ask.over))
        asks[measure] = Ask(max(before.confidence, ask.confidence), over)
    return asks


def _content(plan: AssessmentPlan) -> dict[str, Any]:
    options = plan.options
    return {
        "asks": {name: [ask.confidence, list(ask.over)] for name, ask in plan.asks.items()},
        "charter": plan.charter_digest,
        "limit": options.limit,
        "profile": options.profile,
        "seed": options.seed,
        "suites": [[name, load_suite(name).version] for name in plan.suites],
    }
