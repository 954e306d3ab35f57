"""A mean against the bound that was promised."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aboveboard.evidence.records import Record
from aboveboard.monitoring._figure import Figure, GroupFigure
from aboveboard.monitoring._range import Range
from aboveboard.monitoring._seen import Seen
from aboveboard.monitoring._streams import GREATEST, alarm_at
from aboveboard.stats import BoundTest
from aboveboard.values import Bound


@dataclass(slots=True)
class Bounded:
    """The mean of what `read` finds in each answer, cut off at `most`.

    Cutting off makes a mean smaller only, so where less is better an alarm is none too many; the upper end of
    the range then says nothing, and `is_cut` has it left open.
    """

    bound: Bound
    confidence: float
    read: Callable[[Seen], float | None]
    most: float = 1.0
    is_cut: bool = False
    _test: BoundTest = field(init=False)
    _range: Range = field(init=False)

    def __post_init__(self) -> None:
        threshold = min(max(self.bound.threshold / self.most, 0.0), 1.0)
        self._test = BoundTest(threshold, not self.bound.wants_high, 1.0 - self.confidence)
        self._range = Range(self.confidence)

    def take(self, record: Record, seen: Seen | None) -> bool:
        value = self.read(seen) if seen else None
        if value is None:
            return False
        part = min(max(value / self.most, 0.0), 1.0)
        self._range.take(part)
        return self._test.update(part)

    @property
    def n(self) -> int:
        return self._test.n

    def figure(self) -> Figure:
        spread = self._range.now
        return Figure(
            value=self.most * spread.mean if spread.n else 0.0,
            low=self.most * spread.low,
            high=GREATEST if self.is_cut else self.most * spread.high,
            n=spread.n,
            evidence=min(math.exp(min(self._test.log_wealth, 690.0)), GREATEST),
            at=alarm_at(1.0 - self.confidence),
        )

    def groups(self) -> Sequence[GroupFigure]:
        return ()

    def state(self) -> dict[str, Any]:
        return {"test": self._test.state(), "range": self._range.state()}

    def resume(self, state: Mapping[str, Any]) -> None:
        test = self._test
        self._test = BoundTest.resume(state["test"], test.threshold, test.at_most, test.alpha)
        self._range.resume(state["range"])
