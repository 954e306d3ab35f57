"""One file that a run reads."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """One file: where it lies, its name in reports, its path (relative, no `..`) below an output folder.

    `stream` is what stdin said, where it was read before.
    """

    path: Path
    name: str
    relative: Path
    stream: BinaryIO | None = field(default=None, compare=False, repr=False)

    @property
    def is_stdin(self) -> bool:
        return str(self.path) == STDIN


def name_of(path: Path) -> str:
    """A path on one line: what is no printed character, a line end say, is written as an escape."""
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in str(path)
    )
