"""The suites that come with Aboveboard, by family, one a file; each is loaded by its entry point."""

from aboveboard.evals.suites.bias import (
    CATEGORIES,
    BbqScores,
    Question,
    read_question,
    read_questions,
    score_bbq_answers,
    scores_by_category,
)

__all__ = [
    "CATEGORIES",
    "BbqScores",
    "Question",
    "read_question",
    "read_questions",
    "score_bbq_answers",
    "scores_by_category",
]
