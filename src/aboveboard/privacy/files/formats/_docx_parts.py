"""The texts in an XML part of a DOCX, and the part with some of them changed.

A paragraph's text lies in runs, as Word splits it (`Jo` `hn`): it is read as one, and what replaces a value
is put into the run where the value begins. All that is between stays byte by byte.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from xml.sax.saxutils import escape

from aboveboard.privacy.files._errors import FileError

# Possessive throughout: what does not match is given up once, never tried in other ways.
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[\w:.-]++)(?P<attributes>(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>",
)
_SKIPPED = (("<!--", "-->"), ("<?", "?>"))
_TEXTS = frozenset(["t", "delText", "instrText"])
_PEOPLE = frozenset(["creator", "lastModifiedBy", "Manager"])
_PROPERTIES = _PEOPLE | {"title", "subject", "description", "keywords", "category", "Company", "lpwstr"}
_GAPS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_ATTRIBUTE = re.compile(
    r"""(?<![\w:.-])(?P<name>[\w:.-]++)\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)')"""
)
_AUTHORS = _PEOPLE | {"author", "initials"}
_ESCAPED = {'"': "&quot;", "'": "&apos;"}
_FOR_ADDRESSES = (("<", "%3C"), (">", "%3E"))


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text: what it says, and where it is written (`end` 0: written otherwise, as a tab is).

    `tag_end` is where its tag ends when it does not say that spaces at the edges count.
    """

    text: str
    begin: int = 0
    end: int = 0
    tag_end: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """Text that reads as one. `name` is its context; an address writes `<` as `%3C`."""

    runs: tuple[Run, ...]
    name: str = ""
    is_address: bool = False

    @property
    def text(self) -> str:
        """All of it."""
        text = "".join(run.text for run in self.runs)
        return _exchanged(text, back=True) if self.is_address else text


@dataclass(frozen=True, slots=True)
class Edit:
    """`new` in the place of a passage's text from `start` to `end`."""

    start: int
    end: int
    new: str


def passages(xml: str, where: str) -> list[Passage]:
    """The texts of a part in order. Raises FileError for XML that no word processor writes."""
    if "<!DOCTYPE" in xml or "<!ENTITY" in xml or "<![CDATA[" in xml:
        raise FileError("XML with entities or CDATA, which no word processor writes", where=where)
    return list(_Scanner(xml, where).passages())


@dataclass(slots=True)
class _Scanner:
    xml: str
    where: str
    runs: list[Run] = field(default_factory=list)

    def passages(self) -> Iterator[Passage]:
        last: re.Match[str] | None = None
        for tag in _tags(self.xml, self.where):
            local = (tag["name"] or "").rpartition(":")[2]
            if tag["close"] and last is not None and last["name"] == tag["name"] and not last["close"]:
                yield from self._text(last, tag, local)
            if local == "p":
                yield from self._flush()
            elif local in _GAPS and not tag["close"]:
                self.runs.append(Run(_GAPS[local]))
            if tag["attributes"] and not tag["close"]:
                yield from _attributes(tag, local)
            last = tag if tag["name"] else last
        yield from self._flush()

    def _text(self, opening: re.Match[str], closing: re.Match[str], local: str) -> Iterator[Passage]:
        raw = self.xml[opening.end() : closing.start()]
        keeps_space = local not in _TEXTS or "xml:space" in opening["attributes"]
        run = Run(unescape(raw), opening.end(), closing.start(), 0 if keeps_space else opening.end() - 1)
        if not raw or "<" in raw:
            return
        if local in _TEXTS:
            self.runs.append(run)
        elif local in _PROPERTIES:
            yield Passage((run,), "author" if local in _AUTHORS else "")

    def _flush(self) -> Iterator[Passage]:
        if any(run.end for run in self.runs):
            yield Passage(tuple(self.runs))
        self.runs = []


def _tags(xml: str, where: str) -> Iterator[re.Match[str]]:
    """Every tag, in one pass. Raises FileError for a comment that is never closed."""
    place = xml.find("<")
    while place >= 0:
        closing = next((end for begin, end in _SKIPPED if xml.startswith(begin, place)), None)
        if closing is not None:
            end = xml.find(closing, place)
            if end < 0:
                raise FileError("a comment or instruction that is never closed", where=where)
            place = xml.find("<", end)
            continue
        tag = _TAG.match(xml, place)
        if tag is not None:
            yield tag
        place = xml.find("<", tag.end() if tag is not None else place + 1)


def _attributes(tag: re.Match[str], local: str) -> Iterator[Passage]:
    is_link = local == "Relationship" and "External" in tag["attributes"]
    for found in _ATTRIBUTE.finditer(tag["attributes"]):
        name = found["name"].rpartition(":")[2]
        if name in _AUTHORS or (is_link and name == "Target"):
            shift = tag.start("attributes")
            value = "single" if found["double"] is None else "double"
            run = Run(unescape(found[value]), shift + found.start(value), shift + found.end(value))
            yield Passage((run,), "author" if name in _AUTHORS else "", is_address=is_link)


def edited(xml: str, changes: Sequence[tuple[Passage, Sequence[Edit]]]) -> str:
    """The part with the edits (in order, not overlapping) of some of its passages."""
    pieces = sorted(
        (written for passage, edits in changes for written in _written(passage, edits)),
        key=lambda piece: piece[0],
    )
    parts, done = [], 0
    for begin, end, text in pieces:
        parts += [xml[done:begin], text]
        done = end
    return "".join([*parts, xml[done:]])


def _written(passage: Passage, edits: Sequence[Edit]) -> Iterator[tuple[int, int, str]]:
    """Where and with what each run of a passage is written anew."""
    if passage.is_address:
        run = passage.runs[0]
        text = _exchanged(_replaced(passage.text, 0, edits), back=False)
        yield run.begin, run.end, escape(text, _ESCAPED)
        return
    place = 0
    for run in passage.runs:
        text = _replaced(run.text, place, edits)
        place += len(run.text)
        if run.end and text != run.text:
            if run.tag_end:
                yield run.tag_end, run.tag_end, ' xml:space="preserve"'
            yield run.begin, run.end, escape(text, _ESCAPED)


def _replaced(text: str, place: int, edits: Sequence[Edit]) -> str:
    """A run's text with the edits that touch it; a new text stands where its value begins."""
    pieces, done = [], 0
    for edit in edits:
        start, end = edit.start - place, edit.end - place
        if end <= 0 or start >= len(text):
            continue
        pieces += [text[done : max(0, start)], edit.new if start >= 0 else ""]
        done = min(len(text), end)
    return "".join([*pieces, text[done:]])


def _exchanged(text: str, *, back: bool) -> str:
    for plain, written in _FOR_ADDRESSES:
        text = text.replace(written, plain) if back else text.replace(plain, written)
    return text
