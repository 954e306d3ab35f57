"""Leaving a model alone that keeps failing, and finding out when it is back.

The circuit breaker of M. Nygard, "Release It!" (2nd edition 2018, section 5.2). Closed: calls go through, and
their results count. Open: none does. Half-open: one call tries, and its result decides.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

_MOST_RESULTS = 4096


class CircuitState(StrEnum):
    """How a circuit stands."""

    CLOSED = "closed"
    HALF_OPEN = "half-open"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class CircuitRule:
    """It opens when of at least `calls` results within `window` seconds the `share` failed, for `rest` s."""

    share: float = 0.5
    calls: int = 10
    window: float = 60.0
    rest: float = 30.0


class Circuit:
    """One model's breaker. Used within one event loop; `clock` gives seconds that never go back."""

    def __init__(self, rule: CircuitRule, clock: Callable[[], float] = time.monotonic) -> None:
        self.rule = rule
        self._clock = clock
        self._state = CircuitState.CLOSED
        self._results: deque[tuple[float, bool]] = deque()
        self._failures = 0
        self._until = 0.0
        self._era = 0  # a call's result counts only in the era in which it began

    @property
    def state(self) -> CircuitState:
        """Open until a call has tried, even when it is time for one."""
        return self._state

    @property
    def wait(self) -> float:
        """Seconds until a call may go through; 0 when one may now. While a probe is away: at least 1."""
        if self._state is CircuitState.CLOSED:
            return 0.0
        left = max(0.0, self._until - self._clock())
        return max(1.0, left) if self._state is CircuitState.HALF_OPEN else left

    def admit(self) -> "Permit | None":
        """Leave for one call, whose result must be told to the permit; None when none may go through."""
        if self._state is CircuitState.CLOSED:
            return Permit(self, self._era)
        if self._state is CircuitState.HALF_OPEN or self._clock() < self._until:
            return None
        self._turn(CircuitState.HALF_OPEN)
        return Permit(self, self._era)

    def settle(self, era: int, succeeded: bool | None) -> None:
        """The result of a call that began in an era; None: it was given up, and tells nothing."""
        if era != self._era:
            return
        if self._state is CircuitState.HALF_OPEN:
            self._decide(succeeded)
        elif succeeded is not None:
            self._count(succeeded)

    def _decide(self, succeeded: bool | None) -> None:
        if succeeded:
            self._turn(CircuitState.CLOSED)
        else:
            self._open(0.0 if succeeded is None else self.rule.rest)

    def _count(self, succeeded: bool) -> None:
        now = self._clock()
        self._results.append((now, succeeded))
        self._failures += not succeeded
        while len(self._results) > _MOST_RESULTS or self._results[0][0] <= now - self.rule.window:
            self._failures -= not self._results.popleft()[1]
        calls = len(self._results)
        if not succeeded and calls >= self.rule.calls and self._failures >= self.rule.share * calls:
            self._open(self.rule.rest)

    def _open(self, rest: float) -> None:
        self._turn(CircuitState.OPEN)
        self._until = self._clock() + rest

    def _turn(self, state: CircuitState) -> None:
        self._state = state
        self._era += 1
        self._results.clear()
        self._failures = 0


@dataclass(slots=True)
class Permit:
    """Leave for one call. Its first result counts; whoever holds it must tell one."""

    circuit: Circuit
    era: int
    is_told: bool = False

    def began(self) -> None:
        """The first words have come. They tell a probe enough; any other call's result is how it ends."""
        if self.circuit.state is CircuitState.HALF_OPEN:
            self.succeeded()

    def succeeded(self) -> None:
        """The model answered."""
        self._tell(True)

    def failed(self) -> None:
        """The model did not."""
        self._tell(False)

    def abandoned(self) -> None:
        """Nobody waited for the result. Does nothing after a result."""
        self._tell(None)

    def _tell(self, succeeded: bool | None) -> None:
        if not self.is_told:
            self.is_told = True
            self.circuit.settle(self.era, succeeded)
