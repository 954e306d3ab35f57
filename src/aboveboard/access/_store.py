"""One connection to the tables of access, shared between threads."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from aboveboard.access._acts import Act
from aboveboard.access._errors import AlreadyThereError, OvertakenError
from aboveboard.access._tables import open_tables, plain_words
from aboveboard.database import DUPLICATES, Database, Location


class Store:
    """Reads, writes and transactions, one at a time; what the database complains of is AccessStoreError."""

    def __init__(self, where: Location, connection: Database) -> None:
        self._where = where
        self._connection = connection
        self._lock = threading.RLock()

    @classmethod
    def open(cls, where: Location) -> "Store":
        """Opens the tables, made on first use."""
        return cls(where, open_tables(where))

    def fetch(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """The rows of a query."""
        with self._lock, plain_words(self._where):
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[Database]:
        """All of what is written within, or nothing."""
        with self._lock, plain_words(self._where):
            self._connection.begin()
            try:
                yield self._connection
                self._connection.commit()
            except BaseException:
                self._connection.rollback()
                raise

    def keep(self, act: Act) -> None:
        """Does what an act says, once its record is in the evidence; tells every gateway that something is
        new. Raises AlreadyThereError, OvertakenError.
        """
        with self.transaction() as database:
            database.execute("UPDATE meta SET generation = generation + 1")
            try:
                _write(database, act)
            except DUPLICATES as error:
                raise AlreadyThereError(
                    f"{act.change.subject.partition(':')[0]}: there is one of this name already",
                    cure="choose another name",
                ) from error

    def close(self) -> None:
        with self._lock:
            self._connection.close()


def _write(database: Database, act: Act) -> None:
    first, *others = act.writes
    if not database.execute(*first).rowcount:
        raise OvertakenError(f"{act.change.subject} has changed meanwhile", cure="look at it again")
    for write in others:
        database.execute(*write)
