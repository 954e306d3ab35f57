"""A run's readings with the labels that people gave to some of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aboveboard.stats import JudgedSample


@dataclass(frozen=True, slots=True)
class Sampled:
    """What was read in each item, and what people say of some; `entries` are those of the run's log."""

    labels: Mapping[str, float]
    read: Mapping[str, float]
    entries: Mapping[str, Mapping[str, Any]]

    @property
    def items(self) -> list[str]:
        """All items, the labelled ones first."""
        return [*self.labels, *(item for item in self.read if item not in self.labels)]

    def whole(self) -> JudgedSample:
        return self._of(self.items)

    def by(self, attribute: str) -> tuple[JudgedSample, list[str]]:
        """The items that belong to a group under an attribute, and their groups."""
        chosen = [item for item in self.items if attribute in self.entries[item]["groups"]]
        return self._of(chosen), [self.entries[item]["groups"][attribute] for item in chosen]

    def _of(self, items: Sequence[str]) -> JudgedSample:
        known = [item for item in items if item in self.labels]
        return JudgedSample(
            labels=[self.labels[item] for item in known],
            judged=[self.read[item] for item in known],
            rest=[self.read[item] for item in items[len(known) :]],
            clusters=[self.entries[item]["cluster"] for item in items],
        )
