"""One piece of text with the spans that name somebody or something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

TYPES = ("person", "address", "place", "organisation")
LANGUAGES = ("en", "de", "es", "fr", "it")

# Text and the type it carries, "" where it names nothing.
Piece: TypeAlias = tuple[str, str]
Span: TypeAlias = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Example:
    """A text and its labels.

    `spans` are (start, end, type) in code points, ordered, not overlapping, of the four `TYPES`.
    `source` names what made the text (a template file, a form, open text), `origin` the origin of the
    first person's name, "" where there is none.
    """

    text: str
    spans: tuple[Span, ...]
    language: str
    source: str
    origin: str = ""

    def values(self) -> list[tuple[str, str]]:
        """(text, type) of each span."""
        return [(self.text[start:end], kind) for start, end, kind in self.spans]


def join(pieces: Iterable[Piece]) -> tuple[str, tuple[Span, ...]]:
    """Text and spans of `pieces`; white space at the edge of a span is left outside it.

    >>> join([("Ask ", ""), ("Ann ", "person"), ("now", "")])
    ('Ask Ann now', ((4, 7, 'person'),))
    """
    text: list[str] = []
    spans: list[Span] = []
    at = 0
    for value, kind in pieces:
        if kind and value.strip():
            start = at + len(value) - len(value.lstrip())
            spans.append((start, at + len(value.rstrip()), kind))
        text.append(value)
        at += len(value)
    return "".join(text), tuple(spans)
