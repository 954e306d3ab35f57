"""A plan on one part of a suite's items."""

from collections.abc import Sequence
from dataclasses import dataclass

from aboveboard.evals import AssessmentPlan, Item


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPlan(AssessmentPlan):
    """A plan that asks these items (`part`) of the suite `divided`; of its other suites it asks all."""

    divided: str
    part: Sequence[Item]

    def items(self) -> dict[str, list[Item]]:
        # Not `super()`: a dataclass with slots is another class than the one that the method was written in.
        found = AssessmentPlan.items(self)
        return {name: list(self.part) if name == self.divided else items for name, items in found.items()}
