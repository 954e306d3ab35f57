"""The attempts that a request has cost so far, for its record."""

import time
from dataclasses import dataclass, field

from aboveboard.evidence.records import ModelAttempt

ANSWERED = "answered"
CIRCUIT_OPEN = "circuit-open"
NO_TIME = "no-time-left"
_NOT_ASKED = frozenset({CIRCUIT_OPEN, NO_TIME})


@dataclass(slots=True)
class Trail:
    """Which models were asked or passed over, in order, and what came of it.

    `requested` is the name that the client asked for, `reason` why another was to answer (empty: none was).
    """

    requested: str = ""
    reason: str = ""
    attempts: list[ModelAttempt] = field(default_factory=list)

    def note(self, model: str, outcome: str, began: float | None = None) -> None:
        """Writes down an attempt that began at a moment of `time.perf_counter`, or was not made at all."""
        spent = 0.0 if began is None else round(1000 * (time.perf_counter() - began), 3)
        self.attempts.append(ModelAttempt(model=model, outcome=outcome, milliseconds=spent))

    @property
    def count(self) -> int:
        """How many times a model was asked."""
        return sum(each.outcome not in _NOT_ASKED for each in self.attempts)

    @property
    def worth_telling(self) -> tuple[ModelAttempt, ...]:
        """Nothing of a request whose first attempt was answered: there is no more to say about it."""
        return () if [each.outcome for each in self.attempts] == [ANSWERED] else tuple(self.attempts)
