"""CPU time of this process, and its fair division among answers given at the same time."""

import resource
import threading
from collections.abc import Callable
from dataclasses import dataclass


def cpu_seconds() -> float:
    """User and system time of this process and of its children that have ended, in seconds."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


@dataclass(frozen=True, slots=True)
class Share:
    """Where one answer's share began; hand it back to `CpuShares.leave`."""

    mark: float


class CpuShares:
    """Divides CPU time among overlapping answers: at each moment equally among those in progress.

    The shares of all answers add up to the CPU time spent while any was in progress, never more; time spent
    while none is in progress belongs to none. Equal division over time rather than by tokens, since a long
    prompt costs as much as a long answer. With a `SparingClock` a call takes about a microsecond.
    """

    def __init__(self, clock: Callable[[], float] = cpu_seconds) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._active = 0
        self._last = 0.0
        self._each = 0.0  # CPU seconds that an answer in progress since the start would have been given

    @property
    def active(self) -> int:
        """How many answers are in progress."""
        return self._active

    def enter(self) -> Share:
        """An answer begins."""
        with self._lock:
            self._advance()
            self._active += 1
            return Share(self._each)

    def leave(self, share: Share) -> float:
        """The answer ends: its CPU seconds."""
        with self._lock:
            self._advance()
            self._active = max(0, self._active - 1)
            return self._each - share.mark

    def _advance(self) -> None:
        now = self._clock()
        if self._active:
            self._each += max(0.0, now - self._last) / self._active
        self._last = now
