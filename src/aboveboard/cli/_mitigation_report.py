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
    from aboveboard.evals.comparing import Coverage
    from aboveboard.evidence import Reader
    from aboveboard.mitigation import Candidate, Confirmed, Cost, Report, SideEffect, Tried


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
        freshness=freshness_words(report),
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
        lost=lost_words(tried.coverage),
    )


def _confirmed(confirmed: "Confirmed") -> "MitigationConfirmed":
    from aboveboard.documents import MitigationConfirmed

    return MitigationConfirmed(
        name=confirmed.candidate.name,
        helps=confirmed.helps,
        p_value=confirmed.p_value,
        adjusted=confirmed.adjusted,
        figure=confirmed.found,
        cost_before=cost_words(confirmed.before),
        cost_after=cost_words(confirmed.after),
        effects=_effects(confirmed.side_effects),
        records=tuple(each.id for each in confirmed.measurements),
        reason=confirmed.reason,
        lost=lost_words(confirmed.coverage),
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


def freshness_words(report: "Report") -> str:
    """Which try it is, and whether a candidate of an earlier one has answered what is kept back."""
    which = f"By the ledger this is try {report.tries} for the promise."
    if not report.seen_by:
        return f"{which} No candidate of an earlier trial has answered the items kept back."
    seen = "an earlier trial" if report.seen_by == 1 else f"{report.seen_by} earlier trials"
    return (
        f"{which} Candidates of {seen} have answered items kept back, and the suite has not as many others: "
        "the tests there are corrected by Holm over all that were made on them, which does not make up for "
        "a candidate that was thought of because of what was seen there."
    )


def lost_words(coverage: "Coverage | None") -> str:
    """`12 of 40 answers can be read no more (100% before, 70% with it)…`; empty where none was lost."""
    if coverage is None or not coverage.lost:
        return ""
    return (
        f"{coverage.lost} of {coverage.n} answers can be read no more ({coverage.first:.0%} were before, "
        f"{coverage.second:.0%} are with it); in p they are at their worst for it"
    )


def cost_words(cost: "Cost | None") -> str:
    """`1.2 s, 340 tokens, 0.002 Wh`, with what is not known said to be so."""
    from aboveboard.cli._output import number

    if cost is None:
        return "an unknown time"
    tokens = "tokens not counted" if cost.tokens is None else f"{number(cost.tokens)} tokens"
    energy = "energy not metered" if cost.energy_wh is None else f"{cost.energy_wh:.2g} Wh"
    return f"{number(cost.seconds)} s, {tokens}, {energy}"
