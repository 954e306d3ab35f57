"""A confidence sequence that does its sums when it is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aboveboard.stats import ConfidenceSequence


@dataclass(slots=True)
class Range:
    """Outcomes wait until somebody asks: no alarm depends on a range, and many at once cost a third.

    What comes of it does not depend on when it was asked, to the last bit. A monitor asks after each page, so
    no more than a page waits.
    """

    confidence: float = 0.95
    _sequence: ConfidenceSequence = field(init=False, repr=False)
    _waiting: list[float] = field(default_factory=list, init=False, repr=False)

    def __post_init__(self) -> None:
        self._sequence = ConfidenceSequence(self.confidence)

    def take(self, outcome: float) -> None:
        """Takes an outcome in [0, 1]."""
        self._waiting.append(outcome)

    @property
    def now(self) -> ConfidenceSequence:
        """The sequence with all that was taken."""
        if self._waiting:
            self._sequence.extend(self._waiting)
            self._waiting.clear()
        return self._sequence

    def state(self) -> dict[str, Any]:
        return self.now.state()

    def resume(self, state: Mapping[str, Any]) -> None:
        """Goes on from a state; what waited is forgotten with the rest."""
        self._sequence = ConfidenceSequence.resume(state, self.confidence)
        self._waiting.clear()
