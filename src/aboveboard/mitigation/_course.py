"""A trial from beginning to end: everything on the items tried on, the best alone on the items kept back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from aboveboard.charter import Charter
from aboveboard.errors import AboveboardError
from aboveboard.evals import Ask, Assignment, plan_charter, preregister, suite_of
from aboveboard.evidence.records import MitigationTrial
from aboveboard.mitigation._arm import Arm, TrialServices, run_arm
from aboveboard.mitigation._candidates import Candidate
from aboveboard.mitigation._division import Division, clusters_of, divide, halves
from aboveboard.mitigation._earlier import Earlier, earlier_trials, over_tries, told_before
from aboveboard.mitigation._effects import lost_words, side_effects
from aboveboard.mitigation._errors import MitigationError
from aboveboard.mitigation._part import PartPlan
from aboveboard.mitigation._recorded import drafted, intended, outcome_of
from aboveboard.mitigation._report import Confirmed, Report, Tried
from aboveboard.mitigation._tested import Tested, weighed
from aboveboard.mitigation._trial import Trial
from aboveboard.models import ModelInfo
from aboveboard.stats import holm

_FEWEST_CLUSTERS = 4
"""In each part: with fewer, no difference could be shown at any usual confidence."""


@dataclass(frozen=True, slots=True)
class _Course:
    """A trial as it runs: with what, on which items, what was recorded before, and what it told before."""

    trial: Trial
    services: TrialServices
    division: Division
    intent: MitigationTrial
    told: Mapping[str, Sequence[float]]


async def run_trial(trial: Trial, services: TrialServices) -> Report:
    """Tries every candidate and confirms the best. May be stopped at any time: the same trial goes on.

    1. The clusters of the promise's suite are divided in two halves, recorded before anything is asked. What
       an earlier trial's candidates have answered is not kept back again, as long as the suite has other
       items; else Holm's correction is over all tests made on those items.
    2. Model and candidates answer the items tried on: one-sided paired tests, Holm over all candidates.
    3. Those that help go to the items kept back, the greatest effect first, until one is adopted or one
       fails to help there (a fixed sequence: Maurer, Hothorn and Lehmacher 1995; the error stays at α).
    4. One that helps there too must not harm the charter's other promises; else the next is taken.

    In every test the answers that only the candidate lost are at their worst for it, and one that loses
    answers beyond chance does not help.
    """
    suite = suite_of(trial.promise.measure)
    draft = drafted(trial, halves(suite, trial.options))
    earlier = earlier_trials(draft, services.past)
    division = divide(suite, trial.options, earlier)
    sizes = _sizes(trial, division)
    told = told_before(draft, services.past)
    course = _Course(trial, services, division, intended(draft, division), told)
    services.record(course.intent)
    tried = await _try_all(course)
    confirmed, chosen = await _confirm(course, tried)
    report = Report(
        trial.promise.id,
        trial.promise.measure,
        *sizes,
        tried,
        confirmed,
        chosen,
        tries=_tries(trial, earlier),
        seen_by=len(division.seen_by),
    )
    for measurement in chosen.measurements if chosen else ():
        services.record(replace(measurement, links=(*measurement.links, course.intent.id)))
    services.record(outcome_of(course.intent, report))
    return report


def _sizes(trial: Trial, division: Division) -> tuple[int, int]:
    """How many items are tried on and kept back; raises MitigationError where those are too few."""
    parts = (division.tried_on, division.kept_back)
    mine = [[item for item in part if item.is_for(trial.promise.measure)] for part in parts]
    if any(len(clusters_of(part)) < _FEWEST_CLUSTERS for part in mine):
        raise MitigationError(
            f"{sum(map(len, parts))} items are too few to try on one half and confirm on the other",
            where=f"promise {trial.promise.id!r}",
            cure="give a higher --limit, or --profile full",
        )
    return len(mine[0]), len(mine[1])


def _tries(trial: Trial, earlier: Sequence[Earlier]) -> int:
    return 1 + sum(each.measure == trial.promise.measure and bool(each.p_values) for each in earlier)


def _trying(course: _Course) -> PartPlan:
    """The promise's measure alone, on the items tried on. It settles nothing, so it is of no charter."""
    trial = course.trial
    return PartPlan(
        suites=(trial.suite,),
        asks={trial.promise.measure: Ask(trial.promise.confidence, trial.promise.over)},
        options=trial.options,
        divided=trial.suite,
        part=course.division.tried_on,
    )


