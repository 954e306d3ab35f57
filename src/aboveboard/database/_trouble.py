"""The kinds of trouble a database can be in, from what SQLite and PostgreSQL call them."""

import sqlite3
from enum import Enum, auto


class Trouble(Enum):
    """What is the matter, as far as the cure depends on it."""

    FULL = auto()
    DISK = auto()
    READ_ONLY = auto()
    CLOSED_OFF = auto()
    LOCKED = auto()
    DAMAGED = auto()
    NO_DATABASE = auto()
    UNREACHABLE = auto()
    UNKNOWN_USER = auto()
    NO_RIGHTS = auto()
    TOO_OLD = auto()
    OTHER = auto()


def trouble_of_sqlite(error: sqlite3.Error) -> Trouble:
    """From the primary result code (sqlite.org/rescode.html)."""
    return _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, Trouble.OTHER)


def trouble_of_sqlstate(sqlstate: str) -> Trouble:
    """From PostgreSQL's code (its manual, appendix A), or its class: the first two characters."""
    return _SQLSTATE.get(sqlstate) or _SQLSTATE.get(sqlstate[:2], Trouble.OTHER)


_SQLITE = {
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_IOERR: Trouble.DISK,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Trouble.CLOSED_OFF,
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.NO_DATABASE,
}

_SQLSTATE = {
    "08": Trouble.UNREACHABLE,
    "25006": Trouble.READ_ONLY,
    "28": Trouble.UNKNOWN_USER,
    "3D000": Trouble.UNKNOWN_USER,
    "42501": Trouble.NO_RIGHTS,
    "53100": Trouble.FULL,
    "53": Trouble.UNREACHABLE,
    "55P03": Trouble.LOCKED,
    "57P01": Trouble.UNREACHABLE,
    "57P02": Trouble.UNREACHABLE,
    "57P03": Trouble.UNREACHABLE,
    "57P05": Trouble.UNREACHABLE,
    "25P03": Trouble.UNREACHABLE,
    "58": Trouble.DISK,
    "XX001": Trouble.DAMAGED,
    "XX002": Trouble.DAMAGED,
}
