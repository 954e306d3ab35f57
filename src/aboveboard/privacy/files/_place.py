"""Where in a file something was found, and how to show it without showing it."""

import re
from dataclasses import dataclass, field

_HIDDEN = "…"
_SHOWN_TYPES = frozenset(["email"])
_TOP_LEVEL = re.compile(r"\.[A-Za-z]{2,12}\Z")
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file. Lines, columns (code points), records and rows count from 1, bytes from 0.

    Text has line, column and byte (of the unpacked text); records have a record's number and a field's path
    or name, and the column within the field's value; PDF and DOCX name the part (`page 3`).
    """

    line: int | None = None
    column: int | None = None
    byte: int | None = None
    record: int | None = None
    field: str | None = None
    part: str | None = None

    def __str__(self) -> str:
        if self.record is not None:
            return f"record {self.record}" + (f", {self.field}" if self.field else "")
        if self.field is not None:
            return f"line {self.line}, {self.field}" if self.line else self.field
        place = f"{self.line}:{self.column}" if self.line else ""
        return " ".join(each for each in (self.part, place) if each)


@dataclass(frozen=True, slots=True)
class FileFinding:
    """One finding: file, type, place, length (code points), confidence (0…1) and, unprinted, the value."""

    file: str
    type: str
    place: Place
    length: int
    confidence: float
    value: str = field(repr=False, compare=False)

    @property
    def shape(self) -> str:
        """The value with nearly all of it hidden: `a…@….com`, `4…1`; nothing of secrets."""
        return shape(self.value, self.type)


def shape(value: str, type_: str) -> str:
    """A value as a report may show it."""
    from aboveboard.privacy.files._looking import secret_types

    if type_ in secret_types() or len(value) < _SHORTEST:
        return _HIDDEN
    if type_ in _SHOWN_TYPES and "@" in value:
        ending = _TOP_LEVEL.search(value)
        return f"{_edge(value[0])}…@…{ending[0] if ending else ''}"
    return f"{_edge(value[0])}…{_edge(value[-1])}"


def _edge(character: str) -> str:
    return character if character.isprintable() and not character.isspace() else ""
