"""Watching two groups live: a test that may be looked at after every answer."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aboveboard.stats._errors import InputError
from aboveboard.stats._gambler import Gambler
from aboveboard.stats._inputs import check_fraction


@dataclass(slots=True)
class BettingTest:
    """An e-process against "the two groups' means differ by no more than `margin`".

    A gambler stakes a part λ_t of the wealth on the next difference, K_t = ∏(1 + λ_t·(Y¹_t − Y⁰_t)),
    λ_t chosen from the past alone. If the claim is true, wealth reaches 1/α at *any* time with a chance of
    at most α (Ville 1939), however often one looks (Chugg et al. 2023, arXiv:2305.17570). Two gamblers,
    one a direction, each start with half. λ_t follows aGRAPA (Waudby-Smith and Ramdas 2024, JRSS-B 86:1).

    Outcomes lie in [0, 1]. `update` takes a pair. `observe` takes one outcome as it arrives and pairs it
    with the oldest waiting one of the other group; 1,000 may wait, later ones are let go unseen (a rule
    that does not look at outcomes, so the guarantee stands). The alarm, once rung, stays.
    """

    alpha: float = 0.05
    margin: float = 0.0
    pairs: int = 0
    alarm_at: int | None = None
    _above: Gambler = field(init=False, repr=False)
    _below: Gambler = field(init=False, repr=False)
    log_wealth: float = field(default=0.0, init=False)
    """ln K_t; the evidence now, against the claim."""
    _best: float = field(default=0.0, init=False, repr=False)
    _waiting: tuple[list[float], list[float]] = field(
        default_factory=lambda: ([], []), init=False, repr=False
    )

    def __post_init__(self) -> None:
        check_fraction(self.alpha, "alpha")
        if not 0.0 <= self.margin < 1.0:
            raise InputError(f"the margin must lie in [0, 1), not {self.margin!r}")
        worst = 1.0 + self.margin
        self._above, self._below = Gambler(worst), Gambler(worst)

    def update(self, first: float, second: float) -> bool:
        """Takes a pair of outcomes, one of each group; says whether the alarm has ever rung."""
        difference = _outcome(first) - _outcome(second)
        self._above.play(difference - self.margin)
        self._below.play(-difference - self.margin)
        self.pairs += 1
        self.log_wealth = _joined(self._above.log_wealth, self._below.log_wealth)
        if self.log_wealth > self._best:
            self._best = self.log_wealth
        if self.alarm_at is None and self._best >= -math.log(self.alpha):
            self.alarm_at = self.pairs
        return self.alarm

    def observe(self, group: int, outcome: float) -> bool:
        """Takes one outcome of group 0 or 1 as it arrives; says whether the alarm has ever rung."""
        if group not in (0, 1):
            raise InputError(f"the group must be 0 or 1, not {group!r}")
        mine, others = self._waiting[group], self._waiting[1 - group]
        value = _outcome(outcome)
        if others:
            other = others.pop(0)
            return self.update(*((value, other) if group == 1 else (other, value)))
        if len(mine) < _WAITING:
            mine.append(value)
        return self.alarm

    @property
    def alarm(self) -> bool:
        return self.alarm_at is not None

    @property
    def p_value(self) -> float:
        """1 / the greatest wealth so far: a p-value valid at any time."""
        return min(1.0, math.exp(-self._best))

    def state(self) -> dict[str, Any]:
        """All that it knows, as JSON values: `resume` goes on from there to the last bit."""
        return {
            "pairs": self.pairs,
            "alarm_at": self.alarm_at,
            "best": self._best,
            "above": self._above.state(),
            "below": self._below.state(),
            "waiting": [_packed(each) for each in self._waiting],
        }

    @classmethod
    def resume(cls, state: Mapping[str, Any], alpha: float, margin: float) -> "BettingTest":
        """The test of a state; `alpha` and `margin` are those it began with."""
        test = cls(alpha, margin, state["pairs"], state["alarm_at"])
        worst = 1.0 + margin
        test._above = Gambler.resume(state["above"], worst)
        test._below = Gambler.resume(state["below"], worst)
        test._best = state["best"]
        test.log_wealth = _joined(test._above.log_wealth, test._below.log_wealth)
        first, second = state["waiting"]
        test._waiting = (_unpacked(first), _unpacked(second))
        return test


_WAITING = 1000


def _joined(above: float, below: float) -> float:
    """ln of the mean of the two gamblers' wealth."""
    high, low = (above, below) if above >= below else (below, above)
    return high + math.log1p(math.exp(low - high)) - _LN_2


_LN_2 = math.log(2.0)


def _packed(outcomes: Sequence[float]) -> str | list[float]:
    """Shares, which most are, as a string of digits: a state is written again and again."""
    try:
        return "".join(map(_DIGITS.__getitem__, outcomes))
    except KeyError:
        return list(outcomes)


_DIGITS = {0.0: "0", 1.0: "1"}


def _unpacked(state: str | Sequence[float]) -> list[float]:
    return [float(each) for each in state]


def _outcome(value: float) -> float:
    if not 0.0 <= value <= 1.0:
        raise InputError(f"an outcome must lie in [0, 1], not {value!r}", cure="divide scores by their scale")
    return float(value)
