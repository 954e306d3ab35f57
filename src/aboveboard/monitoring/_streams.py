"""What every watch gathers evidence with."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from aboveboard.evidence.records import Record
from aboveboard.monitoring._figure import Figure, GroupFigure
from aboveboard.monitoring._seen import Seen


class Stream(Protocol):
    """Takes what is seen, one after another, and says whether the alarm rings. `take` must depend on what was
    taken before and on nothing else, so that the same records always come to the same state.
    """

    def take(self, record: Record, seen: Seen | None) -> bool: ...

    @property
    def n(self) -> int:
        """How many observations there were: `figure().n`, for less."""
        ...

    def figure(self) -> Figure: ...

    def groups(self) -> Sequence[GroupFigure]: ...

    def state(self) -> dict[str, Any]:
        """All that it knows, as JSON values."""
        ...

    def resume(self, state: Mapping[str, Any]) -> None:
        """Goes on from a state, to the last bit."""
        ...


def alarm_at(alpha: float) -> float:
    """The wealth at which the alarm rings: 20 for 5 %, without what 1 − 0.95 leaves over."""
    return round(1.0 / alpha, 9)


GREATEST = 1e300
"""Wealth is written down no greater than this: JSON has no infinity."""
