"""Opening a store's database, whichever engine it is."""

from pathlib import Path

from aboveboard.database._database import Database
from aboveboard.database._errors import ENGINE_ERRORS, DatabaseError, FormatError, MissingError
from aboveboard.database._location import Location
from aboveboard.database._postgres import PostgresDatabase
from aboveboard.database._sqlite import open_to_read, open_to_write
from aboveboard.database._tables import Tables


def open_for_writing(where: Location, tables: Tables) -> Database:
    """The database with current tables, made when missing; raises FormatError, ForeignError, DriverError, or
    one of ENGINE_ERRORS.
    """
    database = _writable(where, tables)
    try:
        if _checked(database, where, tables) < tables.version:
            database.begin()
            database.migrate()  # only what another process has not done meanwhile
            database.commit()
    except (*ENGINE_ERRORS, DatabaseError):
        database.close()
        raise
    return database


def open_for_reading(where: Location, tables: Tables) -> Database:
    """The database as it is; raises MissingError when there is none, else as `open_for_writing`."""
    if isinstance(where, Path) and not where.is_file():
        raise _nothing_yet(where, tables)
    database = _readable(where, tables)
    try:
        version = _checked(database, where, tables)
        if version == 0:
            raise _nothing_yet(where, tables)
        if version < tables.version:
            raise FormatError(
                _mismatch(version, tables),
                where=str(where),
                cure="open it once for writing (start the gateway, say): that brings it up to date",
            )
    except (*ENGINE_ERRORS, DatabaseError):
        database.close()
        raise
    return database


def is_there(where: Location, tables: Tables) -> bool:
    """Whether a store has been begun here; raises DriverError, or one of ENGINE_ERRORS."""
    if isinstance(where, Path):
        return where.exists()
    database = _readable(where, tables)
    try:
        return database.version() > 0
    finally:
        database.close()


def _writable(where: Location, tables: Tables) -> Database:
    if isinstance(where, Path):
        return open_to_write(where, tables)
    return PostgresDatabase(where, tables, only_reads=False).open()


def _readable(where: Location, tables: Tables) -> Database:
    if isinstance(where, Path):
        return open_to_read(where, tables)
    return PostgresDatabase(where, tables, only_reads=True).open()


def _checked(database: Database, where: Location, tables: Tables) -> int:
    version = database.version()
    if version > tables.version:
        raise FormatError(
            _mismatch(version, tables),
            where=str(where),
            cure="it was written by a newer Aboveboard: use that one, nothing here has been changed",
        )
    return version


def _mismatch(version: int, tables: Tables) -> str:
    return f"{tables.name} of format {version}; this version of aboveboard reads {tables.version}"


def _nothing_yet(where: Location, tables: Tables) -> MissingError:
    return MissingError(
        f"there is no {tables.name} here yet",
        where=str(where),
        cure="a first run makes it: `aboveboard up`, `aboveboard assess`",
    )
