"""What can go wrong with operators and policies.

AboveboardError
└── OperatorError
    ├── PolicyError             a policy that cannot be used; every problem found in it
    ├── PrivacyKeyError         a key that is needed and missing, of a wrong length, or readable by others
    └── SyntheticMissingError   made-up values are asked for and Faker is not installed
"""

from collections.abc import Sequence
from dataclasses import dataclass

from aboveboard.errors import AboveboardError


class OperatorError(AboveboardError):
    """Any failure of this package."""


@dataclass(frozen=True, slots=True)
class PolicyProblem:
    """One thing wrong at one place: `privacy.age.generalise.band`, with the line (from 1) when in a file."""

    path: str
    what: str
    cure: str = ""
    line: int = 0

    def place(self, where: str) -> str:
        """`policy.yaml:12: privacy.age`, or the path alone for a mapping."""
        file = f"{where}:{self.line}" if self.line else where
        return ": ".join(part for part in (file, self.path) if part)


class PolicyError(OperatorError):
    """A policy that cannot be used. `problems` holds all that was found."""

    def __init__(self, problems: Sequence[PolicyProblem], where: str = "") -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        super().__init__(first.what, where=first.place(where), cure=first.cure)
        self.file = where

    def __str__(self) -> str:
        return "\n".join(
            str(OperatorError(p.what, where=p.place(self.file), cure=p.cure)) for p in self.problems
        )


class PrivacyKeyError(OperatorError):
    """A key that is needed and missing, of a wrong length, or readable by others."""


class SyntheticMissingError(OperatorError):
    """Made-up values are asked for and Faker is not installed."""
