"""A measure by a judge's readings alone: stretched over its errors, and undecided where it may be a coin."""

from dataclasses import replace

from aboveboard.evals._errors import EvalError
from aboveboard.evals._finding import Ask, Finding
from aboveboard.evals._suite import catalogue
from aboveboard.evals.comparing import RecordedRun
from aboveboard.evals.estimates import Row, conclude_rate
from aboveboard.evals.labelling._judged import JudgedRun
from aboveboard.evals.labelling._lost import lost_of
from aboveboard.evals.labelling._powered import measured, renewed
from aboveboard.evals.labelling._question import Question
from aboveboard.evals.labelling._tasks import readings_of
from aboveboard.evals.rules import RuleCard
from aboveboard.evidence.records import Measurement

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
    finding = _finding(run, question, judged, before)
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
        coverage=judged.coverage(before.coverage),
        slices=finding.slices,
        footprint=judged.footprint,
        notes=(*judged.notes, *notes),
        fixed_below=finding.fixed[0],
        fixed_above=finding.fixed[1],
        least=finding.least,
        most=finding.most,
    )
    return found if judged.card.beats_chance else _undecided(found)


def _finding(run: RecordedRun, question: Question, judged: JudgedRun, before: Measurement) -> Finding:
    entries = readings_of(run, question)
    rows = [
        Row(value, entries[item]["cluster"], entries[item]["groups"])
        for item, value in judged.readings.items()
    ]
    attributes = tuple(dict.fromkeys(each.by for each in before.slices))
    ask = Ask(before.confidence, attributes, lost_of(run, question, judged.readings))
    concluded = conclude_rate(catalogue()[question.measure], rows, ask, _card(question, judged))
    if not concluded.findings:
        raise EvalError(
            "the judge left every answer unread", where=question.measure, cure="choose another judge"
        )
    return concluded.findings[0]


def _card(question: Question, judged: JudgedRun) -> RuleCard:
    rates = judged.card.rates
    return rates.negated(f"no {rates.rule}") if question.is_negated else rates


def _undecided(found: Measurement) -> Measurement:
    """Anything is possible: the value stays, for who wants to know what the judge said."""
    slices = tuple(
        replace(
            each,
            low=0.0,
            high=1.0,
            least=None,
            most=None,
            fixed_below=each.value,
            fixed_above=1.0 - each.value,
        )
        for each in found.slices
    )
    below, above = found.value, 1.0 - found.value
    open_ = replace(found, low=0.0, high=1.0, least=None, most=None)
    return replace(open_, mde=1.0, slices=slices, fixed_below=below, fixed_above=above)
