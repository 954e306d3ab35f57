"""What can go wrong with a database, whichever engine it is.

DatabaseError
├── EngineError          the engine refused or failed; `trouble` says in what way
│   └── DuplicateError   a row with this key is there already
├── DriverError          the Python package that speaks to PostgreSQL is not installed
├── AddressError         not an address of a PostgreSQL database
├── FormatError          tables of a version that this program cannot use
├── ForeignError         a database of another kind
└── MissingError         nothing here yet

SQLite's own errors are left as they are (`ENGINE_ERRORS` and `DUPLICATES` name both engines'), since most
statements are executed by its connection itself.
"""

import sqlite3

from aboveboard.database._trouble import Trouble
from aboveboard.errors import AboveboardError


class DatabaseError(AboveboardError):
    """Any failure of this package."""


class EngineError(DatabaseError):
    """PostgreSQL refused or failed. `sqlstate` is its code of five characters, empty when it has none."""

    def __init__(self, what: str, *, trouble: Trouble = Trouble.OTHER, sqlstate: str = "") -> None:
        super().__init__(what)
        self.trouble = trouble
        self.sqlstate = sqlstate


class DuplicateError(EngineError):
    """A row with this key is there already."""


class DriverError(DatabaseError):
    """The Python package that speaks to PostgreSQL is not installed."""


class AddressError(DatabaseError):
    """Not an address of a PostgreSQL database. Never quotes it: it may hold a password."""


class FormatError(DatabaseError):
    """Tables of a version that this program cannot use."""


class ForeignError(DatabaseError):
    """A database of another kind."""


class MissingError(DatabaseError):
    """Nothing here yet."""


ENGINE_ERRORS = (sqlite3.Error, EngineError)
"""What either engine raises for a statement it cannot carry out."""

DUPLICATES = (sqlite3.IntegrityError, DuplicateError)
"""What either engine raises when a row with this key is there already."""
