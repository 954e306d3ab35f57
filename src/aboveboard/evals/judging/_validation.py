"""A judge's validation as a measurement on record: what its readings rest on."""

from aboveboard.evals._errors import EvalError
from aboveboard.evals.judging._card import JudgeCard
from aboveboard.evals.judging._judge import Judge
from aboveboard.evals.judging._reading import READ_BY
from aboveboard.evidence.records import Coverage, Measurement, Slice
from aboveboard.stats import Interval, detectable_by, wilson

SUITE = "judging"


def validation(judge: Judge, card: JudgeCard, actor: str = "role:assessor") -> Measurement:
    """The card as a measurement `judging.RUBRIC` of the model: informedness, sensitivity and specificity.

    Raises EvalError for a judge that could not be read on texts of both labels.
    """
    if not card.rates.positives or not card.rates.negatives:
        raise EvalError(
            f"the judge could be read on {card.rates.positives} texts labelled yes and "
            f"{card.rates.negatives} labelled no: its errors cannot be told",
            where=judge.name,
            cure="choose a model that tells of its next token or answers with one word, or ask it "
            "in three wordings",
        )
    info, rates, (low, high) = judge.model.info, card.rates, card.informedness
    interval = Interval(low, high, 0.95, "joined Wilson intervals (Newcombe 1998)")
    return Measurement(
        subject=f"model:{info.id}",
        actor=actor,
        measure=f"{SUITE}.{judge.rubric.id}",
        unit="sensitivity + specificity − 1",
        value=rates.sensitivity + rates.specificity - 1,
        low=low,
        high=high,
        confidence=interval.confidence,
        method=f"informedness (Youden 1950) on labelled texts, {READ_BY[judge.scoring]}, {interval.method}",
        n=rates.positives + rates.negatives,
        clusters=rates.positives + rates.negatives,
        mde=detectable_by(interval),
        coverage=Coverage(planned=card.labelled, scored=card.labelled - card.unread, unparsed=card.unread),
        slices=(
            _slice("sensitivity", rates.found, rates.positives),
            _slice("specificity", rates.refused, rates.negatives),
        ),
        suite=SUITE,
        suite_version=judge.rubric.version,
        run=f"judge:{judge.rubric.digest[-12:]}-{info.digest[-12:]}-{judge.wordings}{_by(judge)}",
        model=info.id,
        model_digest=info.digest,
        backend=info.backend,
        data_digest=judge.rubric.digest,
        footprint=card.cost.footprint,
        notes=card.lines,
    )


def _by(judge: Judge) -> str:
    """A judge read otherwise is another."""
    return "" if judge.scoring == "generate" else f"-{judge.scoring}"


def _slice(group: str, found: int, total: int) -> Slice:
    interval = wilson(found, total)
    return Slice(
        by="reading", group=group, value=found / total, low=interval.low, high=interval.high, n=total
    )
