"""One file that a run reads."""

from dataclasses import dataclass
from pathlib import Path

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """One file: where it lies, its name in reports, its path (relative, no `..`) below an output folder."""

    path: Path
    name: str
    relative: Path

    @property
    def is_stdin(self) -> bool:
        return str(self.path) == STDIN


def name_of(path: Path) -> str:
    """A path on one line: what is no printed character, a line end say, is written as an escape."""
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in str(path)
    )
