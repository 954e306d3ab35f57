"""The rows of the ladder, read and written within transactions that all gateways take in turn."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from aboveboard.database import Database, Location, SharedDatabase
from aboveboard.misuse._alarm import Evidence
from aboveboard.misuse._errors import MisuseStoreError
from aboveboard.misuse._rungs import Rung, Standing
from aboveboard.misuse._tables import ALL, MISUSE, RESTORE
from aboveboard.misuse._volume import Volume

_MILLIONTHS = 1_000_000
_AT_ONCE = 500


class Store:
    """One connection, shared between threads."""

    def __init__(self, where: Location) -> None:
        self._tables = SharedDatabase(where, MISUSE, MisuseStoreError, RESTORE)

    @contextmanager
    def transaction(self) -> Iterator["Rows"]:
        """All of what is written within, or nothing; raises MisuseStoreError."""
        with self._tables.transaction() as connection:
            yield Rows(connection)

    def standings(self) -> Sequence[Standing]:
        """Everybody on the ladder, the highest first."""
        with self._tables.held() as connection:
            return Rows(connection).standings()

    def generation(self) -> int:
        """A number that grows with each change of the ladder."""
        ((generation,),) = self._tables.fetch("SELECT generation FROM meta")
        return int(generation)

    def scrub(self) -> None:
        """Makes what was deleted unreadable in the files too."""
        self._tables.scrub(*ALL)

    def close(self) -> None:
        self._tables.close()


class Rows:
    """The rows, within a transaction."""

    def __init__(self, connection: Database) -> None:
        self._database = connection
        self._execute = connection.execute

    def standings(self) -> Sequence[Standing]:
        return [_standing(row) for row in self._execute(f"{_LADDER} ORDER BY rung DESC, holder").fetchall()]

    def standing(self, holder: str) -> Standing | None:
        """Where a holder stands; None for who is not on the ladder."""
        row = self._execute(f"{_LADDER} WHERE holder = ?", (holder,)).fetchone()
        return _standing(row) if row else None

    def place(self, standing: Standing) -> None:
        """Puts a holder on a rung; off the ladder on the lowest."""
        self._execute("UPDATE meta SET generation = generation + 1")
        self._execute("DELETE FROM ladder WHERE holder = ?", (standing.holder,))
        if standing.rung is not Rung.OFF:
            values = (standing.holder, int(standing.rung), standing.signal, standing.since, standing.until)
            self._execute(
                "INSERT INTO ladder (holder, rung, signal, since, until, step, appeal)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*values, standing.step, standing.appeal),
            )

    def against(self, holders: Sequence[str]) -> dict[tuple[str, str], Evidence]:
        """What speaks against these holders, by holder and signal; only what there is."""
        query = "SELECT holder, signal, weight, observations, hits FROM against WHERE holder IN ({})"
        return {
            (row[0], row[1]): Evidence(row[2] / _MILLIONTHS, row[3], row[4])
            for row in self._of(query, holders)
        }

    def volumes(self, holders: Sequence[str]) -> dict[str, Volume]:
        """The minutes of these holders; only what there is."""
        query = "SELECT holder, minute, requests, is_hit, peak, history FROM volume WHERE holder IN ({})"
        return {
            row[0]: Volume(row[1], row[2], bool(row[3]), row[4], tuple(map(int, row[5].split())))
            for row in self._of(query, holders)
        }

    def hold_against(self, found: Mapping[tuple[str, str], Evidence | None], now: int) -> None:
        """Writes down what speaks against holders; None: nothing does any more."""
        gone = [each for each, evidence in found.items() if evidence is None]
        self._database.executemany("DELETE FROM against WHERE holder = ? AND signal = ?", gone)
        rows = [
            (*each, int(evidence.weight * _MILLIONTHS), evidence.observations, evidence.hits, now)
            for each, evidence in found.items()
            if evidence is not None
        ]
        self._database.executemany(_HOLD_AGAINST, rows)

    def keep_volumes(self, volumes: Mapping[str, Volume]) -> None:
        """Writes down the minutes of holders."""
        rows = [
            (
                holder,
                each.minute,
                each.requests,
                int(each.is_hit),
                each.peak,
                " ".join(map(str, each.history)),
            )
            for holder, each in volumes.items()
        ]
        self._database.executemany(_KEEP_VOLUME, rows)

    def forget(self, holder: str) -> int:
        """Deletes all there is about a holder; returns how many rows it was."""
        self._execute("UPDATE meta SET generation = generation + 1")
        return sum(self._execute(each, (holder,)).rowcount for each in _FORGET)

    def tidy(self, before: int) -> None:
        """Deletes what was observed of those who have not been here since a moment (seconds since 1970)."""
        self._execute("DELETE FROM against WHERE seen < ?", (before,))
        self._execute("DELETE FROM volume WHERE minute < ?", (before // 60,))

    def holders(self) -> Iterable[str]:
        """Everybody of whom anything is known."""
        found: set[str] = set()
        for query in _HOLDERS:
            found.update(row[0] for row in self._execute(query).fetchall())
        return sorted(found)

    def _of(self, query: str, holders: Sequence[str]) -> Iterator[Any]:
        for at in range(0, len(holders), _AT_ONCE):
            some = holders[at : at + _AT_ONCE]
            yield from self._execute(query.format(", ".join("?" * len(some))), some).fetchall()


def _standing(row: Sequence[Any]) -> Standing:
    holder, rung, *rest = row
    return Standing(holder, Rung(rung), *rest)


_LADDER = "SELECT holder, rung, signal, since, until, step, appeal FROM ladder"
_FORGET = tuple(f"DELETE FROM {table} WHERE holder = ?" for table in ALL)  # noqa: S608  # constants
_HOLDERS = tuple(f"SELECT holder FROM {table}" for table in ALL)  # noqa: S608  # constants
_HOLD_AGAINST = (
    "INSERT INTO against (holder, signal, weight, observations, hits, seen) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (holder, signal) DO UPDATE SET weight = excluded.weight,"
    " observations = excluded.observations, hits = excluded.hits, seen = excluded.seen"
)
_KEEP_VOLUME = (
    "INSERT INTO volume (holder, minute, requests, is_hit, peak, history) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (holder) DO UPDATE SET minute = excluded.minute, requests = excluded.requests,"
    " is_hit = excluded.is_hit, peak = excluded.peak, history = excluded.history"
)
