"""A run's measure put right by people's labels, whole and by group, and how far the people agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from statistics import fmean

import msgspec

from aboveboard.evals._errors import EvalError
from aboveboard.evals._finding import Ask
from aboveboard.evals._suite import catalogue
from aboveboard.evals.comparing import RecordedRun
from aboveboard.evals.judging import agreement, estimate_words
from aboveboard.evals.labelling._grouped import ByGroup, shares_by_group, widest_gap
from aboveboard.evals.labelling._judged import JudgedRun
from aboveboard.evals.labelling._lost import ends_of_share, lost_of
from aboveboard.evals.labelling._question import Question
from aboveboard.evals.labelling._sampled import Sampled
from aboveboard.evals.labelling._store import LabelStore
from aboveboard.evals.labelling._tasks import readings_of
from aboveboard.evidence.records import Measurement
from aboveboard.stats import Estimate, prediction_powered_proportion
from aboveboard.values import format_time, new_id

LEAST = 20
"""Fewer labelled answers are not turned into a measurement: the interval would cover next to everything."""

Labels = Mapping[str, Mapping[str, bool | None]]
"""Each labeller's labels by item."""


@dataclass(frozen=True, slots=True)
class LabelledMeasure:
    """The measure by labels and readings. `read_alone` is the share, or the widest gap, that the readings
    show without labels; `agreement` is Krippendorff's alpha of the labellers, None where it cannot be told;
    `against` that of readings and people.
    """

    question: Question
    estimate: Estimate
    by_group: ByGroup
    read_alone: float
    labelled: int
    untellable: int
    labellers: tuple[str, ...]
    agreement: Estimate | None
    against: Estimate | None

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know."""
        people = f"{len(self.labellers)} people" if len(self.labellers) > 1 else "one person"
        untold = f", {self.untellable} could not be told and count as unlabelled" if self.untellable else ""
        return (
            f"{self.labelled} answers, drawn at random, labelled blind by {people} after the run{untold}",
            f"the readings alone say {self.read_alone:.3f}; Krippendorff's alpha of the people "
            f"{estimate_words(self.agreement)}, of the readings with them {estimate_words(self.against)}",
            *self.by_group.notes,
        )


def estimate_from_labels(
    run: RecordedRun,
    question: Question,
    labels: Labels,
    ask: Ask | None = None,
    judged: Mapping[str, float] | None = None,
) -> LabelledMeasure:
    """The share that the labellers would find in all answers, or the widest gap in it between the groups of
    the attributes asked `over`, and each group's; several labels of one answer are averaged.

    `judged` are a judge's readings by item, which then stand for the rule's. Raises EvalError with fewer than
    LEAST labelled answers.
    """
    ask = ask or Ask()
    readings = readings_of(run, question)
    if judged is not None:
        readings = {item: entry for item, entry in readings.items() if item in judged}
    given = {item: _of_item(labels, item) for item in readings}
    known = [item for item, each in given.items() if _tellable(each)]
    if len(known) < LEAST:
        raise EvalError(
            f"{len(known)} answers are labelled; a value needs {LEAST} at least",
            where=f"run {run.id}, {question.measure}",
            cure=f"`aboveboard label answers {run.id} --measure {question.measure} --as NAME`",
        )
    read = dict(judged or {item: float(each["score"][question.score]) for item, each in readings.items()})
    sampled = Sampled({item: fmean(_tellable(given[item])) for item in known}, read, readings)
    estimate, by_group, alone = _found(sampled, question, ask)
    people = [given[item] for item in known]
    return LabelledMeasure(
        question=question,
        estimate=estimate,
        by_group=by_group,
        read_alone=alone,
        labelled=len(known),
        untellable=sum(
            any(label is None for label in each) and not _tellable(each) for each in given.values()
        ),
        labellers=tuple(labels),
        agreement=agreement(people),
        against=agreement([[_majority(given[item]), read[item] > 0.5] for item in known]),
    )


def _found(sampled: Sampled, question: Question, ask: Ask) -> tuple[Estimate, ByGroup, float]:
    """The value, its slices, and what the readings alone say."""
    if question.is_gap:
        found = widest_gap(sampled, ask)
        assert found.widest is not None, "widest_gap tells it or raises"
        return found.widest, found, _gap_read(sampled, ask)
    is_worst_high = catalogue()[question.measure].direction == "lower"
    by_group = shares_by_group(sampled, ask, highest_is_worst=is_worst_high)
    estimate = prediction_powered_proportion(sampled.whole(), ask.confidence)
    return estimate, by_group, fmean(list(sampled.read.values()))


def _gap_read(sampled: Sampled, ask: Ask) -> float:
    """The widest gap that the readings alone show."""
    widest = 0.0
    for by in ask.over:
        groups: dict[str, list[float]] = {}
        for item, value in sampled.read.items():
            if by in sampled.entries[item]["groups"]:
                groups.setdefault(sampled.entries[item]["groups"][by], []).append(value)
        means = [fmean(values) for values in groups.values()]
        widest = max(widest, max(means) - min(means)) if means else widest
    return widest


def labelled_measurement(
    run: RecordedRun,
    question: Question,
    store: LabelStore,
    judged: JudgedRun | None = None,
    validation: str = "",
) -> Measurement:
    """The run's measurement with the value that its labels give, at the confidence it was asked at.

    With `judged` a judge's readings stand for the rule's, its card and cost are in the notes; `validation` is
    the record of its validation. Raises EvalError when the run did not measure it, or labels are few.
    """
    before = measured(run, question)
    readings = judged.readings if judged else None
    labels = store.of_measure(question.measure)
    read = readings_of(run, question) if readings is None else readings
    over = tuple(dict.fromkeys(each.by for each in before.slices))
    ask = Ask(before.confidence, over, lost_of(run, question, read))
    found = estimate_from_labels(run, question, labels, ask, readings)
    estimate, what = found.estimate, "gap" if question.is_gap else "share"
    ends = None if question.is_gap else ends_of_share(estimate, len(read), ask.lost)
    return replace(
        renewed(before, validation),
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        method=f"{what} by people's labels and {'a judge' if judged else 'the rule'}'s readings together "
        f"({estimate.interval.method}), clustered; labels {store.digest}",
        n=estimate.n,
        clusters=estimate.clusters,
        mde=estimate.mde,
        coverage=judged.coverage(before.coverage) if judged else before.coverage,
        slices=found.by_group.slices,
        footprint=judged.footprint if judged else None,
        notes=(*found.notes, *(judged.notes if judged else ())),
        fixed_below=estimate.fixed[0],
        fixed_above=estimate.fixed[1],
        least=ends[0] if ends else None,
        most=ends[1] if ends else None,
    )


def renewed(before: Measurement, validation: str) -> Measurement:
    """The same as a record of its own, linked to the run's; and to that of a judge's validation, if any."""
    links = (before.id, *filter(None, [validation]))
    now = format_time(datetime.now(UTC))
    return replace(before, id=new_id(), time=now, links=links, least=None, most=None)


def measured(run: RecordedRun, question: Question) -> Measurement:
    """What the run itself found; raises EvalError where it did not measure that."""
    for entry in run.view.measurements:
        if entry["measure"] == question.measure:
            return msgspec.convert(entry, Measurement)
    raise EvalError(
        "the run measured no such thing, or has not ended",
        where=f"run {run.id}, {question.measure}",
        cure="finish the run: the same `aboveboard assess` goes on where it stopped",
    )


def _of_item(labels: Labels, item: str) -> list[bool | None]:
    return [mine[item] for mine in labels.values() if item in mine]


def _tellable(given: Sequence[bool | None]) -> list[float]:
    return [float(label) for label in given if label is not None]


def _majority(given: Sequence[bool | None]) -> bool | None:
    share = fmean(_tellable(given))
    return None if share == 0.5 else share > 0.5
