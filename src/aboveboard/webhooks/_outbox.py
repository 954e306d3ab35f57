"""What has to be told, in a database, so that a crash or a dead receiver loses nothing."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType

from aboveboard.database import Location, SharedDatabase, Tables
from aboveboard.webhooks._errors import OutboxError
from aboveboard.webhooks._event import Event

_FIRST = """
CREATE TABLE deliveries (
    id TEXT NOT NULL, hook TEXT NOT NULL,   -- the receiver's digest: its address may hold a secret
    body BLOB NOT NULL, state TEXT NOT NULL, created INTEGER NOT NULL, due INTEGER NOT NULL,
    attempts INTEGER NOT NULL, PRIMARY KEY (id, hook)
) WITHOUT ROWID;
CREATE INDEX deliveries_due ON deliveries (hook, state, due);
"""
TABLES = Tables(name="webhooks", migrations=(_FIRST,), pragmas=("PRAGMA synchronous = FULL",))
_RESTORE = "move it away; what waits to be told is then told anew as far as the cases know of it"
WAITING, SENT, GIVEN_UP = "waiting", "sent", "given-up"
_COLUMNS = "id, hook, body, created, due, attempts"
_INSERT = (
    "INSERT INTO deliveries (id, hook, body, state, created, due, attempts) VALUES (?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (id, hook) DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one receiver. Times are in milliseconds since 1970."""

    id: str
    hook: str
    body: bytes
    created: int
    due: int
    attempts: int


class Outbox:
    """The deliveries of one state directory. Safe to share between threads; several gateways may."""

    def __init__(self, tables: SharedDatabase) -> None:
        self._tables = tables

    @classmethod
    def open(cls, where: Location) -> "Outbox":
        """Opens the outbox (`<state>/webhooks.db`, or a schema of PostgreSQL), made on first use; raises
        OutboxError.
        """
        return cls(SharedDatabase(where, TABLES, OutboxError, _RESTORE))

    def put(self, event: Event, urls: Sequence[str], now: int) -> int:
        """Has an event told to these receivers, once however often it is put; returns how many are new."""
        rows = [(event.id, hook_id(url), event.body, WAITING, now, now, 0) for url in urls]
        return sum(self._tables.execute(_INSERT, row) for row in rows)

    def due(self, url: str, now: int, most: int = 20) -> list[Delivery]:
        """What waits for a receiver and may be tried now, the longest waiting first."""
        where = "hook = ? AND state = ? AND due <= ?"
        query = f"SELECT {_COLUMNS} FROM deliveries WHERE {where} ORDER BY due, id LIMIT ?"  # noqa: S608  # constants
        return [Delivery(*row) for row in self._tables.fetch(query, (hook_id(url), WAITING, now, most))]

    def abandon(self, urls: Sequence[str], before: int) -> int:
        """Gives up what has waited since before a moment for any receiver but these; returns how much.

        Another gateway on the same database may have a charter that names them, and tells them within that
        time; so what is older waits for one whom nobody names any more.
        """
        known = [hook_id(url) for url in urls]
        marks = f" AND hook NOT IN ({', '.join('?' * len(known))})" if known else ""
        statement = f"UPDATE deliveries SET state = ? WHERE state = ? AND created < ?{marks}"  # noqa: S608  # marks alone
        return self._tables.execute(statement, (GIVEN_UP, WAITING, before, *known))

    def take(self, delivery: Delivery, until: int) -> bool:
        """Takes a delivery for this process until a moment; false when another has taken it."""
        return bool(
            self._tables.execute(
                "UPDATE deliveries SET due = ?, attempts = attempts + 1"
                " WHERE id = ? AND hook = ? AND state = ? AND due = ?",
                (until, delivery.id, delivery.hook, WAITING, delivery.due),
            )
        )

    def settle(self, delivery: Delivery, state: str) -> None:
        """Writes down that it was sent, or given up."""
        self._tables.execute(
            "UPDATE deliveries SET state = ? WHERE id = ? AND hook = ?", (state, delivery.id, delivery.hook)
        )

    def put_off(self, delivery: Delivery, until: int) -> None:
        """Has it tried again at a moment."""
        self._tables.execute(
            "UPDATE deliveries SET due = ? WHERE id = ? AND hook = ?", (until, delivery.id, delivery.hook)
        )

    def counts(self) -> dict[str, int]:
        """How many there are, by state."""
        return dict(self._tables.fetch("SELECT state, count(*) FROM deliveries GROUP BY state", ()))

    def waiting(self, urls: Sequence[str]) -> tuple[int, int | None]:
        """How many wait for these receivers, and since when the oldest does (milliseconds since 1970)."""
        known = [hook_id(url) for url in urls]
        where = f"state = ? AND hook IN ({', '.join('?' * len(known)) or 'NULL'})"
        query = f"SELECT count(*), min(created) FROM deliveries WHERE {where}"  # noqa: S608  # marks alone
        ((count, oldest),) = self._tables.fetch(query, (WAITING, *known))
        return int(count), oldest

    def purge(self, before: int) -> int:
        """Deletes what was settled and is older than a moment; returns how many."""
        statement = "DELETE FROM deliveries WHERE state <> ? AND created < ?"
        return self._tables.execute(statement, (WAITING, before))

    def close(self) -> None:
        self._tables.close()

    def __enter__(self) -> "Outbox":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def hook_id(url: str) -> str:
    """What stands for a receiver where its address must not."""
    return hashlib.sha256(url.encode()).hexdigest()
