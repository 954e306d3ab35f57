"""What a witness remembers: for each log the newest checkpoint it cosigned, in one small JSON file."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aboveboard.files import sync_folder, write_whole
from aboveboard.ledger._errors import NoteError, WitnessError
from aboveboard.ledger.notes import Checkpoint, parse_checkpoint, parse_note

_VERSION = 1


@dataclass(frozen=True, slots=True)
class WitnessMemory:
    """`{"version": 1, "logs": {origin: signed note}}`, replaced whole."""

    path: Path

    def load(self) -> dict[str, bytes]:
        """The cosigned note of each origin; raises WitnessError when the file is damaged.

        A damaged memory is never taken for an empty one: a witness that forgets would sign a fork.
        """
        try:
            content = json.loads(self.path.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise self._damaged(str(error)) from error
        return self._notes(content)

    def save(self, notes: Mapping[str, bytes]) -> None:
        """Replaces the file durably; raises WitnessError."""
        logs = {origin: note.decode() for origin, note in notes.items()}
        data = json.dumps({"version": _VERSION, "logs": logs}, ensure_ascii=False, indent=1)
        try:
            write_whole(self.path, data.encode())
            sync_folder(self.path.parent)
        except OSError as error:
            raise WitnessError(
                f"the witness cannot write its memory: {error.strerror}",
                where=str(self.path),
                cure="make room or allow writing; nothing has been cosigned",
            ) from error

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Makes check and update one step, also between processes."""
        try:
            descriptor = os.open(self.path.with_name(self.path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise WitnessError(f"cannot be locked: {error.strerror}", where=str(self.path)) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _notes(self, content: object) -> dict[str, bytes]:
        logs = (
            content.get("logs") if isinstance(content, dict) and content.get("version") == _VERSION else None
        )
        if not isinstance(logs, dict) or not all(isinstance(note, str) for note in logs.values()):
            raise self._damaged("not a witness's memory")
        notes = {str(origin): str(note).encode() for origin, note in logs.items()}
        for origin, note in notes.items():
            if self._checkpoint(note).origin != origin:
                raise self._damaged("a checkpoint under another log's name")
        return notes

    def _checkpoint(self, note: bytes) -> Checkpoint:
        try:
            return parse_checkpoint(parse_note(note).text)
        except NoteError as error:
            raise self._damaged(error.what) from error

    def _damaged(self, why: str) -> WitnessError:
        return WitnessError(
            f"the witness's memory is damaged: {why}",
            where=str(self.path),
            cure="put back a copy; begin anew only if you accept that this witness forgets what it saw",
        )


def read_memories(path: Path) -> list[bytes]:
    """The checkpoints in a witness's file, for `check(..., memories=...)`; raises WitnessError."""
    if not path.is_file():
        raise WitnessError("no witness's memory here", where=str(path))
    return list(WitnessMemory(path).load().values())
