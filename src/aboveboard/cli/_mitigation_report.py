"""A trial of mitigations as the document that is written about it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aboveboard.charter import Charter, Mitigation, Promise
    from aboveboard.cli._mitigation_asked import Asked, Done
    from aboveboard.documents import (
        MitigationConfirmed,
        MitigationEffect,
        MitigationReport,
        MitigationTried,
    )
    from aboveboard.evidence import Reader
    from aboveboard.mitigation import Candidate, Confirmed, Cost, SideEffect, Tried


def mitigation_report(
    done: "Done", asked: "Asked", charter: "Charter", promise: "Promise", reader: "Reader"
) -> "MitigationReport":
    """What the page tells: the trial's own figures, and the ids of its records on the ledger."""
    from aboveboard.documents import MitigationReport

    report, status = done.report, done.status
    return MitigationReport(
        system=charter.system.name,
        model=charter.primary.id,
        promise=promise,
        verdict=report.verdict,
        status=status.verdict.value if status else "",
        missing=status.missing if status else "",
        margin=asked.margin,
        confidence=asked.confidence,
        seed=asked.seed,
        tried_on=report.tried_on,
        kept_back=report.kept_back,
        tried=tuple(_tried(each) for each in report.tried),
        confirmed=tuple(_confirmed(each) for each in report.confirmed),
        chosen=report.chosen.candidate.name if report.chosen else "",
        patch=done.patch.diff() if done.patch else "",
        records=_records(reader, promise),
    )


def _records(reader: "Reader", promise: "Promise") -> tuple[tuple[str, str], ...]:
    """The outcome of the latest trial of the promise, and its intent."""
    from aboveboard.evidence.records import MitigationTrial

    found = [each for each in reader.find("mitigation-trial") if isinstance(each, MitigationTrial)]
    outcome = next((each for each in found if (each.promise, each.stage) == (promise.id, "outcome")), None)
    if outcome is None:
        return ()
    intents = [("intent", link) for link in outcome.links if link in {each.id for each in found}]
    return (*intents, ("outcome", outcome.id))


def _tried(tried: "Tried") -> "MitigationTried":
    from aboveboard.documents import MitigationTried

    return MitigationTried(
        name=tried.candidate.name,
        kind=tried.candidate.kind,
        does=what_it_does(tried.candidate),
        helps=tried.helps,
        figure=tried.found,
        adjusted=tried.adjusted,
        cost=cost_words(tried.cost),
        reason=tried.reason,
    )


def _confirmed(confirmed: "Confirmed") -> "MitigationConfirmed":
    from aboveboard.documents import MitigationConfirmed

    return MitigationConfirmed(
        name=confirmed.candidate.name,
        helps=confirmed.helps,
        p_value=confirmed.p_value,
        figure=confirmed.found,
        cost_before=cost_words(confirmed.before),
        cost_after=cost_words(confirmed.after),
        effects=_effects(confirmed.side_effects),
        records=tuple(each.id for each in confirmed.measurements),
        reason=confirmed.reason,
    )


def _effects(effects: "Sequence[SideEffect]") -> "tuple[MitigationEffect, ...]":
    from aboveboard.documents import MitigationEffect

    return tuple(
        MitigationEffect(each.promise, each.measure, each.effect, each.margin, each.found, each.reason)
        for each in effects
    )


def what_it_does(candidate: "Candidate") -> str:
    """The candidate in words: what is said, shown or hidden; another model by its name."""
    if candidate.kind == "routing" or candidate.entry.mitigation is None:
        return f"{candidate.entry.id} answers in its place."
    return " ".join(_parts(candidate.entry.mitigation))


def _parts(mitigation: "Mitigation") -> list[str]:
    parts = {
        f"Says: “{mitigation.instruction}”": mitigation.instruction,
        f"Shows {len(mitigation.examples)} worked examples.": mitigation.examples,
        f"Does not show {' and '.join(mitigation.blind)}.": mitigation.blind,
        f"Gives the most typical of {mitigation.votes} answers.": mitigation.votes > 1,
        f"Begins every answer with “{mitigation.opening}”": mitigation.opening,
        f"Ends every answer with “{mitigation.closing}”": mitigation.closing,
    }
    return [words for words, is_there in parts.items() if is_there]


def cost_words(cost: "Cost | None") -> str:
    """`1.2 s, 340 tokens, 0.002 Wh`, with what is not known said to be so."""
    from aboveboard.cli._output import number

    if cost is None:
        return "an unknown time"
    tokens = "tokens not counted" if cost.tokens is None else f"{number(cost.tokens)} tokens"
    energy = "energy not metered" if cost.energy_wh is None else f"{cost.energy_wh:.2g} Wh"
    return f"{number(cost.seconds)} s, {tokens}, {energy}"
