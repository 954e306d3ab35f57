"""One document: each of its parts is a unit, masked in its runs; all else of the text is copied as it is."""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from aboveboard.privacy._layers import laid_over
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy._stand_ins import stand_ins
from aboveboard.privacy.files._errors import FileError
from aboveboard.privacy.files._excerpt import Found
from aboveboard.privacy.files._input import Input
from aboveboard.privacy.files._place import FileFinding
from aboveboard.privacy.files._rewriting import Restoring, is_restorable, to_replace
from aboveboard.privacy.files.formats._cells import Cell, CellUnit, PlainForm
from aboveboard.privacy.files.formats.docx._package import (
    CURE,
    MOST_ALL,
    check,
    is_kept,
    is_stand_in,
    is_xml,
    read_part,
    stand_in,
)
from aboveboard.privacy.files.formats.docx._passage import Edit, Passage, edited
from aboveboard.privacy.files.formats.docx._passages import passages, without_comments
from aboveboard.privacy.masking import Masking, lookalikes

_PIECE = 1 << 18
_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)


class DocxReader:
    """One document; each of its parts is a unit."""

    suffix = ""
    problems: Sequence[str] = ()

    def __init__(self, source: Input) -> None:
        self.notes: list[str] = []
        self.count = 0
        self.lost = ""
        self._source = source

    def units(self) -> Iterator["DocxUnit"]:
        name = self._source.name
        try:
            with zipfile.ZipFile(self._source.path) as archive:
                check(archive, name)
                self._note_unread(archive)
                for info in archive.infolist():
                    if is_xml(info.filename):
                        where = f"{name}, {info.filename}"
                        xml = without_comments(read_part(archive, info.filename, name), where)
                        yield DocxUnit(name, info.filename, xml, passages(xml, where))
                    self.count += info.compress_size
        except _ERRORS as error:
            raise _broken(error, name) from error

    def _note_unread(self, archive: zipfile.ZipFile) -> None:
        unread = sum(_is_replaced(info.filename) and not is_stand_in(info) for info in archive.infolist())
        if unread:
            self.lost = f"pictures or embedded files ({unread})"
            self.notes.append(
                f"{self._source.name}: {self.lost} were not looked into; masked copies lack them"
            )

    def writer(self, file: BinaryIO) -> "DocxCopy":
        return DocxCopy(file, self._source)


def _is_replaced(part: str) -> bool:
    return not is_xml(part) and not is_kept(part)


def _broken(error: Exception, name: str) -> FileError:
    return FileError(f"truncated or broken DOCX ({type(error).__name__})", where=name, cure=CURE)


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """A part of the document as it is to be; a masked copy lacks what was not looked into."""

    name: str
    xml: str
    is_masked: bool


class DocxUnit:
    """A part of a document."""

    def __init__(self, name: str, part: str, xml: str, found: Sequence[Passage]) -> None:
        self._part = part
        self._xml = xml
        self._passages = found
        self._cells = CellUnit(name, list(_cells(part, found)), PlainForm())
        self.excerpts = self._cells.excerpts

    def settle(self, found: Found) -> list[FileFinding]:
        return self._cells.settle(found)

    def masked(self, masking: Masking) -> ChangedPart:
        return self._changed(
            lambda number, text: _masking_edits(text, self._cells.own(number), masking), is_masked=True
        )

    def restored(self, restoring: Restoring) -> ChangedPart:
        return self._changed(lambda _, text: _restoring_edits(text, restoring), is_masked=False)

    def _changed(self, edits: Callable[[int, str], list[Edit]], *, is_masked: bool) -> ChangedPart:
        changes = [(each, edits(number, each.text)) for number, each in enumerate(self._passages)]
        xml = edited(self._xml, [(each, made) for each, made in changes if made])
        return ChangedPart(self._part, xml, is_masked)


def _cells(part: str, found: Sequence[Passage]) -> Iterator[Cell]:
    title = part.rpartition("/")[2].partition(".")[0] or "links"
    paragraph = 0
    for each in found:
        paragraph += not each.place
        place = each.place or f"paragraph {paragraph}"
        yield Cell(
            each.text,
            name=each.name,
            path="",
            part=f"{title}, {place}",
            by_form=each.by_form,
            is_given=each.is_given,
            reading=each.reading,
        )


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
    """Writes the document anew once all parts are known: its parts, and nothing that a zip file may hold
    besides. Entries that were not read are copied, or in a masked copy stand-ins of theirs.
    """

    def __init__(self, file: BinaryIO, source: Input) -> None:
        self._file = file
        self._source = source
        self._changed: dict[str, str] = {}
        self._is_masked = False

    def write(self, piece: ChangedPart) -> None:
        self._changed[piece.name] = piece.xml
        self._is_masked = piece.is_masked

    def abandon(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        try:
            with zipfile.ZipFile(self._source.path) as source, zipfile.ZipFile(self._file, "w") as copy:
                _copy(source, copy, self._replaced(source), self._source.name)
        except _ERRORS as error:
            raise _broken(error, self._source.name) from error

    def _replaced(self, source: zipfile.ZipFile) -> dict[str, bytes]:
        replaced = {name: xml.encode() for name, xml in self._changed.items()}
        if self._is_masked:
            replaced |= {name: stand_in(name) for name in source.namelist() if _is_replaced(name)}
        return replaced


def _copy(source: zipfile.ZipFile, copy: zipfile.ZipFile, replaced: Mapping[str, bytes], name: str) -> None:
    left = MOST_ALL
    for info in source.infolist():
        entry = zipfile.ZipInfo(info.filename)
        entry.compress_type = zipfile.ZIP_DEFLATED
        if info.filename in replaced:
            copy.writestr(entry, replaced[info.filename])
            continue
        with source.open(info) as old, copy.open(entry, "w") as new:
            while data := old.read(_PIECE):
                left -= len(data)
                if left < 0:
                    raise FileError("unpacks like a decompression bomb", where=name, cure=CURE)
                new.write(data)
