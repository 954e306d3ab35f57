"""Files of lines that are appended to, for their owner alone: a line without its end was never written."""

import os
from collections.abc import Iterator
from pathlib import Path

_BLOCK = 1 << 16


def whole_lines(path: Path) -> Iterator[bytes]:
    """The lines without their ends, and nothing of one that is torn. Raises OSError."""
    with path.open("rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                yield line[:-1]


def open_lines(path: Path) -> int:
    """The descriptor of the file, made where there is none, to append to: prompts, answers and labels may be
    personal."""
    return os.open(path, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)


def drop_torn_line(descriptor: int) -> None:
    """Cuts off what follows the last newline: it was being written when the process died, or the power went.

    Reads from the end, no more than the torn line and a block. Nobody else may be writing.
    """
    end = os.fstat(descriptor).st_size
    while end:
        start = max(0, end - _BLOCK)
        place = os.pread(descriptor, end - start, start).rfind(b"\n")
        if place >= 0:
            end = start + place + 1
            break
        end = start
    os.ftruncate(descriptor, end)
