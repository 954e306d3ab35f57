"""Which decision answered a request last: keyed hashes and ids of records, and no word of either.

The answers themselves are attachments of those records, under the key of the person whose they are. They go
when the person is erased, when they are corrected, and when their time is over; what then is left here leads
nowhere.
"""

from collections.abc import Callable, Sequence

from aboveboard.database import Location, SharedDatabase, Tables
from aboveboard.errors import AboveboardError

_FIRST = """
CREATE TABLE answers (
    tag BLOB PRIMARY KEY,              -- keyed hash of who asks, by which charter, which model, what
    number INTEGER NOT NULL UNIQUE,    -- the order in which they came
    decision TEXT NOT NULL,
    expires INTEGER NOT NULL           -- seconds since 1970
);
CREATE INDEX answers_expires ON answers (expires);
"""
ANSWERS = Tables(
    name="answers",
    migrations=(_FIRST,),
    pragmas=("PRAGMA synchronous = NORMAL", "PRAGMA secure_delete = ON"),
)
_RESTORE = "delete it: it holds nothing that cannot be made anew"
_KEEP = (
    "INSERT INTO answers VALUES (?, ?, ?, ?) ON CONFLICT (tag) DO UPDATE SET"
    " number = excluded.number, decision = excluded.decision, expires = excluded.expires"
)


class AnswerIndexError(AboveboardError):
    """The index cannot be opened, read or written."""


class AnswerIndex:
    """One connection, shared between threads. It may be lost: answers are then made anew."""

    def __init__(self, tables: SharedDatabase) -> None:
        self._tables = tables

    @classmethod
    def open(cls, where: Location) -> "AnswerIndex":
        """Opens the index, made on first use; raises AnswerIndexError."""
        return cls(SharedDatabase(where, ANSWERS, AnswerIndexError, _RESTORE))

    def find(self, tag: bytes, now: float) -> str | None:
        """The decision that answered, unless its time is over."""
        rows = self._tables.fetch(
            "SELECT decision FROM answers WHERE tag = ? AND expires > ?", (tag, int(now))
        )
        return str(rows[0][0]) if rows else None

    def keep(self, tag: bytes, decision: str, expires: float, most: int) -> None:
        """Notes who answered, and drops the oldest beyond `most`."""
        with self._tables.transaction(is_durable=False) as tables:
            last = tables.execute("SELECT coalesce(max(number), 0) FROM answers").fetchone()[0]
            tables.execute(_KEEP, (tag, last + 1, decision, int(expires)))
            tables.execute("DELETE FROM answers WHERE number <= ?", (last + 1 - most,))

    def forget(self, decisions: Sequence[str]) -> None:
        """Drops what leads to these records."""
        with self._tables.transaction(is_durable=False) as tables:
            tables.executemany("DELETE FROM answers WHERE decision = ?", [(each,) for each in decisions])

    def sweep(self, now: float, is_gone: Callable[[str], bool]) -> None:
        """Drops what is over, and what leads to a record that is gone."""
        with self._tables.transaction(is_durable=False) as tables:
            tables.execute("DELETE FROM answers WHERE expires <= ?", (int(now),))
            rows = tables.execute("SELECT decision FROM answers").fetchall()
        self.forget([decision for (decision,) in rows if is_gone(decision)])

    def close(self) -> None:
        self._tables.close()

    def __enter__(self) -> "AnswerIndex":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
