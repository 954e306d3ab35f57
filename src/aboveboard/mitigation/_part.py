"""Items kept back: which of a suite's are tried on, and which nothing is tried on until the end."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from aboveboard.evals import AssessmentPlan, Item
from aboveboard.values import digest_json

Part = Literal["tried on", "kept back", "all"]


def is_kept_back(cluster: str, suite: str, seed: int) -> bool:
    """Whether a cluster is kept back: by a coin thrown from its name and the seed, so that the answer is the
    same in every run, and no item is on one side with a likeness of its cluster on the other.
    """
    return hashlib.sha256(f"{seed}\x00{suite}\x00{cluster}".encode()).digest()[0] % 2 == 1


def part_of(items: Sequence[Item], suite: str, seed: int, part: Part) -> list[Item]:
    """The items of one part, in their order."""
    if part == "all":
        return list(items)
    wanted = part == "kept back"
    return [item for item in items if is_kept_back(item.cluster, suite, seed) == wanted]


def split_digest(items: Sequence[Item], suite: str, seed: int) -> str:
    """Of the items kept back, for the record of what was decided before anything was tried."""
    return digest_json([item.id for item in part_of(items, suite, seed, "kept back")])


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPlan(AssessmentPlan):
    """A plan of a part of the items of the suite `divided`; of its other suites it asks all."""

    divided: str
    part: Part

    def items(self) -> dict[str, list[Item]]:
        # Not `super()`: a dataclass with slots is another class than the one that the method was written in.
        found = AssessmentPlan.items(self)
        return {
            name: part_of(items, name, self.options.seed, self.part if name == self.divided else "all")
            for name, items in found.items()
        }
