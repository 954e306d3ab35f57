"""The table of stand-ins on disk while files are masked: one run at a time, and never behind the copies."""

import fcntl
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

from aboveboard.privacy.files._errors import FileError
from aboveboard.privacy.files.runs._writing import PRIVATE, write_private
from aboveboard.privacy.files.runs._written import Written, is_about_copies
from aboveboard.privacy.masking import checked_table

_CURE = "name the file that `mask --table` wrote"
_NO_ROOM = "make room for it, or name another table"
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Kept:
    """What a table's file holds: stand-ins with their values, and which copies hold them."""

    table: dict[str, str]
    written: Written


def write_table(path: Path, table: Mapping[str, str]) -> None:
    """The table of stand-ins as JSON that its owner alone can read: it holds every value, names no copy."""
    write_private(path, _encoded(json.dumps(dict(table), indent=0, ensure_ascii=False)))


def read_table(path: Path) -> Kept:
    """A table that `write_table` or a `TableFile` wrote; raises FileError, and never shows what it holds."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileError(error.strerror or "cannot be read", where=str(path), cure=_CURE) from error
    return _read(data, path)[0]


def _read(data: bytes, path: Path) -> tuple[Kept, bytes]:
    """The table, and the bytes that say it: without what a write that was cut off left at the end."""
    try:
        entries, whole = _parsed(data)
        table = {name: value for name, value in entries.items() if not is_about_copies(name)}
        written = Written.read({name: value for name, value in entries.items() if is_about_copies(name)})
    except (ValueError, AttributeError, TypeError) as error:
        raise FileError("not a table of stand-ins", where=str(path), cure=_CURE) from error
    return Kept(dict(checked_table(table)), written), whole


def _parsed(data: bytes) -> tuple[Any, bytes]:
    try:
        return json.loads(data.decode("utf-8", "surrogatepass")), data
    except ValueError:
        # A run writes what is new before any file needs it: what is cut off, no file needs.
        kept, comma, _ = data.rpartition(b'",\n')
        if not comma:
            raise
        whole = kept + b'"\n}'
        return json.loads(whole.decode("utf-8", "surrogatepass")), whole


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


class TableFile:
    """A table that grows while a run goes on. Raises FileError when it cannot be written, holds something
    else, or another run is at work with it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._file = os.open(path, _FLAGS, PRIVATE)
        except OSError as error:
            cure = "name a file that can be written, in a folder that is there"
            raise FileError(error.strerror or "cannot be written", where=str(path), cure=cure) from error
        try:
            self._lock()
            self._begin()
        except BaseException:
            os.close(self._file)
            raise

    def _lock(self) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            cure = "wait for it, or name another table"
            raise FileError(
                "another run is at work with this table", where=str(self.path), cure=cure
            ) from error

    def _begin(self) -> None:
        data = self.path.read_bytes()
        kept, whole = _read(data, self.path) if data else (Kept({}, Written.begun()), b"{}")
        self.table, self.written = kept.table, kept.written
        self._is_new = not data
        self._kept = len(self.table)
        self._end = len(whole.rstrip()[:-1].rstrip()) if data else 0
        self._is_empty = not data or whole.split() in ([b"{}"], [b"{", b"}"])
        os.fchmod(self._file, PRIVATE)

    def save(self, table: dict[str, str] | MappingProxyType[str, str]) -> None:
        """Adds what is new in `table` (which began as `self.table`) and in `written`, and waits until the
        disk has it.
        """
        latest = islice(reversed(table), len(table) - self._kept)  # not past all that is kept already
        entries = [*reversed([_entry(each, table[each]) for each in latest])]
        entries += [_entry(*each) for each in self.written.new]
        if not entries:
            return
        lead = ("{" if self._is_new else "") + ("," if not self._is_empty else "")
        added = _encoded(lead + "\n" + ",\n".join(entries))
        try:
            self._put(added + b"\n}")
        except OSError as error:
            what = error.strerror or "cannot be written"
            raise FileError(what, where=str(self.path), cure=_NO_ROOM) from error
        self._kept, self._end, self._is_new, self._is_empty = len(table), self._end + len(added), False, False
        self.written.new.clear()

    def _put(self, data: bytes) -> None:
        place, left = self._end, memoryview(data)
        while left:
            written = os.pwrite(self._file, left, place)
            place, left = place + written, left[written:]
        os.ftruncate(self._file, place)
        os.fsync(self._file)

    def __enter__(self) -> "TableFile":
        return self

    def __exit__(self, *_: object) -> None:
        if self._is_new:
            self.path.unlink(missing_ok=True)  # the run ended before it began
        os.close(self._file)


def _entry(stand_in: str, value: str) -> str:
    return f"{json.dumps(stand_in, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}"
