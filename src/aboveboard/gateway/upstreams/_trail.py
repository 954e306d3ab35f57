"""The attempts that a request has cost so far, for its record."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from aboveboard.evidence.records import ModelAttempt
from aboveboard.models import Usage

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

    def note(
        self, model: str, outcome: str, began: float | None = None, wasted: Sequence[Usage] = ()
    ) -> None:
        """Writes down an attempt that began at a moment of `time.perf_counter`, or was not made at all, and
        what its endpoint counted for nothing.
        """
        spent = 0.0 if began is None else round(1000 * (time.perf_counter() - began), 3)
        self.attempts.append(
            ModelAttempt(
                model=model,
                outcome=outcome,
                milliseconds=spent,
                prompt_tokens=sum(usage.prompt_tokens for usage in wasted),
                completion_tokens=sum(usage.completion_tokens for usage in wasted),
            )
        )

    @property
    def count(self) -> int:
        """How many times a model was asked."""
        return sum(each.outcome not in _NOT_ASKED for each in self.attempts)

    @property
    def worth_telling(self) -> tuple[ModelAttempt, ...]:
        """Nothing of a request whose first attempt was answered: there is no more to say about it."""
        is_plain = [each.outcome for each in self.attempts] == [ANSWERED] and not self.wasted_tokens
        return () if is_plain else tuple(self.attempts)

    @property
    def is_told(self) -> bool:
        """Whether nobody answered, and everybody who was asked said what that took."""
        asked = [each for each in self.attempts if each.outcome not in _NOT_ASKED]
        return bool(asked) and all(
            each.outcome != ANSWERED and each.prompt_tokens + each.completion_tokens for each in asked
        )

    @property
    def wasted_tokens(self) -> int:
        """Tokens that were counted for answers of no use, as far as anybody said."""
        return sum(each.prompt_tokens + each.completion_tokens for each in self.attempts)
