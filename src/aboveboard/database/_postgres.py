"""PostgreSQL: a schema of one database, which any number of processes on any number of machines may open."""

import hashlib
import re
import secrets
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from aboveboard.database._connecting import connect, postgres_words
from aboveboard.database._database import Cursor
from aboveboard.database._errors import EngineError
from aboveboard.database._location import Schema
from aboveboard.database._tables import Tables, for_postgres, in_bulk, statements
from aboveboard.database._trouble import Trouble

if TYPE_CHECKING:
    import psycopg

REWRITTEN_BYTES = 256 << 20
"""A table up to this size is written anew when rows of it were destroyed: others wait for a second."""


class PostgresDatabase:
    """A connection, made again when it was lost between two transactions.

    Who writes holds an advisory lock of the schema until the transaction ends, however it ends: the others
    wait in turn (PostgreSQL's manual, 13.3.5). The lock is the server's, so none is left by a process that
    was killed.
    """

    may_hold_old_pages = False

    def __init__(self, schema: Schema, tables: Tables, *, only_reads: bool) -> None:
        self._schema = schema
        self._tables = tables
        self._only_reads = only_reads
        self._connection: psycopg.Connection[Any] | None = None
        self._within = False
        self._name = secrets.randbits(62) + 1
        self._changes = 0
        self._lock = _lock_of(schema.name)

    def open(self) -> "PostgresDatabase":
        """Connects; raises DriverError or EngineError."""
        self._live()
        return self

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Cursor:
        query = for_postgres(statement).encode()
        if not self._within and query.lstrip().startswith(b"SELECT"):
            return self._twice(query, values)
        with postgres_words(self._schema):
            return self._live().execute(query, values)

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> None:
        query, columns = in_bulk(statement), list(zip(*rows, strict=True))
        with postgres_words(self._schema):
            if not query:
                self._live().cursor().executemany(
                    for_postgres(statement).encode(), zip(*columns, strict=True)
                )
            elif columns:
                types = [_ARRAYS[type(column[0])] for column in columns]
                marks = ", ".join(f"${number}::{name}" for number, name in enumerate(types, 1))
                self._live().execute(query.format(marks).encode(), [list(column) for column in columns])

    @property
    def in_transaction(self) -> bool:
        return self._within

    def begin(self, *, is_durable: bool = True) -> None:
        """Raises EngineError (Trouble.LOCKED) when another does not let go within the tables' patience.

        Every commit is durable: a server may go down while this process lives on, sure of what it knows.
        """
        self._begin(f"BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock({self._lock})")

    def begin_reading(self) -> None:
        self._begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def commit(self) -> None:
        try:
            with postgres_words(self._schema):
                ended = self._live().execute(b"COMMIT").statusmessage
        finally:
            self._within = False
        if ended != "COMMIT":  # PostgreSQL's answer to the commit of a transaction that failed is ROLLBACK
            raise EngineError("the transaction had failed, and nothing of it was kept")

    def rollback(self) -> None:
        within, self._within = self._within, False
        if within and self._connection is not None and not self._connection.closed:
            self.execute("ROLLBACK")

    def change(self) -> int:
        """The last connection to write leaves its name, so that only a change of writers costs a write."""
        last = self.execute("SELECT writer FROM format").fetchone()[0]
        if last != self._name:
            self._changes += 1
            self.execute("UPDATE format SET writer = ?", (self._name,))
        return self._changes

    def version(self) -> int:
        # `to_regclass` may answer from a cache that knows nothing yet of what another process has just made.
        found = self.execute(_HAS_FORMAT, (self._schema.name,)).fetchone()[0]
        return int(self.execute("SELECT version FROM format").fetchone()[0]) if found else 0

    def migrate(self) -> None:
        version = self.version()
        if not version:
            self._make_schema()
        for script in self._tables.migrations[version:]:
            for statement in statements(script):
                self.execute(statement)
        self._keep_no_samples()
        self.execute("UPDATE format SET version = ?", (self._tables.version,))

    def is_sound(self) -> bool:
        """PostgreSQL checks each page's sum as it reads it."""
        return True

    def scrub(self, *tables: str) -> tuple[str, ...]:
        """Writes tables of a moderate size anew, without their dead rows; larger ones are only vacuumed.

        An ordinary VACUUM frees the room of dead rows and leaves their bytes until something takes it
        (PostgreSQL's manual, 25.1.2).
        """
        left = [message for table in tables if (message := self._rewritten(table))]
        return (*left, _ELSEWHERE)

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _make_schema(self) -> None:
        if not self.execute(_HAS_SCHEMA, (self._schema.name,)).fetchone()[0]:
            self.execute(f"CREATE SCHEMA {self._schema.name}")
        self.execute(
            "CREATE TABLE format (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL,"
            " writer INTEGER NOT NULL)"
        )
        self.execute("INSERT INTO format VALUES (1, 0, 0)")
        for statement in statements(self._tables.beside):
            self.execute(statement)

    def _keep_no_samples(self) -> None:
        """Keeps all but numbers out of the planner's statistics: ANALYZE copies values of a column into
        `pg_statistic`, where those of a forgotten person would outlive the rows.
        """
        for table, column in self.execute(_SAMPLED, (self._schema.name,)).fetchall():
            self.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")

    def _begin(self, statement: str) -> None:
        self._twice(statement.encode(), None)
        self._within = True

    def _twice(self, query: bytes, values: Sequence[Any] | None) -> Cursor:
        """Executes what may be repeated: a connection that was lost while idle shows only on its next use."""
        try:
            return self._alone(query, values)
        except EngineError as error:
            if error.trouble is not Trouble.UNREACHABLE:
                raise
            return self._alone(query, values)

    def _alone(self, query: bytes, values: Sequence[Any] | None) -> Cursor:
        connection = self._live()
        try:
            with postgres_words(self._schema):
                return connection.execute(query, values, prepare=None if values is not None else False)
        except EngineError:
            if values is None and not connection.closed:
                connection.execute(b"ROLLBACK")  # `BEGIN` may have worked before the lock did not
            raise

    def _live(self) -> "psycopg.Connection[Any]":
        connection = self._connection
        if connection is None or connection.closed:
            if self._within:
                raise EngineError("the connection was lost", trouble=Trouble.UNREACHABLE)
            connection = self._connection = connect(self._schema, self._tables, only_reads=self._only_reads)
        return connection

    def _rewritten(self, table: str) -> str:
        """ "" when nothing of dead rows is left in the table's file, else what is, and what to do."""
        size = self.execute("SELECT pg_total_relation_size(?)", (table,)).fetchone()[0]
        full = f"VACUUM FULL {self._schema.name}.{table}"
        if size > REWRITTEN_BYTES:
            self.execute(f"VACUUM {table}")
            return (
                f"{full}: too large to be written anew at once, so freed pages may hold old bytes until then"
            )
        try:
            kept = self._vacuum(f"VACUUM (FULL, VERBOSE) {table}")
        except EngineError as error:
            return f"{full}: could not be done now ({error.what})"
        return f"{full}: {kept}" if kept else ""

    def _vacuum(self, statement: str) -> str:
        """Vacuums; returns why dead rows were kept, or "" when none was."""
        why: list[str] = []

        def listen(notice: "psycopg.errors.Diagnostic") -> None:
            if notice.severity_nonlocalized == "WARNING":
                why.append(notice.message_primary or "refused")
            elif _kept_rows(notice.message_detail or ""):
                why.append("another session still sees old rows")

        connection = self._live()
        connection.add_notice_handler(listen)
        try:
            self.execute(statement)
        finally:
            connection.remove_notice_handler(listen)
        return "; ".join(why)


def _kept_rows(detail: str) -> int:
    """The number in `N dead row versions cannot be removed yet`, whatever the server's language."""
    number = re.search(r"\d+", detail)
    return int(number[0]) if number else 0


def _lock_of(name: str) -> int:
    """The number of a schema's lock, of 64 bits with a sign."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)


_ARRAYS = {bytes: "bytea[]", int: "bigint[]", str: "text[]"}
_HAS_SCHEMA = "SELECT count(*) FROM pg_namespace WHERE nspname = ?"
_HAS_FORMAT = (
    "SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
    " WHERE nspname = ? AND relname = 'format'"
)
_SAMPLED = (
    "SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
    " JOIN pg_namespace ON pg_namespace.oid = relnamespace"
    " WHERE nspname = ? AND relkind = 'r' AND attnum > 0 AND NOT attisdropped"
    " AND atttypid IN ('bytea'::regtype, 'text'::regtype)"
)
_ELSEWHERE = (
    "PostgreSQL: its write-ahead log, archives of it, replicas and backups hold earlier rows until they are"
    " recycled or deleted; let them expire, and keep keys/vault.key out of them"
)
