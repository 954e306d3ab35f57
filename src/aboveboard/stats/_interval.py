"""The results of this package: an interval, and an estimate that carries one."""

import math
from dataclasses import dataclass

from aboveboard.stats._errors import InputError


@dataclass(frozen=True, slots=True)
class Interval:
    """All values that the data do not refuse at a confidence, both ends included, and the method's name."""

    low: float
    high: float
    confidence: float
    method: str

    def __post_init__(self) -> None:
        if math.isnan(self.low) or math.isnan(self.high) or self.low > self.high:
            raise InputError(f"not an interval: [{self.low}, {self.high}] ({self.method})")

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    @property
    def half_width(self) -> float:
        return (self.high - self.low) / 2

    def clipped(self, low: float, high: float) -> "Interval":
        """The part of it within the quantity's own limits."""
        return Interval(
            min(max(self.low, low), high), max(min(self.high, high), low), self.confidence, self.method
        )


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with what it rests on.

    `n` observations in `clusters` independent clusters (equal when every observation is independent);
    `mde` is the smallest true difference, in the value's unit, that data like these would find with
    80 % power at the interval's confidence (about 2.8 standard errors at 95 %). `fixed` is how far the
    interval would still reach below and above the value with endless observations, as the scorer itself errs.
    """

    value: float
    interval: Interval
    n: int
    clusters: int
    mde: float
    fixed: tuple[float, float] = (0.0, 0.0)

    @property
    def low(self) -> float:
        return self.interval.low

    @property
    def high(self) -> float:
        return self.interval.high
