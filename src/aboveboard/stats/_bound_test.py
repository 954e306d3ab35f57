"""Watching a mean live against a bound that was promised."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aboveboard.stats._errors import InputError
from aboveboard.stats._gambler import Gambler
from aboveboard.stats._inputs import check_fraction


@dataclass(slots=True)
class BoundTest:
    """An e-process against "the mean is at most `threshold`" (`at_most`), or "at least".

    K_t = ∏(1 + λ_t·(Y_t − m)), or of m − Y_t, with λ_t chosen from the past alone: if the claim is true,
    wealth reaches 1/α at *any* time with a chance of at most α (Ville 1939; Waudby-Smith and Ramdas 2024,
    JRSS-B 86:1). Outcomes lie in [0, 1]. They need not be independent: it is enough that the mean of each,
    given the past, keeps the promise. The alarm, once rung, stays.
    """

    threshold: float
    at_most: bool = True
    alpha: float = 0.05
    n: int = 0
    alarm_at: int | None = None
    _gambler: Gambler = field(init=False, repr=False)
    _best: float = field(default=0.0, init=False, repr=False)

    def __post_init__(self) -> None:
        check_fraction(self.alpha, "alpha")
        if not 0.0 <= self.threshold <= 1.0:
            raise InputError(f"the threshold must lie in [0, 1], not {self.threshold!r}")
        self._gambler = Gambler(self._worst)

    @property
    def _worst(self) -> float:
        """The greatest loss: what lies between the threshold and the end that keeps the promise.

        A threshold at that very end leaves nothing to lose; a millionth keeps the stake finite.
        """
        return max(self.threshold if self.at_most else 1.0 - self.threshold, 1e-6)

    def update(self, outcome: float) -> bool:
        """Takes an outcome; says whether the alarm has ever rung."""
        if not 0.0 <= outcome <= 1.0:
            raise InputError(f"an outcome must lie in [0, 1], not {outcome!r}")
        excess = outcome - self.threshold
        self._gambler.play(excess if self.at_most else -excess)
        self.n += 1
        self._best = max(self._best, self.log_wealth)
        if self.alarm_at is None and self._best >= -math.log(self.alpha):
            self.alarm_at = self.n
        return self.alarm

    @property
    def alarm(self) -> bool:
        return self.alarm_at is not None

    @property
    def log_wealth(self) -> float:
        """ln K_t; the evidence now, against the claim."""
        return self._gambler.log_wealth

    @property
    def p_value(self) -> float:
        """1 / the greatest wealth so far: a p-value valid at any time."""
        return min(1.0, math.exp(-self._best))

    def state(self) -> dict[str, Any]:
        """All that it knows, as JSON values: `resume` goes on from there to the last bit."""
        return {
            "n": self.n,
            "alarm_at": self.alarm_at,
            "best": self._best,
            "gambler": self._gambler.state(),
        }

    @classmethod
    def resume(cls, state: Mapping[str, Any], threshold: float, at_most: bool, alpha: float) -> "BoundTest":
        """The test of a state; the rest is what it began with."""
        test = cls(threshold, at_most, alpha, state["n"], state["alarm_at"])
        test._gambler = Gambler.resume(state["gambler"], test._worst)
        test._best = state["best"]
        return test
