"""The texts in an XML part of a DOCX, and the part with some of them changed.

A paragraph's text lies in runs, as Word splits it (`Jo` `hn`): it is read as one, and what replaces a value
is put into the run where the value begins. All that is between stays byte by byte. Text that was struck out,
hidden or put in is text. Beside paragraphs, the text of every element is read, and every attribute but those
that hold the document together.
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
_ATTRIBUTE = re.compile(
    r"""(?<![\w:.-])(?P<name>[\w:.-]++)\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)')"""
)
_DECLARATION = re.compile(r"\s*+<\?xml\s[^<>]*?\?>")
_SKIPPED = re.compile(r"<!--|<\?")
_ENDS = {"<!--": "-->", "<?": "?>"}
_ESCAPED = {'"': "&quot;", "'": "&apos;"}
_FOR_ADDRESSES = (("<", "%3C"), (">", "%3E"))
# What ECMA-376 and what builds on it call their own.
_OF_FORMAT = (
    "openxmlformats.org/",
    "purl.oclc.org/ooxml",
    "schemas.microsoft.com/office",
    "schemas-microsoft-com",
)

_TEXTS = frozenset(["t", "delText", "instrText", "delInstrText"])
_GAPS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t"}
_PEOPLE = frozenset(["creator", "lastModifiedBy", "Manager", "author", "initials", "userId", "lastSavedBy"])
_MEASURE = re.compile(r"[-+.,:\dTZ%]*|true|false")
"""What elements beside paragraphs hold for the word processor: lengths, counts, times."""
_STRUCTURE = frozenset(
    (
        "ContentType", "PartName", "Extension", "Type", "Id", "TargetMode", "schemaLocation", "uri", "progId",
        "ProgID", "namespaceuri", "style", "path", "coordsize", "coordorigin", "from", "to", "points", "adj",
        "eqn", "spans", "viewBox", "d", "transform", "date", "dateUtc", "fullDate", "typeface", "ascii",
        "hAnsi", "cs", "eastAsia", "panose", "pid", "fmtid", "hash", "salt", "hashValue", "saltValue",
    )
)  # fmt: skip
"""Attributes that hold the document together: looked into only where there is an `@`."""
_PROSE = frozenset(
    (
        "descr", "title", "alt", "tooltip", "displayText", "string", "text", "instr", "value", "caption",
        "label", "userName", "displayName", "screenTip",
    )
)  # fmt: skip
_PROSE_VALUES = frozenset(
    ["alias", "tag", "docVar", "default", "helpText", "statusText", "query", "connectString", "listEntry",
     "description", "udl", "src", "fldName", "mappedName", "placeholder"]
)  # fmt: skip
_IDENTIFIER = re.compile(r"[\w:.%#+*,;/ -]{0,2}|[\w:.%#*-]*|\{[0-9A-Fa-f-]{36}\}")
_NAMESPACE = re.compile(r"https?://(?:schemas\.|purl\.|www\.w3\.org/)|urn:")
_REMOTE = re.compile(r"(?:https?|mailto|tel|ftps?|sip|news):", re.IGNORECASE)


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
    """Text that reads as one. `name` is its context, `place` the element or attribute that holds it, where
    that is no paragraph; an address writes `<` as `%3C`. `by_form`: it is no prose, and names of people are
    not looked for.
    """

    runs: tuple[Run, ...]
    name: str = ""
    place: str = ""
    is_address: bool = False
    by_form: bool = False

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


def without_comments(xml: str, where: str) -> str:
    """The part without comments and instructions, which no word processor shows; it is UTF-8 from now on.

    Raises FileError for one that is never closed. Linear.
    """
    declaration = _DECLARATION.match(xml)
    place = declaration.end() if declaration is not None else 0
    pieces = []
    while (begin := _SKIPPED.search(xml, place)) is not None:
        end = xml.find(_ENDS[begin[0]], begin.end())
        if end < 0:
            raise FileError("a comment or instruction that is never closed", where=where)
        pieces.append(xml[place : begin.start()])
        place = end + len(_ENDS[begin[0]])
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' if declaration is not None else ""
    return "".join([head, *pieces, xml[place:]])


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
        before: re.Match[str] | None = None
        is_foreign = False
        for tag in _tags(self.xml, self.where):
            if before is None:
                is_foreign = not any(each in tag["attributes"] for each in _OF_FORMAT)
            else:
                yield from self._text(before, tag.start())
            local = _local(tag["name"])
            if local == "p":
                yield from self._flush()
            elif local in _GAPS and not tag["close"]:
                self.runs.append(Run(_GAPS[local]))
            if tag["attributes"] and not tag["close"]:
                yield from _attributes(tag, local, is_foreign=is_foreign)
            before = tag
        yield from self._flush()

    def _text(self, before: re.Match[str], end: int) -> Iterator[Passage]:
        """What stands between a tag and the next."""
        begin, raw = before.end(), self.xml[before.end() : end]
        local = _local(before["name"]) if _opens(before) else ""
        if not raw or (local not in _TEXTS and (raw.isspace() or _MEASURE.fullmatch(raw))):
            return
        keeps_space = local not in _TEXTS or "xml:space" in before["attributes"]
        run = Run(unescape(raw), begin, end, 0 if keeps_space else begin - 1)
        if local in _TEXTS:
            self.runs.append(run)
        else:
            yield Passage((run,), _context(local), local, by_form=local == "f")

    def _flush(self) -> Iterator[Passage]:
        if any(run.end for run in self.runs):
            yield Passage(tuple(self.runs))
        self.runs = []


def _opens(tag: re.Match[str]) -> bool:
    return not tag["close"] and not tag["attributes"].endswith("/")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _context(local: str) -> str:
    """What the name of an element or attribute tells of its text."""
    return "author" if local in _PEOPLE else local


def _tags(xml: str, where: str) -> Iterator[re.Match[str]]:
    """Every tag, in one pass. Raises FileError for what is none."""
    place = xml.find("<", xml.find("?>") if xml.startswith("<?") else 0)
    while place >= 0:
        tag = _TAG.match(xml, place)
        if tag is None:
            raise FileError("XML that cannot be read", where=where)
        yield tag
        place = xml.find("<", tag.end())


def _attributes(tag: re.Match[str], local: str, *, is_foreign: bool) -> Iterator[Passage]:
    is_link = local == "Relationship"
    shift = tag.start("attributes")
    for found in _ATTRIBUTE.finditer(tag["attributes"]):
        value = "single" if found["double"] is None else "double"
        run = Run(unescape(found[value]), shift + found.start(value), shift + found.end(value))
        name = _local(found["name"])
        if found["name"].startswith("xmlns") or _NAMESPACE.match(run.text):
            continue
        if is_link:
            if name == "Target" and "External" in tag["attributes"]:
                # A path on somebody's disk or server names them: all of it goes.
                yield Passage((run,), "" if _REMOTE.match(run.text) else "login", "link", is_address=True)
        elif is_foreign:
            yield Passage((run,), _context(name), name)
        else:
            yield from _of_format(name, local, run)


def _of_format(name: str, local: str, run: Run) -> Iterator[Passage]:
    """What an attribute that the format knows may tell of somebody."""
    if name in _PEOPLE:
        yield Passage((run,), "author", name)
    elif name in _PROSE or (name == "val" and local in _PROSE_VALUES):
        yield Passage((run,), "", name)
    elif "@" in run.text or (name not in _STRUCTURE and not _IDENTIFIER.fullmatch(run.text)):
        yield Passage((run,), "", name, by_form=True)


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
