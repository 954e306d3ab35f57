"""A figure that is not known yet: what is expected, and between what it will be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """`low` ≤ `expected` ≤ `high`."""

    low: float
    expected: float
    high: float

    def __add__(self, other: "Range") -> "Range":
        return Range(self.low + other.low, self.expected + other.expected, self.high + other.high)

    def __mul__(self, factor: float) -> "Range":
        return Range(self.low * factor, self.expected * factor, self.high * factor)

    def within(self, low: float, high: float) -> "Range":
        """The same, nothing below `low` and nothing above `high`."""
        return Range(*(min(max(each, low), high) for each in (self.low, self.expected, self.high)))

    def holds(self, value: float) -> bool:
        """Whether what came was forecast."""
        return self.low <= value <= self.high


NOTHING = Range(0.0, 0.0, 0.0)


def total(parts: "list[Range | None]") -> Range | None:
    """All of them; None when one is unknown: a sum of what happens to be known would pass for the whole."""
    known = [each for each in parts if each is not None]
    return sum(known, NOTHING) if len(known) == len(parts) else None
