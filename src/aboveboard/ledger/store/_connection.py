"""Opening a log's database, and the engines' complaints in our words."""

from collections.abc import Iterator
from contextlib import contextmanager

from aboveboard.database import (
    ENGINE_ERRORS,
    Database,
    DatabaseError,
    ForeignError,
    FormatError,
    Location,
    MissingError,
    Trouble,
    explained,
    is_there,
    trouble_of,
)
from aboveboard.database import open_for_reading as open_to_read
from aboveboard.database import open_for_writing as open_to_write
from aboveboard.ledger._errors import (
    LedgerBusyError,
    LedgerCorruptError,
    LedgerError,
    LedgerMissingError,
    LedgerVersionError,
    LedgerWriteError,
)
from aboveboard.ledger.store._schema import LEDGER

_CURE = (
    "keep the file as it is for inquiry and put a backup in its place, or begin a new file and append the "
    "entries of an export in order: the same entries give the same tree"
)

_DAMAGE = (Trouble.DAMAGED, Trouble.NO_DATABASE)
_KINDS: dict[type[Exception], type[LedgerError]] = {
    FormatError: LedgerVersionError,
    ForeignError: LedgerCorruptError,
    MissingError: LedgerMissingError,
}


def open_for_writing(where: Location) -> Database:
    """A connection to current tables, made when missing; raises as `writing` says."""
    with writing(where):
        return open_to_write(where, LEDGER)


def open_for_reading(where: Location) -> Database:
    """A read-only connection; raises LedgerMissingError, and as `reading` says."""
    with reading(where):
        return open_to_read(where, LEDGER)


def is_begun(where: Location) -> bool:
    """Whether there is a ledger; raises LedgerError when that cannot be known."""
    with reading(where):
        return is_there(where, LEDGER)


@contextmanager
def reading(where: Location) -> Iterator[None]:
    """Turns the engines' errors while reading into LedgerCorruptError (damage) or LedgerError."""
    try:
        yield
    except (*ENGINE_ERRORS, DatabaseError) as error:
        raise _unreadable(error, where) from error


@contextmanager
def writing(where: Location) -> Iterator[None]:
    """Turns the engines' errors into LedgerCorruptError, LedgerBusyError or LedgerWriteError."""
    try:
        yield
    except (*ENGINE_ERRORS, DatabaseError) as error:
        raise _unwritable(error, where) from error


def disagreement(what: str, where: Location) -> LedgerCorruptError:
    """The database opens, but its content does not match what its own checkpoint signs."""
    return LedgerCorruptError(what, where=str(where), cure=_CURE)


def _unreadable(error: Exception, where: Location) -> LedgerError:
    what, cure = explained(error)
    ours = "see that the disk has room and this user may write to its folder (SQLite needs a scratch file)"
    return _known(error, where) or LedgerError(
        f"the ledger cannot be read: {what}", where=str(where), cure=cure if _is_remote(error) else ours
    )


def _unwritable(error: Exception, where: Location) -> LedgerError:
    what, cure = explained(error)
    ours = (
        "see that the disk has room and the folder can be written; what was acknowledged is safe, and "
        "appends work again as soon as the disk does"
    )
    return _known(error, where) or LedgerWriteError(
        f"the ledger could not be written: {what}", where=str(where), cure=cure if _is_remote(error) else ours
    )


def _is_remote(error: Exception) -> bool:
    """Whether the cure is not the disk of this machine."""
    return isinstance(error, DatabaseError)


def _known(error: Exception, where: Location) -> LedgerError | None:
    """The errors that read and write have in common."""
    trouble = trouble_of(error)
    if trouble is Trouble.LOCKED:
        return LedgerBusyError(
            "another process is writing to this ledger and does not let go",
            where=str(where),
            cure="see what it is doing; nothing of this was written, and it may be tried again",
        )
    if trouble in _DAMAGE:
        return LedgerCorruptError(f"the ledger's database is damaged ({error})", where=str(where), cure=_CURE)
    kind = _KINDS.get(type(error))
    return (
        kind(error.what, where=error.where, cure=error.cure)
        if kind and isinstance(error, DatabaseError)
        else None
    )
