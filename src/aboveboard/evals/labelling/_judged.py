"""A judge's readings of a run's answers, in place of the rule's, with the judge's own card."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from aboveboard.evals._errors import EvalError
from aboveboard.evals._services import Services
from aboveboard.evals.comparing import RecordedRun
from aboveboard.evals.judging import (
    Case,
    Cost,
    Judge,
    JudgeCard,
    load_rubric,
    open_judge,
    validate,
    validation,
)
from aboveboard.evals.labelling._question import Question
from aboveboard.evals.labelling._tasks import readings_of
from aboveboard.evidence.records import Coverage, Footprint, Measurement
from aboveboard.models import Model


@dataclass(frozen=True, slots=True)
class JudgedRun:
    """Readings (1 where the answer counts for the measure, else 0) by item; items without a majority are left
    out, and counted in `unread`."""

    readings: Mapping[str, float]
    unread: int
    judge: Judge
    card: JudgeCard
    cost: Cost

    @property
    def validation(self) -> Measurement:
        """The validation, to be put on record."""
        return validation(self.judge, self.card)

    @property
    def footprint(self) -> Footprint | None:
        """What reading the run took in energy; the validation is on the card."""
        return self.cost.footprint

    def coverage(self, before: Coverage) -> Coverage:
        """That of the run, less what the judge left unread."""
        return replace(before, scored=len(self.readings), unparsed=before.unparsed + self.unread)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of the judge."""
        calls, tokens = self.cost.calls + self.card.cost.calls, self.cost.tokens + self.card.cost.tokens
        return (
            *self.card.lines,
            f"the judge left {self.unread} answers unread; judging and validating took {calls} calls, "
            f"{tokens} tokens",
        )


async def judge_run(run: RecordedRun, question: Question, model: Model, services: Services) -> JudgedRun:
    """Validates a judge, then has it read all answers of a run that the measure counts.

    Raises EvalError where no rubric asks what the measure asks, and ModelUnusableError.
    """
    if not question.rubric:
        raise EvalError(
            "no rubric asks what this measure asks",
            where=question.measure,
            cure="leave out --judge: the rule's readings are then used",
        )
    judge = await open_judge(model, load_rubric(question.rubric), services)
    card = await validate(judge)
    entries = readings_of(run, question)
    judged, cost = await judge.judge([_case(entry) for entry in entries.values()])
    found = {name: each.verdict for name, each in zip(entries, judged, strict=True)}
    read = {
        name: float(verdict != question.is_negated) for name, verdict in found.items() if verdict is not None
    }
    return JudgedRun(read, len(found) - len(read), judge, card, cost)


def _case(entry: Mapping[str, object]) -> Case:
    turns = entry["prompt"]
    assert isinstance(turns, list), "the log's chain was verified when the run was opened"
    asked = "\n".join(f"{turn['role']}: {turn['content']}" for turn in turns)
    return Case(str(entry["answer"]), asked)
