"""A gambler whose wealth is evidence: bets on gains that are not positive on average if a claim is true."""

import math
from collections.abc import Sequence

_BOLDEST = 0.5  # no loss takes more than half the wealth: the logarithm stays finite, and luck can turn


class Gambler:
    """Stakes a part of the wealth on each next gain, chosen from the past alone (aGRAPA, Waudby-Smith and
    Ramdas 2024, JRSS-B 86:1).

    `worst` is the greatest loss there can be. While the mean of each gain, given the past, is at most 0, the
    wealth is a non-negative supermartingale that begins at 1.
    """

    __slots__ = ("_squares", "_sum", "_worst", "log_wealth")

    def __init__(self, worst: float) -> None:
        self._worst = worst
        self._sum, self._squares = 0.0, 0.25 * min(1.0, worst)
        self.log_wealth = 0.0

    def play(self, gain: float) -> None:
        """Takes the next gain; the stake was fixed before.

        It is mean / mean square of the gains so far, one invented: Kelly's bet to second order.
        """
        stake = self._sum / self._squares
        if stake > 0.0:
            self.log_wealth += math.log1p(min(stake, _BOLDEST / self._worst) * gain)
        self._sum += gain
        self._squares += gain * gain

    def state(self) -> list[float]:
        """Sum and sum of squares of the gains so far, and ln of the wealth."""
        return [self._sum, self._squares, self.log_wealth]

    @classmethod
    def resume(cls, state: Sequence[float], worst: float) -> "Gambler":
        """The gambler of a state."""
        gambler = cls(worst)
        gambler._sum, gambler._squares, gambler.log_wealth = state
        return gambler
