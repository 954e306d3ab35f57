"""The engines' complaints in plain words: what, where, cure."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aboveboard.database._errors import ENGINE_ERRORS, DatabaseError, EngineError
from aboveboard.database._location import Location
from aboveboard.database._trouble import Trouble, trouble_of_sqlite
from aboveboard.errors import AboveboardError


def trouble_of(error: BaseException) -> Trouble:
    """What is the matter, for an error of either engine."""
    if isinstance(error, EngineError):
        return error.trouble
    return trouble_of_sqlite(error) if isinstance(error, sqlite3.Error) else Trouble.OTHER


@contextmanager
def plain_words(
    where: Location, complaint: Callable[..., AboveboardError], restore: str = ""
) -> Iterator[None]:
    """Turns what the engines, this package and the file system complain of into `complaint`.

    `restore` says what to do when the database is damaged.
    """
    try:
        yield
    except ENGINE_ERRORS as error:
        what, cure = explained(error, restore)
        raise complaint(what, where=str(where), cure=cure) from error
    except DatabaseError as error:
        raise complaint(error.what, where=error.where or str(where), cure=error.cure) from error
    except OSError as error:
        raise complaint(f"cannot be opened: {error.strerror}", where=str(where), cure=_WRITABLE) from error


def explained(error: Exception, restore: str = "") -> tuple[str, str]:
    """What is wrong and what to do about it; `restore` is the cure of damage."""
    what, cure = _MEANINGS.get(trouble_of(error), ("", ""))
    if isinstance(error, EngineError):
        return (f"{what} ({error.what})" if what else error.what), cure or restore
    if isinstance(error, DatabaseError):
        return error.what, error.cure
    return what or str(error), cure or (restore if what else "")


_WRITABLE = "choose a state directory you may write in (--state, ABOVEBOARD_STATE)"
_MEANINGS = {
    Trouble.FULL: ("the disk is full; what was acknowledged is safe", "free some space and try again"),
    Trouble.DISK: ("the disk cannot be read or written", "check the disk and the space left on it"),
    Trouble.READ_ONLY: ("the file cannot be written", _WRITABLE),
    Trouble.CLOSED_OFF: ("the file cannot be opened", _WRITABLE),
    Trouble.LOCKED: ("another process is writing", "stop it, or wait and try again"),
    Trouble.DAMAGED: ("the database is damaged", ""),
    Trouble.NO_DATABASE: ("the file is no database", ""),
    Trouble.UNREACHABLE: (
        "the PostgreSQL server cannot be reached",
        "see that it runs and that the address is right (ABOVEBOARD_DATABASE or --database)",
    ),
    Trouble.UNKNOWN_USER: (
        "the PostgreSQL server does not let this user in",
        "see that user, password and database are right; a password may stand in ~/.pgpass or PGPASSWORD",
    ),
    Trouble.NO_RIGHTS: (
        "the PostgreSQL user lacks a right",
        "as the database's owner: GRANT CREATE ON DATABASE … TO …; tables belong to the user that first ran",
    ),
    Trouble.TOO_OLD: ("the PostgreSQL server is too old", "upgrade the server, or use another one"),
}
