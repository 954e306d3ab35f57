"""A measure by a judge's readings alone: stretched over its errors, and undecided where it may be a coin."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aboveboard.evals._errors import EvalError
from aboveboard.evals._finding import Ask, Finding
from aboveboard.evals._suite import catalogue
from aboveboard.evals.comparing import RecordedRun
from aboveboard.evals.estimates import Row, conclude_rate
from aboveboard.evals.labelling._judged import JudgedRun
from aboveboard.evals.labelling._powered import measured, renewed
from aboveboard.evals.labelling._question import Question
from aboveboard.evals.labelling._tasks import readings_of
from aboveboard.evals.rules import RuleCard
from aboveboard.evidence.records import Coverage, Measurement

_SAME_ERRORS = "groups are read as if the judge erred alike with all of them; labels by people would show it"


def judged_measurement(
    run: RecordedRun, question: Question, judged: JudgedRun, validation: str = ""
) -> Measurement:
    """The run's measurement as a judge reads it, nobody having labelled anything.

    Its errors on the validation texts are in the interval as a rule's are. A judge that is not shown to beat
    chance leaves every share possible, so no promise is decided by it. `validation` is the record of the
    validation. Raises EvalError for a gap between groups, which could as well be the judge's own.
    """
    if question.is_gap:
        raise EvalError(
            "a gap by a judge alone could be the judge's own: it may err more with one group",
            where=question.measure,
            cure=f"`aboveboard label answers {run.id} --measure {question.measure} --as NAME`, then record",
        )
    before = measured(run, question)
    finding = _finding(readings_of(run, question), question, judged, before)
    notes = (_SAME_ERRORS,) if finding.slices else ()
    found = replace(
        renewed(before, validation),
        value=finding.value,
        low=finding.low,
        high=finding.high,
        n=finding.n,
        clusters=finding.clusters,
        mde=finding.mde,
        method=f"share by a judge's readings alone; {finding.method}",
        coverage=_coverage(before.coverage, judged),
        slices=finding.slices,
        footprint=judged.footprint,
        notes=(*judged.notes, *notes),
        fixed_below=finding.fixed[0],
        fixed_above=finding.fixed[1],
    )
    return found if judged.card.beats_chance else _undecided(found)


def _finding(
    entries: Mapping[str, Mapping[str, Any]], question: Question, judged: JudgedRun, before: Measurement
) -> Finding:
    rows = [
        Row(value, entries[item]["cluster"], entries[item]["groups"])
        for item, value in judged.readings.items()
    ]
    attributes = tuple(dict.fromkeys(each.by for each in before.slices))
    concluded = conclude_rate(
        catalogue()[question.measure], rows, Ask(before.confidence, attributes), _card(question, judged)
    )
    if not concluded.findings:
        raise EvalError(
            "the judge left every answer unread", where=question.measure, cure="choose another judge"
        )
    return concluded.findings[0]


def _card(question: Question, judged: JudgedRun) -> RuleCard:
    rates = judged.card.rates
    return rates.negated(f"no {rates.rule}") if question.is_negated else rates


def _coverage(before: Coverage, judged: JudgedRun) -> Coverage:
    return replace(before, scored=len(judged.readings), unparsed=before.unparsed + judged.unread)


def _undecided(found: Measurement) -> Measurement:
    """Anything is possible: the value stays, for who wants to know what the judge said."""
    slices = tuple(
        replace(each, low=0.0, high=1.0, fixed_below=each.value, fixed_above=1.0 - each.value)
        for each in found.slices
    )
    below, above = found.value, 1.0 - found.value
    return replace(found, low=0.0, high=1.0, mde=1.0, slices=slices, fixed_below=below, fixed_above=above)
