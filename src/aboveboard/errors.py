"""The root of every error that Aboveboard raises on purpose.

AboveboardError
├── each package's own errors, see its `_errors.py`
└── UnknownNameError   a name that no plug-in, measure, guard, role or key has
"""

from collections.abc import Iterable
from difflib import get_close_matches
from unicodedata import category

_FEW = 12
_MOST_LISTED = 30
_DOTS = str.maketrans("_-", "..")


class AboveboardError(Exception):
    """A failure the user can act on: *what* went wrong, *where*, and *what to do* about it.

    `str(error)` is one line (or a few) fit for a terminal. Anything else that escapes is a bug.
    """

    def __init__(self, what: str, *, where: str = "", cure: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.cure = cure

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        cure = f"\n  {self.cure}" if self.cure else ""
        return "".join(map(_seen, f"{place}{self.what}{cure}"))


def _seen(character: str) -> str:
    """The character, or U+FFFD for one that would steer a terminal: errors repeat words of others."""
    is_steering = category(character).startswith("C") and character not in "\n\t"
    return "\N{REPLACEMENT CHARACTER}" if is_steering else character


class UnknownNameError(AboveboardError):
    """A name nothing answers to; says the nearest known one."""

    def __init__(self, kind: str, name: str, known: Iterable[str], *, where: str = "") -> None:
        names = sorted(known)
        super().__init__(f"unknown {kind} {name!r}", where=where, cure=suggest(name, names))
        self.kind = kind
        self.name = name


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that has `name` as some of its words (the shortest), else the one most like it; None
    when none is close. Among many names something always looks a little like it, so more likeness is asked.
    """
    names = list(known)
    holding = [each for each in names if name and _words(name) in _words(each)]
    if holding:
        return min(holding, key=len)
    matches = get_close_matches(name, names, n=1, cutoff=0.5 if len(names) <= _FEW else 0.6)
    return matches[0] if matches else None


def _words(name: str) -> str:
    """The parts of a name, each between two dots."""
    return f".{name.translate(_DOTS)}."


def suggest(name: str, known: Iterable[str]) -> str:
    """A cure for a wrong name: the nearest known one, else the list, which is cut off where it is long."""
    names = list(known)
    match = nearest(name, names)
    if match:
        return f"did you mean {match!r}?"
    more = f", … ({len(names)} in all)" if len(names) > _MOST_LISTED else ""
    return f"known: {', '.join(names[:_MOST_LISTED])}{more}" if names else "none is known here"
