"""What belonging to a class tells of a sensitive column, even where nobody is singled out."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aboveboard.privacy.risk._classes import Classes, group
from aboveboard.privacy.risk._coding import Coded

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SensitiveRisk:
    """`diversity`: the fewest different values in a class (distinct l-diversity, Machanavajjhala et al.
    2007); `entropy_diversity`: exp of the lowest entropy in a class; `closeness`: the farthest a class's
    distribution is from that of all rows (t of Li, Li and Venkatasubramanian 2007, 0…1; ordered distance
    for numbers); `told`: the share of rows whose class has one value only.
    """

    column: str
    diversity: int
    entropy_diversity: float
    closeness: float
    told: float


@dataclass(frozen=True, slots=True)
class _Cells:
    """Each pair of class and value that occurs: class, value, share of the class; ordered by both."""

    of_class: "npt.NDArray[np.int64]"
    value: "npt.NDArray[np.int64]"
    share: "Numbers"


def assess_sensitive(column: Coded, classes: Classes) -> SensitiveRisk:
    """The risk of one column. O(n log n)."""
    import numpy as np

    ranks, is_ordered = _ranked(column)
    values = ranks[column.codes]
    cells = _cells(values, classes)
    overall = np.bincount(values, minlength=len(column.categories)) / len(values)
    count = len(classes.sizes)
    distinct = np.bincount(cells.of_class, minlength=count)
    entropy = np.bincount(cells.of_class, -cells.share * np.log(cells.share), minlength=count)
    distance = (
        _ordered_distance(cells, overall, count) if is_ordered else _plain_distance(cells, overall, count)
    )
    told = float(classes.sizes[distinct == 1].sum() / len(values))
    return SensitiveRisk(
        column.name, int(distinct.min()), float(np.exp(entropy.min())), float(distance.max()), told
    )


def _ranked(column: Coded) -> tuple["npt.NDArray[np.int64]", bool]:
    """Each category's place in order, and whether the order means anything (numbers, none missing)."""
    import numpy as np

    numbers = [value for value in column.categories if isinstance(value, int | float)]
    if len(numbers) < len(column.categories):
        return np.arange(len(column.categories)), False
    ranks = np.empty(len(numbers), np.int64)
    ranks[np.argsort(np.array(numbers, np.float64), kind="stable")] = np.arange(len(numbers))
    return ranks, True


def _cells(values: "npt.NDArray[np.int64]", classes: Classes) -> _Cells:
    import numpy as np

    found = group([classes.of_row, values])
    first = np.empty(len(found.sizes), np.int64)
    first[found.of_row] = np.arange(len(values))
    of_class = classes.of_row[first]
    return _Cells(of_class, values[first], found.sizes / classes.sizes[of_class])


def _plain_distance(cells: _Cells, overall: "Numbers", count: int) -> "Numbers":
    """Half the sum of |p − q|: what p has above q, summed over the values that occur."""
    import numpy as np

    above = np.maximum(cells.share - overall[cells.value], 0.0)
    return np.bincount(cells.of_class, above, minlength=count).astype(np.float64)


def _ordered_distance(cells: _Cells, overall: "Numbers", count: int) -> "Numbers":
    """Earth mover's distance on ranks: Σ_i |P_i − Q_i| / (m − 1) over cumulative shares.

    Between two values that occur P stays as it is, so each stretch is summed at once from sums of Q; Q
    grows, so it crosses P once.
    """
    import numpy as np

    if len(overall) < 2:
        return np.zeros(count)
    q = np.cumsum(overall)[:-1]  # the last is 1 for both
    sums = np.concatenate([[0.0], np.cumsum(q)])
    starts = np.flatnonzero(np.diff(cells.of_class, prepend=-1))
    running = np.cumsum(cells.share)
    p = running - np.repeat(running[starts] - cells.share[starts], np.diff(starts, append=len(running)))
    ends = np.append(cells.value[1:], len(q))
    ends[np.append(starts[1:], len(ends)) - 1] = len(q)
    begins = np.minimum(cells.value, len(q))
    cross = np.clip(np.searchsorted(q, p), begins, ends)
    below = p * (cross - begins) - (sums[cross] - sums[begins])
    above = (sums[ends] - sums[cross]) - p * (ends - cross)
    before = sums[np.minimum(cells.value[starts], len(q))]  # where P is still 0
    total = np.bincount(cells.of_class, below + above, minlength=count)
    total[cells.of_class[starts]] += before
    return total / len(q)
