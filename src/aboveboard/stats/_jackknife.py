"""The uncertainty of any statistic, from its values with one group of clusters left out at a time."""

import math
from dataclasses import dataclass

from aboveboard.arrays import Array
from aboveboard.stats._distributions import t_tail
from aboveboard.stats._errors import TooFewError
from aboveboard.stats._inputs import Numbers, as_values, check_confidence, check_finite
from aboveboard.stats._interval import Interval
from aboveboard.stats._mean import t_interval

_NO_CHANCE = 2.0


@dataclass(frozen=True, slots=True)
class Jackknifed:
    """A value with its standard error on `groups` − 1 degrees of freedom."""

    value: float
    error: float
    groups: int

    def interval(self, confidence: float = 0.95) -> Interval:
        """value ± t · SE."""
        return t_interval(self.value, self.error, self.groups - 1, check_confidence(confidence))

    @property
    def p_value(self) -> float:
        """Two-sided, against 0; never below 2^(1 − groups), what flipping every group's sign could show."""
        if self.value == 0:
            return 1.0
        tail = t_tail(abs(self.value) / self.error, self.groups - 1) if self.error > 0 else 0.0
        return min(1.0, max(2 * tail, _NO_CHANCE ** (1 - self.groups)))


def jackknife(value: float, left_out: Numbers) -> Jackknifed:
    """SE = √((G−1)/G · Σ_g (θ_g − θ̄)²), θ_g the statistic without group g (Shao and Tu 1995, §2.3).

    `left_out` has shape (G,), groups of about equal size, each of whole clusters. For a mean of equal
    clusters it is the clustered standard error; for smooth statistics it is consistent. For the least or
    greatest of several figures it is not consistent where two of them tie: for worst impact ratios over eight
    groups it then is too wide, if anything (by simulation; `docs/reference/statistics.md`).
    """
    values: Array = as_values(left_out, "values with a group left out")
    if values.size < 2:
        raise TooFewError("one group alone has no spread", cure="measure at least two independent clusters")
    deviations = values - values.mean()
    count = values.size
    error = math.sqrt((count - 1) / count * float(deviations @ deviations))
    return Jackknifed(check_finite(value, "the statistic"), error, count)
