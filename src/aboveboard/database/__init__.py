"""One small interface to SQLite and PostgreSQL: the stores' SQL is written once."""

from aboveboard.database._address import address_for_reading
from aboveboard.database._database import Database
from aboveboard.database._description import describe
from aboveboard.database._errors import (
    DUPLICATES,
    ENGINE_ERRORS,
    AddressError,
    DatabaseError,
    DriverError,
    DuplicateError,
    EngineError,
    ForeignError,
    FormatError,
    MissingError,
)
from aboveboard.database._location import Location, Schema, locate, make_private, shown
from aboveboard.database._opening import is_there, open_for_reading, open_for_writing
from aboveboard.database._shared import SharedDatabase
from aboveboard.database._sqlite import enter_wal
from aboveboard.database._tables import Tables
from aboveboard.database._trouble import Trouble
from aboveboard.database._words import explained, plain_words, trouble_of

__all__ = [
    "DUPLICATES",
    "ENGINE_ERRORS",
    "AddressError",
    "Database",
    "DatabaseError",
    "DriverError",
    "DuplicateError",
    "EngineError",
    "ForeignError",
    "FormatError",
    "Location",
    "MissingError",
    "Schema",
    "SharedDatabase",
    "Tables",
    "Trouble",
    "address_for_reading",
    "describe",
    "enter_wal",
    "explained",
    "is_there",
    "locate",
    "make_private",
    "open_for_reading",
    "open_for_writing",
    "plain_words",
    "shown",
    "trouble_of",
]
