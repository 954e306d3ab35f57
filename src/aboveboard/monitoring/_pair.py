"""Two groups that are compared all the time: a bet against their being alike, and a range for the gap."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aboveboard.monitoring._figure import GroupFigure
from aboveboard.monitoring._range import Range
from aboveboard.stats import BettingTest

MOST_MARGIN = 0.999999
_STEPS = 16


@dataclass(frozen=True, slots=True)
class Terms:
    """What gaps are held to: outcomes lie in [0, 1], gaps are `scale` times as large as theirs."""

    margin: float
    alpha: float
    scale: float = 1.0

    @property
    def test_margin(self) -> float:
        return min(max(self.margin / self.scale, 0.0), MOST_MARGIN)


@dataclass(slots=True)
class Pair:
    """A pair of variants of the same question: their difference is one observation.

    `weight` is its part of the bet and of the doubt: all pairs of a family share α. The same bet is made
    against larger gaps too: the largest that is refused is the lower end of the range, so that where a pair
    alone rings the alarm, its range has left what was promised.
    """

    by: str
    groups: str
    weight: float
    terms: Terms
    _tests: list[BettingTest] = field(init=False)
    _range: Range = field(init=False)

    def __post_init__(self) -> None:
        least, alpha = self.terms.test_margin, self.terms.alpha * self.weight
        margins = [least + (MOST_MARGIN - least) * step / _STEPS for step in range(_STEPS)]
        self._tests = [BettingTest(alpha, margin) for margin in margins]
        self._range = Range(1.0 - alpha)

    def take(self, first: float, second: float) -> None:
        """One outcome of each group, in the order of their names."""
        for test in self._tests:
            test.update(first, second)
        self._range.take((first - second + 1.0) / 2.0)

    @property
    def n(self) -> int:
        return self._tests[0].pairs

    @property
    def log_wealth(self) -> float:
        """ln of its part of the wealth."""
        return math.log(self.weight) + self._tests[0].log_wealth

    def figure(self) -> GroupFigure:
        """The size of the gap, whichever way it goes. Each end holds at the confidence."""
        spread, scale = self._range.now, self.terms.scale
        gap, *ends = (abs(2.0 * each - 1.0) for each in (spread.mean, spread.low, spread.high))
        low = max((test.margin for test in self._tests if test.alarm), default=0.0)
        high = max(low, *ends)
        value = min(max(gap, low), high) if spread.n else 0.0
        return GroupFigure(self.by, self.groups, scale * value, scale * low, scale * high, spread.n)

    def state(self) -> dict[str, Any]:
        return {"tests": [each.state() for each in self._tests], "range": self._range.state()}

    def resume(self, state: Mapping[str, Any]) -> None:
        pairs = zip(state["tests"], self._tests, strict=True)
        self._tests = [BettingTest.resume(one, test.alpha, test.margin) for one, test in pairs]
        self._range.resume(state["range"])


@dataclass(slots=True)
class Against:
    """One group against all others, as their answers come in: paired in the order of arrival."""

    by: str
    groups: str
    weight: float
    terms: Terms
    _test: BettingTest = field(init=False)
    _mine: Range = field(init=False)
    _others: Range = field(init=False)
    _log_weight: float = field(init=False)

    def __post_init__(self) -> None:
        self._test = BettingTest(self.terms.alpha, self.terms.test_margin)
        confidence = 1.0 - self.terms.alpha * self.weight / 2.0
        self._mine, self._others = Range(confidence), Range(confidence)
        self._log_weight = math.log(self.weight)

    def take(self, is_mine: bool, outcome: float) -> bool:
        """One outcome, of the group or of another; says whether it made a pair, and moved the wealth."""
        test = self._test
        before = test.pairs
        test.observe(1 if is_mine else 0, outcome)
        (self._mine if is_mine else self._others).take(outcome)
        return test.pairs != before

    @property
    def n(self) -> int:
        return self._test.pairs

    @property
    def log_wealth(self) -> float:
        """ln of its part of the wealth."""
        return self._log_weight + self._test.log_wealth

    def figure(self) -> GroupFigure:
        """The size of the gap between the two means; its range is that of both at once."""
        mine, others = self._mine.now, self._others.now
        low, high = mine.low - others.high, mine.high - others.low
        ends = (0.0 if low <= 0.0 <= high else min(abs(low), abs(high)), max(abs(low), abs(high)))
        gap = abs(mine.mean - others.mean) if mine.n and others.n else 0.0
        scale = self.terms.scale
        return GroupFigure(
            self.by, self.groups, scale * gap, scale * ends[0], scale * min(1.0, ends[1]), self._test.pairs
        )

    def state(self) -> dict[str, Any]:
        return {"test": self._test.state(), "mine": self._mine.state(), "others": self._others.state()}

    def resume(self, state: Mapping[str, Any]) -> None:
        test = self._test
        self._test = BettingTest.resume(state["test"], test.alpha, test.margin)
        self._mine.resume(state["mine"])
        self._others.resume(state["others"])


def joined_wealth(parts: Sequence[Pair] | Sequence[Against]) -> float:
    """ln of the wealth of all together: a weighted sum of e-processes is one."""
    if not parts:
        return -math.inf
    wealth = [each.log_wealth for each in parts]
    greatest = max(wealth)
    return greatest + math.log(sum(math.exp(each - greatest) for each in wealth))
