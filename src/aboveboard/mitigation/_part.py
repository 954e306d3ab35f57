"""A plan on one part of a suite's items."""

from collections.abc import Sequence
from dataclasses import dataclass

from aboveboard.evals import AssessmentPlan, Item


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPlan(AssessmentPlan):
    """A plan that asks these items (`part`) of the suite `divided`; of its other suites it asks all."""

    divided: str
    part: Sequence[Item]

    def items_of(self, suite: str) -> list[Item]:
        # Not `super()`: a dataclass with slots is another class than the one that the method was written in.
        return list(self.part) if suite == self.divided else AssessmentPlan.items_of(self, suite)
