"""Earlier trials, as the ledger tells them: what their candidates answered, and what it showed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from aboveboard.evidence.records import MitigationTrial, PreRegistration, Record
from aboveboard.stats import holm

Identity = tuple[object, ...]

_STOPPED = (1.0,)
"""What a trial showed that had begun to ask the items kept back, and went no further."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A trial of the past: the marks of the clusters that its candidates answered, and the p-values of those
    that came as far as the items kept back, 1 where it was stopped there; none where no candidate did.
    """

    measure: str
    answered: frozenset[str]
    p_values: tuple[float, ...] = ()


def earlier_trials(intent: MitigationTrial, past: Iterable[Record]) -> list[Earlier]:
    """The trials of this model before this one, each once. One that is repeated, or that was stopped and goes
    on, is the trial that it was: it learns nothing new, and what came after it does not count.

    What has been answered is told by clusters, whose marks hold their suite; so trials of other promises
    count where they asked the same items.
    """
    records = sorted(past, key=lambda each: each.id)
    opened = {link for each in records if isinstance(each, PreRegistration) for link in each.links}
    trials = [each for each in records if isinstance(each, MitigationTrial) and each.model == intent.model]
    outcomes = {link: each for each in trials if each.stage == "outcome" for link in each.links[:1]}
    found: dict[Identity, Earlier] = {}
    for each in trials:
        if each.stage != "intent":
            continue
        if _is_same(each, intent):
            break
        known = found.get(_identity(each), Earlier(each.measure, frozenset()))
        found[_identity(each)] = _with(known, each, outcomes.get(each.id), each.id in opened)
    return list(found.values())


def told_before(intent: MitigationTrial, past: Iterable[Record]) -> Mapping[str, tuple[float, ...]]:
    """What this very trial showed of each candidate on the items kept back, each time that it was made."""
    told: dict[str, tuple[float, ...]] = {}
    for each in past:
        if isinstance(each, MitigationTrial) and each.stage == "outcome" and _is_same(each, intent):
            for one in each.candidates:
                if one.p_kept_back is not None:
                    told[one.name] = (*told.get(one.name, ()), one.p_kept_back)
    return told


def over_tries(p_value: float, seen_by: Sequence[Earlier], told: Sequence[float] = ()) -> float:
    """The p-value of a test on items that earlier trials have seen: by Holm over all tests made on them.

    A trial that tried something on them, and confirmed nothing there, counts as one that showed nothing.
    `told` are p-values that the same trial had before: one that now has another has asked again, and what
    answers is no longer what answered then, so each of them was a test of its own.
    """
    before = [p for each in seen_by for p in (each.p_values or (1.0,))]
    others = [p for p in dict.fromkeys(told) if p != p_value]
    return holm([*before, *others, p_value])[-1]


def _with(known: Earlier, intent: MitigationTrial, outcome: MitigationTrial | None, opened: bool) -> Earlier:
    told = [each.p_kept_back for each in outcome.candidates] if outcome else []
    known_before = () if known.p_values == _STOPPED else known.p_values
    new = tuple(each for each in told if each is not None and each not in known_before)
    was_opened = opened or bool(new)
    answered = {*intent.clusters_tried_on, *(intent.clusters_kept_back if was_opened else ())}
    return replace(
        known,
        answered=known.answered | answered,
        p_values=(*known_before, *new) or known.p_values or (_STOPPED if was_opened else ()),
    )


def _is_same(one: MitigationTrial, other: MitigationTrial) -> bool:
    return one.model == other.model and _identity(one) == _identity(other)


def _identity(trial: MitigationTrial) -> Identity:
    """All that was decided about a trial but which items it keeps back."""
    return (
        trial.promise,
        trial.measure,
        trial.charter_digest,
        trial.seed,
        trial.confidence,
        trial.margin,
        trial.clusters_tried_on,
        tuple((each.name, each.method, each.digest) for each in trial.candidates),
    )
