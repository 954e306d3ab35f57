"""An interval that may be looked at after every answer."""

import math
from collections.abc import Mapping, Sequence
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
    _sums: tuple[float, float, float, float, float] = field(
        default=(0.0, 0.25, 0.0, 0.0, 0.0), init=False, repr=False
    )  # of the outcomes, their squared distances, the weights, the weighted outcomes, the doubt

    def __post_init__(self) -> None:
        check_confidence(self.confidence)

    @property
    def mean(self) -> float:
        """The mean of what was seen; one half while nothing was."""
        return self._sums[0] / self.n if self.n else 0.5

    @property
    def interval(self) -> Interval:
        """What the mean may be."""
        return Interval(self.low, self.high, self.confidence, METHOD)

    def update(self, outcome: float) -> None:
        """Takes an outcome."""
        self.extend((outcome,))

    def extend(self, outcomes: Sequence[float]) -> None:
        """Takes outcomes one after another; comes to the same as `update` of each, to the last bit.

        One loop over local names: a monitor takes dozens of these with every answer.
        """
        log_odds, n, low, high = math.log(2.0 / (1.0 - self.confidence)), self.n, self.low, self.high
        has_moved = self.has_moved
        total, spread, weights, weighted, doubt = self._sums
        sqrt, log1p = math.sqrt, math.log1p
        before = (0.5 + total) / (n + 1)
        for outcome in outcomes:
            if not 0.0 <= outcome <= 1.0:
                raise InputError(f"an outcome must lie in [0, 1], not {outcome!r}")
            n += 1
            weight = min(sqrt(2.0 * log_odds / (spread / n * n * log1p(n))), _BOLDEST)
            total += outcome
            weights += weight
            weighted += weight * outcome
            doubt += (outcome - before) ** 2 * (-log1p(-weight) - weight)
            before = (0.5 + total) / (n + 1)
            spread += (outcome - before) ** 2
            centre, half = weighted / weights, (log_odds + doubt) / weights
            least, most = centre - half, centre + half
            if least > high or most < low:
                low, high, has_moved = max(0.0, least), min(1.0, most), True
                continue
            low, high = (least if least > low else low), (most if most < high else high)
        self.n, self.low, self.high, self.has_moved = n, low, high, has_moved
        self._sums = total, spread, weights, weighted, doubt

    def state(self) -> dict[str, Any]:
        """All that it knows, as JSON values: `resume` goes on from there to the last bit."""
        return {
            "n": self.n,
            "range": [self.low, self.high],
            "moved": self.has_moved,
            "sums": list(self._sums),
        }

    @classmethod
    def resume(cls, state: Mapping[str, Any], confidence: float) -> "ConfidenceSequence":
        """The sequence of a state; `confidence` is that it began with."""
        low, high = state["range"]
        found = cls(confidence, state["n"], low, high, state["moved"])
        total, spread, weights, weighted, doubt = state["sums"]
        found._sums = total, spread, weights, weighted, doubt
        return found
