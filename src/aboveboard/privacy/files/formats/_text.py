"""Plain text in windows that overlap, so that nothing is lost at an edge and nothing is found twice.

A unit's body ends at a line's end, or, in lines without end, at white space, or at all costs. The finder sees
more: `OVERLAP` characters before and after, further than any finder looks. A finding belongs to the unit in
whose body it begins. Where bodies end depends on the text alone, never on how it was read.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy._stand_ins import LONGEST_TOKEN, unfinished_from
from aboveboard.privacy.files._excerpt import Excerpt, Found
from aboveboard.privacy.files._place import FileFinding, Place
from aboveboard.privacy.files._rewriting import Restoring, rewritten
from aboveboard.privacy.files.formats._encoding import Encoding
from aboveboard.privacy.masking import Masking

BODY = 1 << 18
OVERLAP = 10_000
"""Longer than the longest finding, a private key of 8,192 characters."""


@dataclass(slots=True)
class Edge:
    """How far a text is settled, in code points from its start: shared by its units."""

    done: int = 0


@dataclass(frozen=True, slots=True)
class Position:
    """Where a body begins: code points and bytes from 0, line and column from 1."""

    offset: int = 0
    byte: int = 0
    line: int = 1
    column: int = 1

    def after(self, text: str, encoding: Encoding) -> "Position":
        """The position behind `text`."""
        lines = text.count("\n")
        column = len(text) - text.rfind("\n") if lines else self.column + len(text)
        size = len(text) if text.isascii() and encoding.name == "utf-8" else len(text.encode(encoding.name))
        return Position(self.offset + len(text), self.byte + size, self.line + lines, column)


class TextUnit:
    """A window of a text; its body is `text[begin:end]`."""

    def __init__(
        self, window: str, body: tuple[int, int], position: Position, document: "TextDocument"
    ) -> None:
        self._text = window
        self.excerpts = [Excerpt(window)]
        self._begin, self._end = body
        self._position = position
        self._document = document
        self._own: list[PersonalData] = []
        self._first, self._last = body

    def settle(self, found: Found) -> list[FileFinding]:
        edge, shift = self._document.edge, self._position.offset - self._begin
        self._first = max(self._begin, edge.done - shift)
        self._own = [item for item in found[0] if self._first <= item.start < self._end]
        self._last = max(self._end, self._first, *(item.end for item in self._own[-1:]))
        edge.done = self._last + shift
        return list(self._places())

    def _places(self) -> Iterator[FileFinding]:
        position, done = self._position, self._begin
        for item in self._own:
            position = position.after(self._text[done : item.start], self._document.encoding)
            done = item.start
            place = Place(position.line, position.column, position.byte, part=self._document.part)
            value = self._text[item.start : item.end]
            yield FileFinding(self._document.name, item.type, place, len(value), item.confidence, value)

    def masked(self, masking: Masking) -> str:
        own = [item.moved(-self._first) for item in self._own]
        return rewritten(self._text[self._first : self._last], own, masking)

    def restored(self, restoring: Restoring) -> str:
        return restoring.restore(self._text[self._begin : self._end])


@dataclass(frozen=True, slots=True)
class TextDocument:
    """What the units of one text share."""

    name: str
    encoding: Encoding
    edge: Edge
    part: str | None = None


def text_units(
    texts: Iterator[str], document: TextDocument, body: int = BODY, overlap: int = OVERLAP
) -> Iterator[TextUnit]:
    """The windows over a text that comes in pieces of any size."""
    position, before = Position(byte=len(document.encoding.mark)), ""
    for this, following in _bodies(texts, body, overlap):
        window = (len(before), len(before) + len(this))
        yield TextUnit(before + this + following, window, position, document)
        position = position.after(this, document.encoding)
        before = (before + this)[-overlap:] if overlap else ""


def _bodies(texts: Iterator[str], body: int, overlap: int) -> Iterator[tuple[str, str]]:
    """Each body with the `overlap` characters that follow it."""
    pieces, size = [], 0
    for text in texts:
        pieces.append(text)
        size += len(text)
        if size < body + overlap:
            continue
        ahead, begin = "".join(pieces), 0
        while len(ahead) - begin >= body + overlap:
            end = begin + cut(ahead[begin : begin + body])
            yield ahead[begin:end], ahead[end : end + overlap]
            begin = end
        pieces, size = [ahead[begin:]], len(ahead) - begin
    if size:
        yield "".join(pieces), ""


def cut(text: str) -> int:
    """Where a body may end: behind the last line's end or white space of its second half, else at its end.

    Never within what reads like a stand-in.
    """
    half = len(text) // 2
    end = text.rfind("\n", half) + 1 or text.rfind(" ", half) + 1 or len(text)
    near = text[max(0, end - LONGEST_TOKEN) : end]
    return end - len(near) + unfinished_from(near) or end
