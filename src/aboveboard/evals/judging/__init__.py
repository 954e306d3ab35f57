"""Judges: models that read answers by a rubric, validated before they are believed."""

from aboveboard.evals.judging._card import JudgeCard, validate
from aboveboard.evals.judging._judge import Cost, Judge, Judgement, Preference, open_judge, prefer
from aboveboard.evals.judging._prompts import VARIANTS, Case, Pair, Scoring, case_item, fence_of, pair_item
from aboveboard.evals.judging._reliability import Level, Reliability, agreement, estimate_words
from aboveboard.evals.judging._rubric import Rubric, load_rubric, rubric_names
from aboveboard.evals.judging._validation import validation

__all__ = [
    "VARIANTS",
    "Case",
    "Cost",
    "Judge",
    "JudgeCard",
    "Judgement",
    "Level",
    "Pair",
    "Preference",
    "Reliability",
    "Rubric",
    "Scoring",
    "agreement",
    "case_item",
    "estimate_words",
    "fence_of",
    "load_rubric",
    "open_judge",
    "pair_item",
    "prefer",
    "rubric_names",
    "validate",
    "validation",
]
