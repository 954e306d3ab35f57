"""A clock of CPU time that is asked often and asks the system seldom."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, process_time


@dataclass(slots=True)
class SparingClock:
    """CPU seconds of this process, to within 5 ms, never going back.

    Asking the system is a call that costs a busy process of several threads tens of microseconds, twice an
    answer. So it is asked every 5 ms at most; in between one processor is taken to be busy, and what that was
    too much is not counted again.
    """

    cpu: Callable[[], float] = process_time
    wall: Callable[[], float] = perf_counter
    every: float = 5e-3
    _asked_at: float = float("-inf")
    _answer: float = 0.0
    _told: float = 0.0

    def __call__(self) -> float:
        now = self.wall()
        if now - self._asked_at >= self.every:
            self._asked_at, self._answer = now, self.cpu()
        self._told = max(self._told, self._answer + (now - self._asked_at))
        return self._told
