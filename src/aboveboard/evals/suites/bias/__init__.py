"""Bias: people who differ in who they are only, and what a model takes for granted of them."""

from aboveboard.evals.suites.bias._bbq_items import CATEGORIES, Question, read_question, read_questions
from aboveboard.evals.suites.bias._bbq_scores import BbqScores, score_bbq_answers, scores_by_category

__all__ = [
    "CATEGORIES",
    "BbqScores",
    "Question",
    "read_question",
    "read_questions",
    "score_bbq_answers",
    "scores_by_category",
]
