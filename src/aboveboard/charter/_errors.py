"""What can be wrong with a charter.

AboveboardError
└── CharterError   a charter that cannot be used, with every problem found in it
"""

from collections.abc import Sequence
from dataclasses import dataclass

from aboveboard.errors import AboveboardError

MOST_PROBLEMS = 100


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong at one place. Lines and columns count from 1; line 0 means the file as a whole."""

    line: int
    column: int
    what: str
    cure: str = ""

    def place(self, where: str) -> str:
        """`charter.yaml:12:5`, the form editors and terminals make a link of."""
        return f"{where}:{self.line}:{self.column}" if self.line else where


class CharterError(AboveboardError):
    """A charter that cannot be used. `problems` holds all that was found, in the order of the file."""

    def __init__(self, problems: Sequence[Problem], where: str) -> None:
        self.problems = tuple(sorted(problems))
        first = self.problems[0]
        super().__init__(first.what, where=first.place(where), cure=first.cure)
        self.file = where

    @property
    def complaints(self) -> tuple[str, ...]:
        """A text for each problem: where, what and cure; of very many the first, and that there are more."""
        lines = [str(AboveboardError(p.what, where=p.place(self.file), cure=p.cure)) for p in self.problems]
        if len(lines) >= MOST_PROBLEMS:
            lines.append(f"{self.file}: only the first {MOST_PROBLEMS} problems are shown")
        return tuple(lines)

    def __str__(self) -> str:
        return "\n".join(self.complaints)
