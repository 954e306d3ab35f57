"""What a store's tables are, described once for both engines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of one kind of store, and how older ones become current.

    `migrations` holds one script a version, in the SQL that SQLite reads. `mark` goes into a SQLite file's
    header (`application_id`), so that another program's database is told from ours; 0: it is not looked at.
    `beside` makes the tables of PostgreSQL for what lies in files beside a SQLite database. `pragmas` set up
    a SQLite connection that writes. `patience` is in seconds: how long a lock is waited for.
    """

    name: str
    migrations: tuple[str, ...]
    mark: int = 0
    beside: str = ""
    pragmas: tuple[str, ...] = ()
    patience: float = 5.0

    @property
    def version(self) -> int:
        """The version that this program reads and writes."""
        return len(self.migrations)


def statements(script: str) -> Iterator[str]:
    """The statements of a script, without its comments."""
    bare = re.sub(r"--[^\n]*", "", script)
    return (statement for statement in bare.split(";") if statement.strip())


@lru_cache(maxsize=512)
def for_postgres(statement: str) -> str:
    """A statement as PostgreSQL reads it: numbered marks for values, its own names for types.

    Text compares byte by byte as in SQLite, whatever the database's locale. Statements of this project hold
    no literal with a question mark in it.
    """
    first, *others = statement.split("?")
    marked = first + "".join(f"${number}{part}" for number, part in enumerate(others, 1))
    return _WORDS.sub(lambda word: _NAMES[word[0]], marked)


@lru_cache(maxsize=64)
def in_bulk(statement: str) -> str | None:
    """A statement that inserts rows, as one that takes a column each as an array, `{}` in their place; None
    for any other. One statement for thousands of rows costs the server far less than thousands of them.
    """
    found = _INSERT.fullmatch(statement)
    return "".join((found[1], " SELECT * FROM unnest({})", found[2])) if found else None


@lru_cache(maxsize=256)
def with_rows(statement: str, count: int) -> str | None:
    """A statement that inserts a row, as one that inserts so many of them; None for any other."""
    found = _VALUES.fullmatch(statement)
    return "".join((found[1], ", ".join([found[2]] * count), found[3])) if found else None


_VALUES = re.compile(r"(INSERT INTO [^?{}]*? VALUES )(\([?, ]+\))([^?{}]*)")
_INSERT = re.compile(r"(INSERT INTO [^?{}]*?) VALUES \([?, ]+\)([^?{}]*)")
_NAMES = {"BLOB": "BYTEA", "INTEGER": "BIGINT", "TEXT": 'TEXT COLLATE "C"', " WITHOUT ROWID": ""}
_WORDS = re.compile(r"\b(?:BLOB|INTEGER|TEXT)\b| WITHOUT ROWID\b")
