"""What a watch has seen, in numbers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A value in a range that holds at any time, from `n` observations, and the evidence against it.

    `by` and `groups` say whom it is about, where it is about groups. `evidence` is a gambler's wealth, at
    `at` the alarm rings. `baseline` says what a drift is measured from.
    """

    value: float
    low: float
    high: float
    n: int
    evidence: float
    at: float
    by: str = ""
    groups: str = ""
    baseline: str = ""


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """The same of one group, or of one pair of groups, for the dashboard."""

    by: str
    groups: str
    value: float
    low: float
    high: float
    n: int
