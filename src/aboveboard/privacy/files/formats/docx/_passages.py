"""The texts in an XML part of a DOCX, and the part with some of them changed.

A paragraph's text lies in runs, as Word splits it (`Jo` `hn`): it is read as one, and what replaces a value
is put into the run where the value begins. All that is between stays byte by byte. Text that was struck out,
hidden or put in is text. Beside paragraphs, the text of every element is read, and every attribute but those
that hold the document together.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from aboveboard.privacy.files._errors import FileError
from aboveboard.privacy.files.formats.docx._attributes import context_of, local_name, read_attributes
from aboveboard.privacy.files.formats.docx._passage import Passage, Run

# Possessive throughout: what does not match is given up once, never tried in other ways.
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[\w:.-]++)(?P<attributes>(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>",
)
_DECLARATION = re.compile(r"\s*+<\?xml\s[^<>]*?\?>")
_SKIPPED = re.compile(r"<!--|<\?")
_ENDS = {"<!--": "-->", "<?": "?>"}
# What ECMA-376 and what builds on it call their own.
_OF_FORMAT = (
    "openxmlformats.org/",
    "purl.oclc.org/ooxml",
    "schemas.microsoft.com/office",
    "schemas-microsoft-com",
)
_CODES = frozenset(["instrText", "delInstrText"])
_TEXTS = _CODES | {"t", "delText"}
_GAPS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t"}
_MEASURE = re.compile(r"[-+.,:\dTZ%]*|true|false")
"""What elements beside paragraphs hold for the word processor: lengths, counts, times."""
_WRITTEN = frozenset(
    (
        "lpwstr", "lpstr", "bstr", "title", "subject", "description", "keywords", "category", "identifier",
        "creator", "lastModifiedBy", "Manager", "Company", "CompanyPhone", "CompanyFax",
    )
)  # fmt: skip
"""Elements of the format that hold what somebody wrote, were it digits alone."""


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
    codes: list[Run] = field(default_factory=list)

    def passages(self) -> Iterator[Passage]:
        before: re.Match[str] | None = None
        is_foreign = False
        for tag in _tags(self.xml, self.where):
            if before is None:
                is_foreign = not any(each in tag["attributes"] for each in _OF_FORMAT)
            else:
                yield from self._text(before, tag.start(), is_foreign=is_foreign)
            local = local_name(tag["name"])
            if local == "p":
                yield from self._flush()
            elif local in _GAPS and not tag["close"]:
                self.runs.append(Run(_GAPS[local]))
            if tag["attributes"] and not tag["close"]:
                yield from read_attributes(tag, local, is_foreign=is_foreign)
            before = tag
        yield from self._flush()

    def _text(self, before: re.Match[str], end: int, *, is_foreign: bool) -> Iterator[Passage]:
        """What stands between a tag and the next; digits alone are a measure only to the format."""
        begin, raw = before.end(), self.xml[before.end() : end]
        local = local_name(before["name"]) if _opens(before) else ""
        is_measure = not is_foreign and local not in _WRITTEN and _MEASURE.fullmatch(raw)
        if not raw or (local not in _TEXTS and (raw.isspace() or is_measure)):
            return
        keeps_space = local not in _TEXTS or "xml:space" in before["attributes"]
        run = Run(unescape(raw), begin, end, 0 if keeps_space else begin - 1)
        if local in _TEXTS:
            (self.codes if local in _CODES else self.runs).append(run)
        else:
            yield Passage((run,), context_of(local), local, is_given=local == "f")

    def _flush(self) -> Iterator[Passage]:
        if any(run.end for run in self.runs):
            yield Passage(tuple(self.runs))
        if self.codes:
            yield Passage(tuple(self.codes), place="field", is_given=True)
        self.runs, self.codes = [], []


def _opens(tag: re.Match[str]) -> bool:
    return not tag["close"] and not tag["attributes"].endswith("/")


def _tags(xml: str, where: str) -> Iterator[re.Match[str]]:
    """Every tag, in one pass. Raises FileError for what is none."""
    place = xml.find("<", xml.find("?>") if xml.startswith("<?") else 0)
    while place >= 0:
        tag = _TAG.match(xml, place)
        if tag is None:
            raise FileError("XML that cannot be read", where=where)
        yield tag
        place = xml.find("<", tag.end())
