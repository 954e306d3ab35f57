"""How long a receiver is tried for, and how often."""

import random
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Exponential backoff with full jitter (Brooker 2015, "Exponential Backoff And Jitter").

    Times are in seconds: the longest wait after the first attempt, after any, and how long in all before a
    delivery is given up. `lease`: how long a gateway that took a delivery has before another takes it.
    """

    first: float = 5.0
    longest: float = 3600.0
    in_all: float = 24 * 3600.0
    lease: float = 60.0
    chance: Callable[[], float] = random.random

    def wait(self, attempts: int) -> float:
        """How long to wait after so many attempts (one or more)."""
        return self.chance() * min(self.longest, self.first * 2.0 ** min(attempts - 1, 30))
