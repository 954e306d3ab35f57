"""One limit as one process has it: the slice that was taken of it, spent here without asking anybody."""

from dataclasses import dataclass

from aboveboard.access._limits import FOREVER, METERS, Limit, window_end

REMEMBERED_SECONDS = 0.5
"""So long the database's last word is believed when it said that nothing is left."""


@dataclass(slots=True)
class Lane:
    """A limit of a holder. `left` is ours alone, of the window that began at `start`; it is below 0 when an
    answer cost more than was set aside for it. `elsewhere` is what the database had left when it was last
    asked (`asked`, in ticks). `drawn`: since the last settling with the database; `idle`: how many passed
    without a draw.
    """

    holder: str
    limit: Limit
    meter: int = 0
    start: int = -1
    end: float = -FOREVER
    left: int = 0
    elsewhere: int = 0
    asked: float = -FOREVER
    drawn: int = 0
    idle: int = 0

    def __post_init__(self) -> None:
        self.meter = METERS.index(self.limit.meter)

    @property
    def remaining(self) -> int:
        """About how much of the window is left, as far as this process knows."""
        return max(0, self.left + self.elsewhere)

    def enter(self, start: int) -> None:
        """Begins a window: what was left of another is nobody's any more."""
        if start != self.start:
            self.start, self.end = start, window_end(self.limit.period, start)
            self.left = self.drawn = self.idle = 0

    def is_known_to_lack(self, need: int, ticks: float) -> bool:
        """Whether the database said just now that so much is not there."""
        return ticks - self.asked < REMEMBERED_SECONDS and need > self.remaining


@dataclass(frozen=True, slots=True)
class Refusal:
    """Which limit is in the way, what is left of it, and in how many seconds it begins anew."""

    holder: str
    limit: Limit
    remaining: int
    seconds: float

    @property
    def is_endless(self) -> bool:
        """Whether waiting does not help: the limit has no period."""
        return self.limit.period == "total"
