"""The per-item log of a run: append-only JSON lines, each holding the digest of the line before.

`items.jsonl` is the log; `items.idx` holds the byte offset of each line (eight bytes, big-endian), so
that a page anywhere in a log of any size is read without reading the rest. The index is only a
convenience: it is rebuilt when it does not fit the log.
"""

import contextlib
import fcntl
import json
import os
import struct
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO, Any

from aboveboard.evals._errors import EvalError, LogDamagedError
from aboveboard.evals._lines import drop_torn_line, open_lines, whole_lines
from aboveboard.values import digest_bytes

START = "sha256:" + "0" * 64
"""What the first line names as the line before it."""

MEASURE_AGAIN = "assess again: a log that was changed is evidence of nothing"

_OFFSET = struct.Struct(">Q")

_SHORTEST = len(START) + 10
"""No line is shorter: each names the one before."""


class ItemLog:
    """Appends lines to a log. Reopening drops a torn last line, verifies the chain and goes on from there."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "items.jsonl"
        with contextlib.ExitStack() as opened, _explained(self._path):
            self._file = opened.enter_context(_open_private(self._path))
            _lock(self._file, self._path)
            self.known, self.head = _recover(self._path, self._file.fileno())
            _rebuild_index(self._path)
            self._index = opened.enter_context(_open_private(_index_path(self._path)))
            self._size = self._path.stat().st_size
            self._opened = opened.pop_all()

    def append(self, entry: Mapping[str, Any]) -> None:
        """Writes one line; `entry` must have an `id`. A line is handed to the system before this returns."""
        line = json.dumps({**entry, "prev": self.head}, sort_keys=True, ensure_ascii=False).encode() + b"\n"
        with _explained(self._path):
            _write(self._file, line)
            _write(self._index, _OFFSET.pack(self._size))
        self._size += len(line)
        self.head = digest_bytes(line.rstrip(b"\n"))
        if not entry.get("error"):
            self.known.add(str(entry["id"]))

    def close(self) -> None:
        """Makes the log durable and closes it."""
        with self._opened, _explained(self._path):
            os.fsync(self._file.fileno())


def is_in_use(folder: Path) -> bool:
    """Whether a process is writing the log of a run's folder."""
    path = folder / "items.jsonl"
    if not path.exists():
        return False
    with path.open("ab") as file:
        return not _try_lock(file)


def verify_log(path: Path) -> tuple[int, str]:
    """The number of lines and the digest of the last; raises LogDamagedError where one does not follow."""
    count, head = 0, START
    for line in whole_lines(path):
        head = _follow(line, head, f"{path}:{count + 1}")
        count += 1
    return count, head


def holds_digest(path: Path, digest: str) -> bool:
    """Whether the log in a run's folder had this digest when one of its lines was the last."""
    return any(digest_bytes(line) == digest for line in whole_lines(_log_in(path)))


def read_items(path: Path, offset: int = 0, limit: int = 100) -> list[dict[str, Any]]:
    """Up to `limit` entries from the one at `offset`, of the log in a run's folder (or of the file itself).

    Costs one seek and the lines read, however long the log is. Reads only, so a run may be going on.
    """
    log = _log_in(path)
    if offset < 0 or limit <= 0 or not log.exists():
        return []
    start, skip = _nearest_offset(log, offset)
    with log.open("rb") as file:
        file.seek(start)
        lines = islice(file, skip, skip + limit)
        return [json.loads(line) for line in lines if line.endswith(b"\n")]


def count_items(path: Path) -> int:
    """How many entries the log in a run's folder has."""
    log = _log_in(path)
    if not log.exists():
        return 0
    offsets = _indexed(log)
    start = _indexed_offset(log, offsets - 1) if offsets else 0
    with log.open("rb") as file:
        file.seek(start)
        return max(0, offsets - 1) + sum(line.endswith(b"\n") for line in file)


def _log_in(path: Path) -> Path:
    return path / "items.jsonl" if path.is_dir() else path


def _nearest_offset(log: Path, position: int) -> tuple[int, int]:
    """Where the nearest indexed line at or before `position` starts, and how many lines to skip from it."""
    offsets = _indexed(log)
    if not offsets:
        return 0, position
    known = min(position, offsets - 1)
    return _indexed_offset(log, known), position - known


def _indexed(log: Path) -> int:
    """How many lines the index knows; 0 when it does not fit the log (the last offset tells)."""
    index = _index_path(log)
    count = index.stat().st_size // _OFFSET.size if index.exists() else 0
    if count == 0:
        return 0
    last = _indexed_offset(log, count - 1)
    return count if last >= (count - 1) * _SHORTEST and _starts_line(log, last) else 0


def _indexed_offset(log: Path, position: int) -> int:
    with _index_path(log).open("rb") as index:
        index.seek(position * _OFFSET.size)
        return int(_OFFSET.unpack(index.read(_OFFSET.size))[0])


def _starts_line(log: Path, offset: int) -> bool:
    if offset >= log.stat().st_size:
        return False
    with log.open("rb") as file:
        file.seek(max(0, offset - 1))
        return offset == 0 or file.read(1) == b"\n"


def _rebuild_index(log: Path) -> None:
    offsets, place = bytearray(), 0
    for line in whole_lines(log):
        offsets += _OFFSET.pack(place)
        place += len(line) + 1
    target = _index_path(log)
    target.unlink(missing_ok=True)
    with _open_private(target) as file:
        _write(file, bytes(offsets))


def _recover(path: Path, descriptor: int) -> tuple[set[str], str]:
    known: set[str] = set()
    head = START
    for number, line in enumerate(whole_lines(path), 1):
        head = _follow(line, head, f"{path}:{number}")
        entry = json.loads(line)
        # A failed item is asked again when the run is taken up, and logged again.
        known |= set() if entry.get("error") else {str(entry["id"])}
    drop_torn_line(descriptor)  # its answer is in the cache
    return known, head


def _follow(line: bytes, head: str, where: str) -> str:
    try:
        before = json.loads(line)["prev"]
    except (ValueError, KeyError, TypeError) as error:
        raise LogDamagedError(
            f"not a line of a per-item log: {error}", where=where, cure=MEASURE_AGAIN
        ) from error
    if before != head:
        raise LogDamagedError(
            "this line does not follow from the one before", where=where, cure=MEASURE_AGAIN
        )
    return digest_bytes(line)


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EvalError(
            f"the per-item log cannot be written: {error}",
            where=str(path),
            cure="free some space or mend the permissions; the same command goes on from here",
        ) from error


def _lock(file: IO[bytes], path: Path) -> None:
    if not _try_lock(file):
        raise EvalError("another process writes this run", where=str(path), cure="wait for it, or stop it")


def _try_lock(file: IO[bytes]) -> bool:
    # Held as long as the file is open, and given up by the system when the process dies.
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _index_path(log: Path) -> Path:
    return log.with_suffix(".idx")


def _open_private(path: Path) -> IO[bytes]:
    return os.fdopen(open_lines(path), "r+b", buffering=0)


def _write(file: IO[bytes], data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]
