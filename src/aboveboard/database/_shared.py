"""One connection of one store, shared between the threads of a process."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from aboveboard.database._database import Database
from aboveboard.database._location import Location, make_private
from aboveboard.database._opening import open_for_writing
from aboveboard.database._tables import Tables
from aboveboard.database._words import plain_words
from aboveboard.errors import AboveboardError


class SharedDatabase:
    """Reads, writes and transactions, one at a time; the engine's complaints become the store's own error."""

    def __init__(
        self, where: Location, tables: Tables, complaint: Callable[..., AboveboardError], restore: str
    ) -> None:
        """Opens the tables, made on first use, a file with mode 0600. `restore` is the cure of damage."""
        self._words = partial(plain_words, where, complaint, restore)
        self._lock = threading.RLock()
        with self._words():
            make_private(where)
            self._connection: Database = open_for_writing(where, tables)

    def fetch(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """The rows of a query."""
        with self.held() as connection:
            return connection.execute(query, values).fetchall()

    def execute(self, statement: str, values: Sequence[object] = ()) -> int:
        """How many rows a statement has changed; it is durable."""
        with self.held() as connection:
            return connection.execute(statement, values).rowcount

    @contextmanager
    def held(self) -> Iterator[Database]:
        """The connection, for this thread alone."""
        with self._lock, self._words():
            yield self._connection

    @contextmanager
    def transaction(self, *, is_durable: bool = True) -> Iterator[Database]:
        """All of what is written within, or nothing."""
        with self.held() as connection:
            connection.begin(is_durable=is_durable)
            try:
                yield connection
                connection.commit()
            except BaseException:
                connection.rollback()
                raise

    def scrub(self, *tables: str) -> None:
        """Makes what was deleted unreadable in the files too."""
        with self.held() as connection:
            connection.scrub(*tables)

    def close(self) -> None:
        with self._lock:
            self._connection.close()
