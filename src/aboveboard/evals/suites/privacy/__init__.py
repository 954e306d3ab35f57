"""Privacy: what is passed on, what is memorised."""

from aboveboard.evals.suites.privacy._attacks import (
    ATTACKS,
    attack_scores,
    auc,
    blind_scores,
    lowest_mean,
    true_positives,
)
from aboveboard.evals.suites.privacy._exposure import chance_of, exposure, rivals_of
from aboveboard.evals.suites.privacy._overlap import ngram_overlap, suffix_match

__all__ = [
    "ATTACKS",
    "attack_scores",
    "auc",
    "blind_scores",
    "chance_of",
    "exposure",
    "lowest_mean",
    "ngram_overlap",
    "rivals_of",
    "suffix_match",
    "true_positives",
]
