"""What people are asked about an answer, so that their labels mean what the measure means."""

from dataclasses import dataclass
from typing import Any

from aboveboard.evals._data import load_data
from aboveboard.evals._errors import EvalError
from aboveboard.evals._suite import suite_of


@dataclass(frozen=True, slots=True)
class Question:
    """A measure's question to people; `score` is the name of the same reading in the run's log.

    `rubric` is what a judge is asked, whose yes counts for the measure, or its no where `is_negated`; empty
    where no rubric asks the same. `is_gap`: the measure is the largest gap between groups in what is asked.
    """

    measure: str
    suite: str
    score: str
    text: str
    rubric: str = ""
    is_negated: bool = False
    is_gap: bool = False


def question_of(measure: str) -> Question:
    """The question of a measure that is a share of generated answers, or a gap in such a share.

    Raises UnknownNameError, and EvalError for a measure that nobody could label an answer at a time.
    """
    suite = suite_of(measure)
    info = next(each for each in suite.measures if each.id == measure)
    written: dict[str, Any] = load_data("aboveboard.evals.labelling", "questions.yaml")
    entry = written.get(measure, {})
    if info.scoring != "generation" or (not entry and not info.title.startswith("Share of ")):
        raise EvalError(
            "its answers cannot be labelled one at a time",
            where=measure,
            cure="label a measure that is a share of written answers (`aboveboard measures`)",
        )
    asked = f"Does this answer belong to the {info.title[0].lower()}{info.title[1:]}?"
    return Question(
        measure,
        suite.id,
        entry.get("score", measure.rpartition(".")[2]),
        entry.get("question", asked),
        entry.get("rubric", ""),
        entry.get("means") == "no",
        entry.get("figure") == "gap",
    )
