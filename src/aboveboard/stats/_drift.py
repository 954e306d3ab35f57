"""Noticing that a share has moved away from where it was, with a stated run length between false alarms."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aboveboard.stats._errors import InputError
from aboveboard.stats._inputs import check_positive

_PARTS = (
    0.05,
    0.15,
    0.4,
)  # bets for small, middling and great changes: parts of the boldest that cannot ruin


@dataclass(slots=True)
class DriftDetector:
    """An e-detector against "the mean lies in [`low`, `high`]" (Shin, Ramdas and Rinaldo 2023,
    arXiv:2203.03532).

    A Shiryaev–Roberts sum M_t = (M_{t−1} + 1)·L_t for each of six bets L_t = 1 + λ(Y_t − high) or
    1 + λ(low − Y_t), averaged; the alarm rings when the average reaches `run_length`. While the claim is
    true, M_t − t is a supermartingale: on average at least `run_length` outcomes come before a false alarm.
    Unlike a test it never wears out: what was seen long ago does not weigh against a change today.

    Outcomes lie in [0, 1]. The alarm, once rung, stays.
    """

    low: float
    high: float
    run_length: float
    n: int = 0
    alarm_at: int | None = None
    _sums: list[float] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        check_positive(self.run_length, "the run length")
        if not 0.0 <= self.low <= self.high <= 1.0:
            raise InputError(f"the baseline must lie in [0, 1], not [{self.low!r}, {self.high!r}]")
        self._sums = [-math.inf] * (2 * len(_PARTS))

    def update(self, outcome: float) -> bool:
        """Takes an outcome; says whether the alarm has ever rung."""
        if not 0.0 <= outcome <= 1.0:
            raise InputError(f"an outcome must lie in [0, 1], not {outcome!r}")
        self.n += 1
        self._sums = [_grown(each, gain) for each, gain in zip(self._sums, self._gains(outcome), strict=True)]
        if self.alarm_at is None and self.log_evidence >= math.log(self.run_length):
            self.alarm_at = self.n
        return self.alarm

    def _gains(self, outcome: float) -> list[float]:
        up = (outcome - self.high) / max(self.high, 1e-6)
        down = (self.low - outcome) / max(1.0 - self.low, 1e-6)
        return [part * gain for gain in (up, down) for part in _PARTS]

    @property
    def alarm(self) -> bool:
        return self.alarm_at is not None

    @property
    def log_evidence(self) -> float:
        """ln of the averaged sum; −∞ before the first outcome."""
        greatest = max(self._sums)
        if greatest == -math.inf:
            return greatest
        mean = sum(math.exp(each - greatest) for each in self._sums) / len(self._sums)
        return greatest + math.log(mean)

    @property
    def has_risen(self) -> bool:
        """Whether the evidence says that the mean is above the baseline, not below."""
        return max(self._sums[: len(_PARTS)]) >= max(self._sums[len(_PARTS) :])

    def state(self) -> dict[str, Any]:
        """All that it knows, as JSON values: `resume` goes on from there to the last bit."""
        sums = [None if each == -math.inf else each for each in self._sums]
        limits = [self.low, self.high, self.run_length]
        return {"limits": limits, "n": self.n, "alarm_at": self.alarm_at, "sums": sums}

    @classmethod
    def resume(cls, state: Mapping[str, Any]) -> "DriftDetector":
        """The detector of a state."""
        low, high, run_length = state["limits"]
        found = cls(low, high, run_length, state["n"], state["alarm_at"])
        found._sums = [-math.inf if each is None else each for each in state["sums"]]
        return found


def _grown(log_sum: float, gain: float) -> float:
    """ln((M + 1)·(1 + gain))."""
    grown = 0.0 if log_sum == -math.inf else max(log_sum, 0.0) + math.log1p(math.exp(-abs(log_sum)))
    return grown + math.log1p(gain)
