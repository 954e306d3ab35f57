"""DOCX: the texts of its parts, masked in their runs; all else of the document is copied as it is.

Read are body, headers, footers, notes, comments, the document's properties, authors of changes and comments,
and addresses of links. Pictures and embedded files are not, which is said.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from aboveboard.privacy._layers import laid_over
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.files._errors import FileError
from aboveboard.privacy.files._input import Input
from aboveboard.privacy.files._looking import Found
from aboveboard.privacy.files._place import FileFinding
from aboveboard.privacy.files._rewriting import Restoring, is_restorable, to_replace
from aboveboard.privacy.files.formats._cells import Cell, CellUnit, PlainForm
from aboveboard.privacy.files.formats._docx_parts import Edit, Passage, edited, passages
from aboveboard.privacy.masking._masking import Masking
from aboveboard.privacy.masking._reading import lookalikes, stand_ins

_READ = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments|glossary/document)\.xml"
    r"|docProps/(?:core|app|custom)\.xml|word/_rels/[\w.]+\.rels"
)
_UNREAD = re.compile(r"word/(?:media|embeddings)/.+")
_MOST_ENTRIES = 10_000
_MOST_PART = 1 << 26
_MOST_ALL = 1 << 30
_PIECE = 1 << 18
_CURE = "see that the file is whole and opens in a word processor"
_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


class DocxReader:
    """One document; each of its parts is a unit."""

    suffix = ""
    problems: Sequence[str] = ()

    def __init__(self, source: Input) -> None:
        self.notes: list[str] = []
        self.count = 0
        self._source = source

    def units(self) -> Iterator["DocxUnit"]:
        name = self._source.name
        try:
            with zipfile.ZipFile(self._source.path) as archive:
                self._check(archive)
                for info in archive.infolist():
                    if _READ.fullmatch(info.filename):
                        xml = _part(archive, info, name)
                        yield DocxUnit(name, info.filename, xml, passages(xml, f"{name}, {info.filename}"))
                    self.count += info.compress_size
        except _ERRORS as error:
            raise _broken(error, name) from error

    def _check(self, archive: zipfile.ZipFile) -> None:
        entries = archive.infolist()
        name = self._source.name
        if len(entries) > _MOST_ENTRIES or sum(info.file_size for info in entries) > _MOST_ALL:
            raise FileError("unpacks like a decompression bomb", where=name, cure=_CURE)
        if "word/document.xml" not in archive.namelist():
            raise FileError("a zip file that holds no document", where=name, cure=_CURE)
        unread = sum(_UNREAD.fullmatch(info.filename) is not None for info in entries)
        if unread:
            self.notes.append(f"{name}: {unread} pictures or embedded files were not looked into")

    def writer(self, file: BinaryIO) -> "DocxCopy":
        return DocxCopy(file, self._source)


def _broken(error: Exception, name: str) -> FileError:
    return FileError(f"truncated or broken DOCX ({type(error).__name__})", where=name, cure=_CURE)


def _part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> str:
    with archive.open(info) as file:
        data = file.read(_MOST_PART + 1)
    if len(data) > _MOST_PART:
        raise FileError(f"{info.filename} is too large to read", where=name, cure=_CURE)
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """A part of the document as it is to be."""

    name: str
    xml: str


class DocxUnit:
    """A part of a document."""

    def __init__(self, name: str, part: str, xml: str, found: Sequence[Passage]) -> None:
        self._part = part
        self._xml = xml
        self._passages = found
        title = part.rpartition("/")[2].partition(".")[0]
        cells = [
            Cell(each.text, name=each.name, path="", part=f"{title}, paragraph {number}")
            for number, each in enumerate(found, start=1)
        ]
        self._cells = CellUnit(name, cells, PlainForm())
        self.excerpts = self._cells.excerpts

    def settle(self, found: Found) -> list[FileFinding]:
        return self._cells.settle(found)

    def masked(self, masking: Masking) -> ChangedPart:
        return self._changed(lambda number, text: _masking_edits(text, self._cells.own(number), masking))

    def restored(self, restoring: Restoring) -> ChangedPart:
        return self._changed(lambda _, text: _restoring_edits(text, restoring))

    def _changed(self, edits: Callable[[int, str], list[Edit]]) -> ChangedPart:
        changes = [(each, edits(number, each.text)) for number, each in enumerate(self._passages)]
        return ChangedPart(self._part, edited(self._xml, [(each, made) for each, made in changes if made]))


def _masking_edits(text: str, spans: Sequence[PersonalData], masking: Masking) -> list[Edit]:
    own = to_replace(spans, masking)
    if is_restorable(masking):
        own = laid_over(own, lookalikes(text))
    return [
        Edit(span.start, span.end, masking.replace(text[span.start : span.end], span.type)) for span in own
    ]


def _restoring_edits(text: str, restoring: Restoring) -> list[Edit]:
    found = ((match, restoring.value_of(match[0])) for match in stand_ins().finditer(text))
    return [Edit(match.start(), match.end(), value) for match, value in found if value is not None]


class DocxCopy:
    """Writes the document anew once all parts are known; entries that were not read are copied."""

    def __init__(self, file: BinaryIO, source: Input) -> None:
        self._file = file
        self._source = source
        self._changed: dict[str, str] = {}

    def write(self, piece: ChangedPart) -> None:
        self._changed[piece.name] = piece.xml

    def abandon(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        try:
            with zipfile.ZipFile(self._source.path) as source, zipfile.ZipFile(self._file, "w") as copy:
                _copy(source, copy, self._changed, self._source.name)
        except _ERRORS as error:
            raise _broken(error, self._source.name) from error


def _copy(source: zipfile.ZipFile, copy: zipfile.ZipFile, changed: Mapping[str, str], name: str) -> None:
    left = _MOST_ALL
    for info in source.infolist():
        entry = zipfile.ZipInfo(info.filename, info.date_time)
        entry.compress_type = zipfile.ZIP_DEFLATED
        if info.filename in changed:
            copy.writestr(entry, changed[info.filename].encode())
            continue
        with source.open(info) as old, copy.open(entry, "w") as new:
            while data := old.read(_PIECE):
                left -= len(data)
                if left < 0:
                    raise FileError("unpacks like a decompression bomb", where=name, cure=_CURE)
                new.write(data)
