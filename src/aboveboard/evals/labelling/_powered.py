"""A run's measure put right by people's labels: prediction-powered, with how far the people agree."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from aboveboard.evals._errors import EvalError
from aboveboard.evals.comparing import RecordedRun
from aboveboard.evals.labelling._question import Question
from aboveboard.evals.labelling._store import LabelStore
from aboveboard.evals.labelling._tasks import readings_of
from aboveboard.evidence.records import Measurement
from aboveboard.stats import (
    Estimate,
    JudgedSample,
    StatsError,
    krippendorff_alpha,
    prediction_powered_proportion,
)

LEAST = 20
"""Fewer labelled answers are not turned into a measurement: the interval would cover next to everything."""

Labels = Mapping[str, Mapping[str, bool | None]]
"""Each labeller's labels by item."""


@dataclass(frozen=True, slots=True)
class LabelledMeasure:
    """The measure by labels and readings. `agreement` is Krippendorff's alpha of the labellers, None where it
    cannot be told; `against` is that of the rule with the people."""

    question: Question
    estimate: Estimate
    read_by_rule: float
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
            f"the rule alone reads {self.read_by_rule:.3f}; Krippendorff's alpha of the people "
            f"{_told(self.agreement)}, of the rule with them {_told(self.against)}",
        )


def estimate_from_labels(
    run: RecordedRun, question: Question, labels: Labels, confidence: float = 0.95
) -> LabelledMeasure:
    """The share that the labellers would find in all answers; several labels of one answer are averaged.

    Raises EvalError with fewer than LEAST labelled answers.
    """
    readings = readings_of(run, question)
    given = {item: _of_item(labels, item) for item in readings}
    known = [item for item, each in given.items() if _tellable(each)]
    if len(known) < LEAST:
        raise EvalError(
            f"{len(known)} answers are labelled; a value needs {LEAST} at least",
            where=f"run {run.id}, {question.measure}",
            cure=f"`aboveboard label answers {run.id} --measure {question.measure} --as NAME`",
        )
    order = known + [item for item in readings if item not in set(known)]
    read = {item: float(entry["score"][question.score]) for item, entry in readings.items()}
    sample = JudgedSample(
        labels=[_mean(_tellable(given[item])) for item in known],
        judged=[read[item] for item in known],
        rest=[read[item] for item in order[len(known) :]],
        clusters=[readings[item]["cluster"] for item in order],
    )
    people = [given[item] for item in known]
    return LabelledMeasure(
        question=question,
        estimate=prediction_powered_proportion(sample, confidence),
        read_by_rule=_mean(list(read.values())),
        labelled=len(known),
        untellable=sum(
            any(label is None for label in each) and not _tellable(each) for each in given.values()
        ),
        labellers=tuple(labels),
        agreement=_alpha([[*each] for each in people]),
        against=_alpha([[_majority(given[item]), read[item] > 0.5] for item in known]),
    )


def labelled_measurement(run: RecordedRun, question: Question, store: LabelStore) -> Measurement:
    """The run's measurement with the value that its labels give, at the confidence it was asked at.

    Groups stay as the rule reads them. Raises EvalError when the run did not measure it, or labels are few.
    """
    before = _measured(run, question)
    found = estimate_from_labels(run, question, store.of_measure(question.measure), before.confidence)
    estimate = found.estimate
    kept = ("groups stand as the rule alone reads them",) if before.slices else ()
    return Measurement(
        links=(before.id,),
        subject=before.subject,
        actor=before.actor,
        measure=before.measure,
        unit=before.unit,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        confidence=before.confidence,
        method=f"share by people's labels and the rule's readings together ({estimate.interval.method}), "
        f"clustered; labels {store.digest}",
        n=estimate.n,
        clusters=estimate.clusters,
        mde=estimate.mde,
        coverage=before.coverage,
        slices=before.slices,
        suite=before.suite,
        suite_version=before.suite_version,
        run=before.run,
        model=before.model,
        model_digest=before.model_digest,
        backend=before.backend,
        data_digest=before.data_digest,
        charter_digest=before.charter_digest,
        seed=before.seed,
        log_digest=before.log_digest,
        notes=(*found.notes, *kept),
        fixed_below=estimate.fixed[0],
        fixed_above=estimate.fixed[1],
    )


def _measured(run: RecordedRun, question: Question) -> Measurement:
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
    share = _mean(_tellable(given))
    return None if share == 0.5 else share > 0.5


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _alpha(ratings: Sequence[Sequence[bool | None]]) -> Estimate | None:
    try:
        return krippendorff_alpha(ratings)
    except StatsError:
        return None


def _told(alpha: Estimate | None) -> str:
    return f"{alpha.value:.2f} [{alpha.low:.2f}, {alpha.high:.2f}]" if alpha else "unknown"
