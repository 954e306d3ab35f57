"""An interval that may be looked at after every answer."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aboveboard.stats._errors import InputError
from aboveboard.stats._inputs import check_confidence
from aboveboard.stats._interval import Interval

METHOD = "empirical-Bernstein confidence sequence"
_BOLDEST = 0.5


@dataclass(slots=True)
class ConfidenceSequence:
    """Intervals for a mean of outcomes in [0, 1] that hold *all at once* at the confidence.

    The predictable plug-in empirical-Bernstein sequence of Waudby-Smith and Ramdas (2024, JRSS-B 86:1,
    Theorem 2): Σλ_iX_i/Σλ_i ± (ln(2/α) + Σ v_iψ(λ_i))/Σλ_i with v_i = 4(X_i − μ̂_{i−1})² and
    ψ(λ) = (−ln(1−λ) − λ)/4; every λ_i comes from the past alone. The intersection of all so far is kept, so
    an interval only ever shrinks. Should it become empty (which has a chance of at most α when outcomes have
    one mean), the mean has moved: the present interval is then shown, and `has_moved` is true.
    """

    confidence: float = 0.95
    n: int = 0
    low: float = 0.0
    high: float = 1.0
    has_moved: bool = False
    _total: float = field(default=0.0, init=False, repr=False)
    _spread: float = field(default=0.25, init=False, repr=False)
    _weights: float = field(default=0.0, init=False, repr=False)
    _weighted: float = field(default=0.0, init=False, repr=False)
    _doubt: float = field(default=0.0, init=False, repr=False)

    def __post_init__(self) -> None:
        check_confidence(self.confidence)

    @property
    def mean(self) -> float:
        """The mean of what was seen; one half while nothing was."""
        return self._total / self.n if self.n else 0.5

    @property
    def interval(self) -> Interval:
        """What the mean may be."""
        return Interval(self.low, self.high, self.confidence, METHOD)

    def update(self, outcome: float) -> None:
        """Takes an outcome."""
        if not 0.0 <= outcome <= 1.0:
            raise InputError(f"an outcome must lie in [0, 1], not {outcome!r}")
        before = (0.5 + self._total) / (self.n + 1)
        weight = self._weight(self._spread / (self.n + 1))
        self.n += 1
        self._total += outcome
        self._weights += weight
        self._weighted += weight * outcome
        self._doubt += (outcome - before) ** 2 * (-math.log1p(-weight) - weight)
        self._spread += (outcome - (0.5 + self._total) / (self.n + 1)) ** 2
        self._narrow()

    def _weight(self, variance: float) -> float:
        following = self.n + 1
        wanted = 2.0 * self._log_odds / (variance * following * math.log1p(following))
        return min(math.sqrt(wanted), _BOLDEST)

    @property
    def _log_odds(self) -> float:
        return math.log(2.0 / (1.0 - self.confidence))

    def _narrow(self) -> None:
        centre = self._weighted / self._weights
        half = (self._log_odds + self._doubt) / self._weights
        low, high = max(0.0, centre - half), min(1.0, centre + half)
        if max(low, self.low) <= min(high, self.high):
            self.low, self.high = max(low, self.low), min(high, self.high)
        else:
            self.low, self.high, self.has_moved = low, high, True

    def state(self) -> dict[str, Any]:
        """All that it knows, as JSON values: `resume` goes on from there to the last bit."""
        sums = [self._total, self._spread, self._weights, self._weighted, self._doubt]
        return {"n": self.n, "range": [self.low, self.high], "moved": self.has_moved, "sums": sums}

    @classmethod
    def resume(cls, state: Mapping[str, Any], confidence: float) -> "ConfidenceSequence":
        """The sequence of a state; `confidence` is that it began with."""
        low, high = state["range"]
        found = cls(confidence, state["n"], low, high, state["moved"])
        found._total, found._spread, found._weights, found._weighted, found._doubt = state["sums"]
        return found
