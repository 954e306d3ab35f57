"""Taking from what all processes share. Every statement runs in a transaction of the caller's."""

from dataclasses import dataclass

from aboveboard.access._lanes import Lane
from aboveboard.access._limits import window
from aboveboard.database import Database

PART = 64
"""The part of a limit that is taken ahead at most: so much a process that is killed may take with it."""

_SHARE = 4


@dataclass(frozen=True, slots=True)
class Slice:
    """What was granted of the window that began at `start`, and what is left of it for the others."""

    start: int
    granted: int
    elsewhere: int


def take(database: Database, lane: Lane, need: int, now: float) -> Slice:
    """Takes what a lane lacks of `need`, and some ahead; nothing when it is not all there.

    What is taken counts as spent until it is given back, so a process that is killed takes its slice with
    it. A window that anybody has begun is never left for an earlier one, whatever a clock says.
    """
    start, taken = _present(database, lane, now)
    amount = _amount(database, lane)
    left = max(0, amount - taken)
    want = need - lane.left if start == lane.start else need
    if want > left:
        return Slice(start, 0, left)
    granted = max(want, min(amount // PART, left // _SHARE))
    _add(database, lane, start, granted)
    return Slice(start, granted, left - granted)


def give_back(database: Database, lane: Lane, start: int, amount: int) -> None:
    """Returns what was taken and not spent; a negative amount is what was spent beyond."""
    _add(database, lane, start, -amount)


def _present(database: Database, lane: Lane, now: float) -> tuple[int, int]:
    """The start of the present window and what is taken of it; begun when nobody has."""
    start = window(lane.limit.period, now)
    row = database.execute(_NEWEST, (lane.holder, lane.limit.meter, lane.limit.period)).fetchone()
    if row and row[0] >= start:
        return row[0], row[1]
    database.execute(_CLEAR, (lane.holder, lane.limit.meter, lane.limit.period))
    database.execute(_BEGIN, (lane.holder, lane.limit.meter, lane.limit.period, start))
    return start, 0


def _amount(database: Database, lane: Lane) -> int:
    """The limit as it is now; as it was known here when it has been lifted, until that is known too."""
    row = database.execute(_AMOUNT, (lane.holder, lane.limit.meter, lane.limit.period)).fetchone()
    return row[0] if row else lane.limit.amount


def _add(database: Database, lane: Lane, start: int, amount: int) -> None:
    values = (amount, lane.holder, lane.limit.meter, lane.limit.period, start)
    database.execute(_ADD, values)


_OF = "WHERE holder = ? AND meter = ? AND period = ?"
_NEWEST = f"SELECT start, taken FROM windows {_OF} ORDER BY start DESC LIMIT 1"  # noqa: S608  # constants
_CLEAR = f"DELETE FROM windows {_OF}"  # noqa: S608  # constants
_BEGIN = "INSERT INTO windows (holder, meter, period, start, taken) VALUES (?, ?, ?, ?, 0)"
_ADD = f"UPDATE windows SET taken = taken + ? {_OF} AND start = ?"  # noqa: S608  # constants
_AMOUNT = f"SELECT amount FROM limits {_OF}"  # noqa: S608  # constants