def _confirming(course: _Course, charter: Charter) -> PartPlan:
    """Every promise: of the suite tried on the items kept back, of other suites all."""
    plan = plan_charter(charter, course.trial.options)
    return PartPlan(
        suites=plan.suites,
        asks=plan.asks,
        options=plan.options,
        charter_digest=plan.charter_digest,
        promises=plan.promises,
        may_leave_out=True,
        divided=course.trial.suite,
        part=course.division.kept_back,
    )


async def _try_all(course: _Course) -> list[Tried]:
    trial = course.trial
    course.services.tell("the model as it is, on the items tried on")
    base = await run_arm(trial.charter.primary, _trying(course), course.services)
    tried = [await _try(course, candidate, base) for candidate in trial.candidates]
    adjusted = iter(holm([each.p_value for each in tried if each.p_value is not None]))
    return [
        each if each.p_value is None else _adjusted(each, next(adjusted), trial.confidence) for each in tried
    ]


def _adjusted(tried: Tried, p_value: float, confidence: float) -> Tried:
    return replace(tried, adjusted=p_value, helps=not tried.reason and p_value < 1 - confidence)


async def _try(course: _Course, candidate: Candidate, base: Arm) -> Tried:
    course.services.tell(f"trying {candidate.name} ({candidate.kind})")
    try:
        arm = await run_arm(candidate.entry, _trying(course), course.services)
    except AboveboardError as error:
        return Tried(candidate, None, None, reason=error.what)
    test = _test(course.trial, base, arm)
    if test is None:
        return Tried(candidate, None, arm.cost, reason="the measure has no value on one of the two")
    return Tried(
        candidate,
        test.found,
        arm.cost,
        p_value=test.p_value,
        reason=_lost(test, course.trial.confidence),
        coverage=test.coverage,
    )


def _test(trial: Trial, base: Arm, arm: Arm) -> Tested | None:
    return weighed(trial.promise, base.scored[trial.suite], arm.scored[trial.suite], trial.confidence)


def _lost(test: Tested, confidence: float) -> str:
    """Why a candidate cannot be said to help, whatever the answers that are left say; else empty."""
    return lost_words(test.coverage) if test.loses(confidence) else ""


async def _confirm(course: _Course, tried: Sequence[Tried]) -> tuple[list[Confirmed], Confirmed | None]:
    helping = sorted((each for each in tried if each.helps), key=_harm)
    found: list[Confirmed] = []
    for each in helping:
        found.append(await _confirm_one(course, each.candidate))
        last = found[-1]
        if not last.helps:
            return found, None
        if not last.harms:
            return found, last
    return found, None


def _harm(tried: Tried) -> float:
    return tried.found.harm if tried.found else 0.0


async def _confirm_one(course: _Course, candidate: Candidate) -> Confirmed:
    trial, services = course.trial, course.services
    services.tell(f"confirming {candidate.name} on the items kept back, and on the other promises")
    plans = [_confirming(course, charter) for charter in (trial.charter, trial.patched(candidate))]

    def register(assignment: Assignment, info: ModelInfo) -> None:
        # The link tells a later trial that these items have been opened, should this one be stopped.
        services.record(
            replace(preregister(assignment, info, services.evals.actor), links=(course.intent.id,))
        )

    try:
        base = await run_arm(trial.charter.primary, plans[0], services)
        arm = await run_arm(candidate.entry, plans[1], services, register)
    except AboveboardError as error:
        return Confirmed(candidate, reason=error.what)
    return _confirmed(course, candidate, base, arm)


def _confirmed(course: _Course, candidate: Candidate, base: Arm, arm: Arm) -> Confirmed:
    trial = course.trial
    test = _test(trial, base, arm)
    p_value = test.p_value if test else 1.0
    adjusted = over_tries(p_value, course.division.seen_by, course.told.get(candidate.name, ()))
    lost = _lost(test, trial.confidence) if test else ""
    return Confirmed(
        candidate=candidate,
        found=test.found if test else None,
        p_value=p_value,
        adjusted=adjusted,
        helps=not lost and adjusted < 1 - trial.confidence,
        before=base.cost,
        after=arm.cost,
        coverage=test.coverage if test else None,
        side_effects=tuple(
            side_effects(trial.charter, trial.promise.id, (base, arm), trial.margin, trial.confidence)
        ),
        measurements=arm.result.measurements,
        reason=lost,
    )
