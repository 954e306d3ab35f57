"""What keys have spent, by day: for people to look at. Limits do not depend on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from aboveboard.access._limits import METERS, Amounts
from aboveboard.access._store import Store
from aboveboard.database import Database
from aboveboard.values import Clock, format_time

_FIRST_DAY = date(1970, 1, 1)


@dataclass(slots=True)
class Spent:
    """Sums not yet written down."""

    requests: int = 0
    tokens: int = 0
    money: int = 0
    energy: int = 0

    def add(self, more: Amounts) -> None:
        self.requests += more[0]
        self.tokens += more[1]
        self.money += more[2]
        self.energy += more[3]


def add_spending(database: Database, spent: Mapping[tuple[str, int], Spent]) -> None:
    """Adds sums by key and day (in days since 1970), within a transaction."""
    for (key, number), each in spent.items():
        day = (_FIRST_DAY + timedelta(days=number)).isoformat()
        database.execute(_ADD, (key, day, each.requests, each.tokens, each.money, each.energy))


@dataclass(frozen=True, slots=True)
class Usage:
    """What a key has spent of a meter in a period that runs now, in the meter's counted unit."""

    key: str
    meter: str
    period: str
    amount: int


class Spending:
    """Sums for people, a second behind at most while every process lives."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def of(self, keys: Sequence[str]) -> Sequence[Usage]:
        """Today's, this month's and all spending of keys, each meter (UTC)."""
        day = format_time(self._clock.now())[:10]
        since = {"day": day, "month": f"{day[:7]}-01", "total": ""}
        return [
            Usage(key, meter, period, amount)
            for key in keys
            for period, first in since.items()
            for meter, amount in zip(METERS, self._sums(key, first), strict=True)
        ]

    def _sums(self, key: str, first: str) -> Sequence[Any]:
        (row,) = self._store.fetch(_SUMS, [key, first])
        return [int(each) for each in row]


_ADD = (
    "INSERT INTO spending (holder, day, requests, tokens, money, energy) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (holder, day) DO UPDATE SET requests = spending.requests + excluded.requests,"
    " tokens = spending.tokens + excluded.tokens, money = spending.money + excluded.money,"
    " energy = spending.energy + excluded.energy"
)
_SUMS = (
    "SELECT coalesce(sum(requests), 0), coalesce(sum(tokens), 0), coalesce(sum(money), 0),"
    " coalesce(sum(energy), 0) FROM spending WHERE holder = ? AND day >= ?"
)
