"""A trial from beginning to end: everything on the items tried on, the best alone on the items kept back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from aboveboard.charter import Charter, Promise
from aboveboard.errors import AboveboardError
from aboveboard.evals import Ask, Assignment, Options, plan_charter, preregister, suite_of
from aboveboard.evals.comparing import Difference
from aboveboard.evidence.records import MitigationTrial, TriedCandidate
from aboveboard.mitigation._arm import Arm, TrialServices, run_arm
from aboveboard.mitigation._candidates import Candidate
from aboveboard.mitigation._effects import figure_of, side_effects
from aboveboard.mitigation._errors import MitigationError
from aboveboard.mitigation._part import Part, PartPlan, part_of, split_digest
from aboveboard.mitigation._report import Confirmed, Report, Tried
from aboveboard.models import ModelInfo
from aboveboard.stats import holm
from aboveboard.values import format_time, new_id

_FEWEST_CLUSTERS = 4
"""In each part: with fewer, no difference could be shown at any usual confidence."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What is to be repaired, by what, and how sure one has to be. `margin` is how much worse another promise
    may fare: in the unit of a share, or as a share of a value above 1. `patched` gives the charter that a
    candidate would be adopted by, whose promises its measurements then settle.
    """

    charter: Charter
    promise: Promise
    candidates: Sequence[Candidate]
    patched: Callable[[Candidate], Charter]
    options: Options
    margin: float = 0.1
    confidence: float = 0.95

    @property
    def suite(self) -> str:
        return suite_of(self.promise.measure).id


async def run_trial(trial: Trial, services: TrialServices) -> Report:
    """Tries every candidate and confirms the best. May be stopped at any time: the same trial goes on.

    1. The clusters of the promise's suite are divided in two halves, recorded before anything is asked.
    2. Model and candidates answer the items tried on: one-sided paired tests, Holm over all candidates.
    3. Those that help go to the items kept back, the greatest effect first, until one is adopted or one
       fails to help there (a fixed sequence: Maurer, Hothorn and Lehmacher 1995; the error stays at α).
    4. One that helps there too must not harm the charter's other promises; else the next is taken.
    """
    sizes = _check(trial)
    intent = _intent(trial)
    services.record(intent)
    tried = await _try_all(trial, services)
    confirmed, chosen = await _confirm(trial, services, tried)
    report = Report(trial.promise.id, trial.promise.measure, *sizes, tried, confirmed, chosen)
    for measurement in chosen.measurements if chosen else ():
        services.record(replace(measurement, links=(*measurement.links, intent.id)))
    services.record(_outcome(intent, report))
    return report


def _check(trial: Trial) -> tuple[int, int]:
    """How many items are tried on and kept back; raises MitigationError where those are too few."""
    items = suite_of(trial.promise.measure).items(trial.options)
    sizes: list[int] = []
    parts: tuple[Part, ...] = ("tried on", "kept back")
    for part in parts:
        part_items = part_of(items, trial.suite, trial.options.seed, part)
        mine = [item for item in part_items if item.is_for(trial.promise.measure)]
        if len({item.cluster for item in mine}) < _FEWEST_CLUSTERS:
            raise MitigationError(
                f"{len(items)} items are too few to try on one half and confirm on the other",
                where=f"promise {trial.promise.id!r}",
                cure="give a higher --limit, or --profile full",
            )
        sizes.append(len(mine))
    return sizes[0], sizes[1]


def _trying(trial: Trial) -> PartPlan:
    """The promise's measure alone, on the items tried on. It settles nothing, so it is of no charter."""
    return PartPlan(
        suites=(trial.suite,),
        asks={trial.promise.measure: Ask(trial.promise.confidence, trial.promise.over)},
        options=trial.options,
        divided=trial.suite,
        part="tried on",
    )


def _confirming(trial: Trial, charter: Charter) -> PartPlan:
    """Every promise: of the suite tried on the items kept back, of other suites all."""
    plan = plan_charter(charter, trial.options)
    return PartPlan(
        suites=plan.suites,
        asks=plan.asks,
        options=plan.options,
        charter_digest=plan.charter_digest,
        promises=plan.promises,
        divided=trial.suite,
        part="kept back",
    )


async def _try_all(trial: Trial, services: TrialServices) -> list[Tried]:
    plan = _trying(trial)
    services.tell("the model as it is, on the items tried on")
    base = await run_arm(trial.charter.primary, plan, services)
    tried = [await _try(trial, candidate, base, services) for candidate in trial.candidates]
    adjusted = iter(holm([each.p_value for each in tried if each.p_value is not None]))
    return [
        each if each.p_value is None else _adjusted(each, next(adjusted), trial.confidence) for each in tried
    ]


def _adjusted(tried: Tried, p_value: float, confidence: float) -> Tried:
    return replace(tried, adjusted=p_value, helps=p_value < 1 - confidence)


async def _try(trial: Trial, candidate: Candidate, base: Arm, services: TrialServices) -> Tried:
    services.tell(f"trying {candidate.name} ({candidate.kind})")
    try:
        arm = await run_arm(candidate.entry, _trying(trial), services)
    except AboveboardError as error:
        return Tried(candidate, None, None, reason=error.what)
    found = _figure(trial, base, arm)
    if found is None:
        return Tried(candidate, None, arm.cost, reason="the measure has no value on one of the two")
    return Tried(candidate, found, arm.cost, p_value=one_sided(found))


def _figure(trial: Trial, base: Arm, arm: Arm) -> Difference | None:
    """The difference in the promise's figure; over several attributes, the one that improved least."""
    first, second = base.scored[trial.suite], arm.scored[trial.suite]
    found = figure_of(trial.promise, first, second, trial.confidence)
    return max(found, key=one_sided, default=None)


def one_sided(found: Difference) -> float:
    """The p-value against "it does not help"."""
    return found.p_value / 2 if found.harm < 0 else 1 - found.p_value / 2


async def _confirm(
    trial: Trial, services: TrialServices, tried: Sequence[Tried]
) -> tuple[list[Confirmed], Confirmed | None]:
    helping = sorted((each for each in tried if each.helps), key=_harm)
    found: list[Confirmed] = []
    for each in helping:
        found.append(await _confirm_one(trial, each.candidate, services))
        last = found[-1]
        if not last.helps:
            return found, None
        if not last.harms:
            return found, last
    return found, None


def _harm(tried: Tried) -> float:
    return tried.found.harm if tried.found else 0.0


async def _confirm_one(trial: Trial, candidate: Candidate, services: TrialServices) -> Confirmed:
    services.tell(f"confirming {candidate.name} on the items kept back, and on the other promises")
    plans = [_confirming(trial, charter) for charter in (trial.charter, trial.patched(candidate))]

    def register(assignment: Assignment, info: ModelInfo) -> None:
        services.record(preregister(assignment, info, services.evals.actor))

    try:
        base = await run_arm(trial.charter.primary, plans[0], services)
        arm = await run_arm(candidate.entry, plans[1], services, register)
    except AboveboardError as error:
        return Confirmed(candidate, None, 1.0, False, None, None, reason=error.what)
    found = _figure(trial, base, arm)
    p_value = one_sided(found) if found else 1.0
    return Confirmed(
        candidate=candidate,
        found=found,
        p_value=p_value,
        helps=p_value < 1 - trial.confidence,
        before=base.cost,
        after=arm.cost,
        side_effects=tuple(
            side_effects(trial.charter, trial.promise.id, (base, arm), trial.margin, trial.confidence)
        ),
        measurements=arm.result.measurements,
    )
