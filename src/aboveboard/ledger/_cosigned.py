"""The newest checkpoint that witnesses cosigned: in a file beside a SQLite database, in a row of PostgreSQL.

A file of its own, so that asking witnesses never waits for the writer nor the writer for them. Gateways that
share a server may have no file in common.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from aboveboard.database import Database, Location, Schema
from aboveboard.files import write_whole
from aboveboard.ledger._errors import LedgerError, LedgerWriteError, NoteError
from aboveboard.ledger.notes import MAX_NOTE_BYTES, Note, parse_checkpoint, parse_note
from aboveboard.ledger.store import open_for_writing, writing

Ask = Callable[[str], Any]
"""Executes a query on the reader's connection and returns its first row, or None."""


class Cosigned(Protocol):
    """Where the note is kept. Nothing in it is trusted yet."""

    def read(self) -> Note | None:
        """The stored note; None when there is none, or a damaged one: witnesses can be asked again."""

    def drop(self) -> None:
        """Removes the note, once it turned out not to be this log's; raises LedgerWriteError."""

    def store(self, note: Note) -> Note:
        """Keeps the note, with earlier cosignatures of the same checkpoint; an older one changes nothing."""


def cosigned_beside(database: Location, ask: Ask) -> Cosigned:
    """The place that belongs to a ledger."""
    return CosignedRow(database, ask) if isinstance(database, Schema) else CosignedFile.beside(database)


@dataclass(frozen=True, slots=True)
class CosignedFile:
    """`<database>.cosigned`: one signed note, replaced whole."""

    path: Path

    @classmethod
    def beside(cls, database: Path) -> "CosignedFile":
        return cls(database.with_name(database.name + ".cosigned"))

    def read(self) -> Note | None:
        """Raises LedgerError when the file cannot be read."""
        try:
            with self.path.open("rb") as file:
                return _parsed(file.read(MAX_NOTE_BYTES + 1))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise LedgerError(f"cannot be read: {error.strerror}", where=str(self.path)) from error

    def drop(self) -> None:
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise LedgerWriteError(f"cannot be removed: {error.strerror}", where=str(self.path)) from error

    def store(self, note: Note) -> Note:
        with self._locked():
            held = self.read()
            kept = _newer(held, note)
            if held is None or kept != held:
                _replace(self.path, kept.to_bytes())
        return kept

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            descriptor = os.open(self.path.with_name(self.path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise LedgerWriteError(f"cannot be written: {error.strerror}", where=str(self.path)) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


@dataclass(frozen=True, slots=True)
class CosignedRow:
    """The only row of the table `cosigned`, written on a connection that is open for no longer than that."""

    schema: Schema
    ask: Ask

    def read(self) -> Note | None:
        row = self.ask("SELECT note FROM cosigned")
        return _parsed(row[0]) if row else None

    def drop(self) -> None:
        with self._written() as database:
            database.execute("DELETE FROM cosigned")

    def store(self, note: Note) -> Note:
        with self._written() as database:
            row = database.execute("SELECT note FROM cosigned").fetchone()
            kept = _newer(_parsed(row[0]) if row else None, note)
            database.execute(_KEEP, (kept.to_bytes(),))
        return kept

    @contextmanager
    def _written(self) -> Iterator[Database]:
        database = open_for_writing(self.schema)
        try:
            with writing(self.schema):
                database.begin()
                yield database
                database.commit()
        finally:
            database.close()


_KEEP = "INSERT INTO cosigned VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET note = excluded.note"


def _parsed(stored: bytes) -> Note | None:
    try:
        note = parse_note(stored)
        parse_checkpoint(note.text)
    except NoteError:
        return None
    return note


def _newer(held: Note | None, note: Note) -> Note:
    if held is None or parse_checkpoint(held.text).size < parse_checkpoint(note.text).size:
        return note
    if held.text == note.text:
        return held.with_lines([signature.line for signature in note.signatures])
    return held


def _replace(path: Path, data: bytes) -> None:
    try:
        write_whole(path, data)
    except OSError as error:
        raise LedgerWriteError(f"cannot be written: {error.strerror}", where=str(path)) from error
