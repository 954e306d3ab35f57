"""SQLite: a file, in write-ahead mode, which any number of processes may open."""

import sqlite3
import time
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

from aboveboard.database._address import address_for_reading
from aboveboard.database._errors import ForeignError
from aboveboard.database._tables import Tables, statements, with_rows

_PATIENCE_SECONDS = 10.0
_PAUSE_SECONDS = 0.02
_STATEMENTS = 128
_AT_ONCE = (64, 16, 4, 1)  # rows to a statement: few statements to prepare, of 32,766 values at most


class SqliteDatabase(sqlite3.Connection):
    """A connection in autocommit mode. Its statements run in C: nothing of ours is in between, but that rows
    are inserted many to a statement: at each one Python's lock is let go, and has to be waited for again.
    """

    tables: Tables
    file: Path
    may_hold_old_pages = True
    _is_durable = True

    def begin(self, *, is_durable: bool = True) -> None:
        if is_durable is not self._is_durable:  # cannot be changed inside a transaction
            self.execute(f"PRAGMA synchronous = {'FULL' if is_durable else 'NORMAL'}")
            self._is_durable = is_durable
        self.execute("BEGIN IMMEDIATE")

    def begin_reading(self) -> None:
        self.execute("BEGIN")

    def commit(self) -> None:
        self.execute("COMMIT")  # unlike the method it overrides, prepared once

    def executemany(self, statement: str, rows: Iterable[Any], /) -> sqlite3.Cursor:
        given = list(rows)
        if len(given) < _AT_ONCE[-2] or with_rows(statement, 1) is None:
            return super().executemany(statement, given)
        done, cursor = 0, self.cursor()
        while done < len(given):
            count = next(each for each in _AT_ONCE if each <= len(given) - done)
            values = list(chain.from_iterable(given[done : done + count]))
            cursor.execute(with_rows(statement, count) or statement, values)
            done += count
        return cursor

    def change(self) -> int:
        """See sqlite.org/pragma.html#pragma_data_version."""
        return self._number("PRAGMA data_version")

    def version(self) -> int:
        is_other = self.tables.mark and self._number("PRAGMA application_id") != self.tables.mark
        if is_other and self._number("SELECT count(*) FROM sqlite_schema"):
            raise ForeignError(
                f"this database is not a {self.tables.name}",
                where=str(self.file),
                cure=f"give the path of a {self.tables.name}, or of a new file",
            )
        return self._number("PRAGMA user_version")

    def migrate(self) -> None:
        for script in self.tables.migrations[self.version() :]:
            for statement in statements(script):
                self.execute(statement)
        if self.tables.mark:
            self.execute(f"PRAGMA application_id = {self.tables.mark}")
        self.execute(f"PRAGMA user_version = {self.tables.version}")

    def is_sound(self) -> bool:
        return bool(self.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")

    def scrub(self, *_: str) -> tuple[str, ...]:
        """Empties the write-ahead log; `secure_delete` zeroes deleted bytes in the file itself."""
        is_busy = self._number("PRAGMA wal_checkpoint(TRUNCATE)")
        return (f"{self.file.name}-wal: {_HELD}",) if is_busy else ()

    def _number(self, query: str) -> int:
        number: int = self.execute(query).fetchone()[0]
        return number


def open_to_write(path: Path, tables: Tables) -> SqliteDatabase:
    """A connection that writes, its tables not yet looked at; may raise sqlite3.Error."""
    connection = _connected(path, tables, str(path), is_uri=False)
    try:
        for pragma in tables.pragmas:
            connection.execute(pragma)
        enter_wal(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def open_to_read(path: Path, tables: Tables) -> SqliteDatabase:
    """A connection that only reads; may raise sqlite3.Error."""
    return _connected(path, tables, address_for_reading(path), is_uri=True)


def _connected(path: Path, tables: Tables, address: str, *, is_uri: bool) -> SqliteDatabase:
    given: dict[str, Any] = {"factory": SqliteDatabase, "timeout": tables.patience}
    connection: SqliteDatabase = sqlite3.connect(
        address,
        uri=is_uri,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=_STATEMENTS,
        **given,
    )
    connection.tables, connection.file = tables, path
    return connection


def enter_wal(connection: sqlite3.Connection) -> None:
    """Puts a database into write-ahead mode, waiting while another process does the same.

    SQLite answers SQLITE_BUSY to this pragma at once, without waiting for `busy_timeout`
    (sqlite.org/wal.html). Raises sqlite3.Error when it cannot be had within ten seconds.
    """
    end = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(_PAUSE_SECONDS)


_HELD = "a reader held it, so old pages may remain until `aboveboard` next opens this state"
