"""Items kept back: which of a suite's are tried on, and which nothing is tried on until the end."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from aboveboard.evals import AssessmentPlan, Item
from aboveboard.values import digest_json

Part = Literal["tried on", "kept back", "all"]


def part_of(items: Sequence[Item], suite: str, seed: int, part: Part) -> list[Item]:
    """The items of one part, in their order. `items` are all of the suite's, or the halves would be others.

    Clusters are put in the order of a digest of their name and the seed, and the second half is kept back:
    the same in every run, as large as the first, and no item is apart from the others of its cluster.
    """
    if part == "all":
        return list(items)
    clusters = sorted({item.cluster for item in items}, key=lambda name: _place(name, suite, seed))
    kept_back = set(clusters[(len(clusters) + 1) // 2 :])
    return [item for item in items if (item.cluster in kept_back) == (part == "kept back")]


def _place(cluster: str, suite: str, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}\x00{suite}\x00{cluster}".encode()).digest()


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
