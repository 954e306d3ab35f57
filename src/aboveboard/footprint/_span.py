"""A figure that is known within a factor: what is likely, and between what it lies."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Span:
    """0 ≤ `low` ≤ `likely` ≤ `high`, all of one unit."""

    low: float
    likely: float
    high: float

    @classmethod
    def exact(cls, value: float) -> Self:
        """A figure taken as it is stated."""
        return cls(value, value, value)

    def scaled(self, factor: float) -> "Span":
        """The same in another unit, or of so much more."""
        return Span(self.low * factor, self.likely * factor, self.high * factor)

    def times(self, other: "Span") -> "Span":
        """The product of two figures whose errors have nothing to do with each other.

        Their reaches, as logarithms, add like the sides of a right angle (propagation of independent relative
        errors; JCGM 100:2008, §5.1.6): both being at their ends at once would be unlikely.
        """
        value = self.likely * other.likely
        if value == 0.0:
            return Span(0.0, 0.0, self.high * other.high)
        down = math.hypot(_reach(self.low, self.likely), _reach(other.low, other.likely))
        up = math.hypot(_reach(self.likely, self.high), _reach(other.likely, other.high))
        return Span(value * math.exp(-down), value, value * math.exp(up))

    def inverse(self) -> "Span":
        """1 divided by it."""
        return Span(1 / self.high, 1 / self.likely, 1 / self.low)

    def __add__(self, other: "Span") -> "Span":
        return Span(self.low + other.low, self.likely + other.likely, self.high + other.high)


def hull(spans: Iterable[Span]) -> Span:
    """What covers all of them, where it is not known which holds; likely is their mean."""
    known = list(spans)
    return Span(
        min(each.low for each in known),
        sum(each.likely for each in known) / len(known),
        max(each.high for each in known),
    )


def _reach(below: float, above: float) -> float:
    return math.log(above / below) if below > 0 else math.inf
