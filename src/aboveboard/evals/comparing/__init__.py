"""Runs read back from their folders, and two of them compared on the same items."""

from aboveboard.evals.comparing._changes import ChangedItem
from aboveboard.evals.comparing._comparability import NotComparableError
from aboveboard.evals.comparing._comparison import Comparison, SuiteComparison, compare
from aboveboard.evals.comparing._difference import Difference, Paired, Side, differences, pair
from aboveboard.evals.comparing._harm import harm
from aboveboard.evals.comparing._influence import WorstCluster, worst_clusters
from aboveboard.evals.comparing._lost import Coverage, Figure, coverage, lost_at_worst
from aboveboard.evals.comparing._recorded import RecordedRun, open_run, scored_from_log
from aboveboard.evals.comparing._scores import ScoreTest

__all__ = [
    "ChangedItem",
    "Comparison",
    "Coverage",
    "Difference",
    "Figure",
    "NotComparableError",
    "Paired",
    "RecordedRun",
    "ScoreTest",
    "Side",
    "SuiteComparison",
    "WorstCluster",
    "compare",
    "coverage",
    "differences",
    "harm",
    "lost_at_worst",
    "open_run",
    "pair",
    "scored_from_log",
    "worst_clusters",
]
