"""What a run has found so far, by place and type, never by value: enough to go on after it was stopped.

One line a unit, in the order of the run. A later run over the same files reads the lines in step instead of
looking again, up to the first that is torn or does not fit; from there on it writes its own. So it ends with
the same result as a run that was never stopped.
"""

import fcntl
import json
import os
import zlib
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.files._errors import FileError

_VERSION = 1


class Journal:
    """A run's findings on disk, for its owner's eyes alone; `options` must be the same to go on."""

    def __init__(self, path: Path, options: str, *, resume: bool) -> None:
        self.path = path
        self.replayed = 0
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        self._file = os.fdopen(os.open(path, flags, 0o600), "r+b")
        self._lock()
        self._replays = resume and self._begins_with(options)
        if not self._replays:
            self._file.seek(0)
            self._file.truncate()
            self._write({"journal": _VERSION, "options": options})

    def _lock(self) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            cure = "wait for it, or name another folder"
            raise FileError("another run is at work here", where=str(self.path), cure=cure) from error

    def _begins_with(self, options: str) -> bool:
        first = self._file.readline()
        if not first:
            return False
        if _parsed(first) != {"journal": _VERSION, "options": options}:
            self._file.close()
            cure = "give the same options as before, or start anew without --resume"
            raise FileError("this is the journal of another run", where=str(self.path), cure=cure)
        return True

    def known(self, name: str, number: int, text: str) -> list[PersonalData] | None:
        """What an earlier run found in this unit; None from the first unit on that it did not get to."""
        if not self._replays:
            return None
        begin = self._file.tell()
        entry = _parsed(self._file.readline())
        found = _found(entry, name, number, text)
        if found is None:
            self._replays = False
            self._file.seek(begin)
            self._file.truncate()
            return None
        self.replayed += 1
        return found

    def record(self, name: str, number: int, text: str, found: Sequence[PersonalData]) -> None:
        """Keeps what was found in a unit."""
        items = [[item.start, item.end, item.type, item.confidence] for item in found]
        self._write({"n": name, "u": number, "c": _check(text), "f": items})

    def _write(self, entry: dict[str, Any]) -> None:
        self._file.write(json.dumps(entry, separators=(",", ":")).encode() + b"\n")
        self._file.flush()

    def remove(self) -> None:
        """Forgets it all: the run is complete."""
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> "Journal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def _check(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _parsed(line: bytes) -> Any:
    if not line.endswith(b"\n"):
        return None
    try:
        return json.loads(line)
    except ValueError:
        return None


def _found(entry: Any, name: str, number: int, text: str) -> list[PersonalData] | None:
    if not isinstance(entry, dict) or (entry.get("n"), entry.get("u")) != (name, number):
        return None
    if entry.get("c") != _check(text):
        return None
    items = entry.get("f")
    if not isinstance(items, list) or not all(_is_finding(item, len(text)) for item in items):
        return None
    return [PersonalData(*item) for item in items]


def _is_finding(item: Any, size: int) -> bool:
    if not isinstance(item, list) or [type(each) for each in item[:3]] != [int, int, str] or len(item) != 4:
        return False
    return 0 <= item[0] < item[1] <= size and isinstance(item[3], int | float)
