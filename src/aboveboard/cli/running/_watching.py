"""Noticing that a file has changed, by looking now and then."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from pathlib import Path

_SETTLING_SECONDS = 1.0

Mark = tuple[int, int, int]


async def watch(path: Path, seconds: float, changed: Callable[[], Awaitable[object]]) -> None:
    """Calls `changed` each time the file has other content than before, until cancelled.

    Looks every so many `seconds` at size and time, and reads only when they moved. A file that somebody is
    writing is left alone until two looks in a row, up to a second apart, find the same: half a charter may be
    a valid one that promises less. A file that is gone has not changed.
    """
    seen, known = _mark(path), await asyncio.to_thread(_digest, path)
    while True:
        await asyncio.sleep(seconds)
        mark = _mark(path)
        if mark is None or mark == seen:
            continue
        settled = await _settled(path, min(seconds, _SETTLING_SECONDS))
        seen = mark
        if settled not in (None, known):
            known = settled
            await changed()


async def _settled(path: Path, pause: float) -> bytes | None:
    before = await asyncio.to_thread(_digest, path)
    while True:
        await asyncio.sleep(pause)
        now = await asyncio.to_thread(_digest, path)
        if now == before:
            return now
        before = now


def _mark(path: Path) -> Mark | None:
    """What changes when a file is written or another takes its name; links are followed."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _digest(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return None
