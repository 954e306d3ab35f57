"""From rows to findings: rates, means, impact ratios, gaps and other statistics, with their uncertainty."""

from aboveboard.evals.estimates._gap import conclude_gap, least_size
from aboveboard.evals.estimates._impact import conclude_impact
from aboveboard.evals.estimates._mean import conclude_mean
from aboveboard.evals.estimates._rate import conclude_rate
from aboveboard.evals.estimates._row import Row, by_group, crossed, distinct, rows_of
from aboveboard.evals.estimates._slices import slice_of, worst_of
from aboveboard.evals.estimates._statistic import Line, conclude_statistic
from aboveboard.evals.estimates._worst_case import Ends, lost_by_group

__all__ = [
    "Ends",
    "Line",
    "Row",
    "by_group",
    "conclude_gap",
    "conclude_impact",
    "conclude_mean",
    "conclude_rate",
    "conclude_statistic",
    "crossed",
    "distinct",
    "least_size",
    "lost_by_group",
    "rows_of",
    "slice_of",
    "worst_of",
]
