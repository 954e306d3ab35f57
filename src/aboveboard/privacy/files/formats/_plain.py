"""Reads text, CSV and JSON of any encoding, packed or not, and writes them back the same way."""

import gzip
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from aboveboard.privacy.files._errors import FileError
from aboveboard.privacy.files._input import Input
from aboveboard.privacy.files._unit import Unit
from aboveboard.privacy.files.formats._bytes import PIECE, ByteSource
from aboveboard.privacy.files.formats._cells import cell_units
from aboveboard.privacy.files.formats._csv import CsvForm, csv_cells, rows, sniff_delimiter
from aboveboard.privacy.files.formats._encoding import Encoding, TextSource, encoded
from aboveboard.privacy.files.formats._header import headed
from aboveboard.privacy.files.formats._json import JsonCells, json_cells, json_lines_cells
from aboveboard.privacy.files.formats._json_form import JsonForm
from aboveboard.privacy.files.formats._kinds import CSV, JSON, JSONL, plain_suffix
from aboveboard.privacy.files.formats._lines import lines
from aboveboard.privacy.files.formats._text import BODY, OVERLAP, Edge, TextDocument, text_units


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is read and looked into at once (bytes, code points). No finding depends on it."""

    piece: int = PIECE
    body: int = BODY
    overlap: int = OVERLAP


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is laid out: encoding, and whether a first row names the columns; None: as it seems."""

    encoding: Encoding | None = None
    header: bool | None = None
    sizes: Sizes = field(default_factory=Sizes)


class PlainReader:
    """A file of text kinds."""

    suffix = ""
    lost = ""
    problems: Sequence[str] = ()

    def __init__(self, source: Input, kind: str, layout: Layout) -> None:
        self.notes: list[str] = []
        self._source = ByteSource(source, layout.sizes.piece)
        self._name = source.name
        self._kind = kind
        self._layout = layout
        self._encoding = layout.encoding or Encoding("utf-8")

    @property
    def count(self) -> int:
        return self._source.count

    def units(self) -> Iterator[Unit]:
        text = TextSource(self._source.pieces(), self._layout.encoding, self._name)
        self._encoding = text.encoding
        yield from self._units(text.texts())

    def _units(self, texts: Iterator[str]) -> Iterator[Unit]:
        name = self._name
        if self._kind == CSV:
            start, texts = _peek(texts)
            delimiter = sniff_delimiter(start, plain_suffix(self._source.input.path))
            records = headed(rows(lines(texts, name), delimiter, name), self._layout.header, self._note_data)
            cells = csv_cells(records, delimiter)
            return cell_units(name, cells, CsvForm(delimiter))
        if self._kind in (JSON, JSONL):
            start, texts = _peek(texts)
            if self._kind == JSONL or _is_lines(start):
                cells = json_lines_cells(lines(texts, name), name, self.notes)
                return cell_units(name, cells, JsonForm())
            return cell_units(name, json_cells(texts, name), JsonForm())
        document = TextDocument(name, self._encoding, Edge())
        return text_units(texts, document, self._layout.sizes.body, self._layout.sizes.overlap)

    def _note_data(self) -> None:
        """Says that a row of words was taken for data."""
        say = "was read as data, not as names of columns; if it names them, say --header yes"
        self.notes.append(f"{self._name}: the first row {say}")

    def writer(self, file: BinaryIO) -> "PlainWriter":
        return PlainWriter(file, self._encoding, self._name, is_packed=self._source.is_packed)


def _peek(texts: Iterator[str]) -> tuple[str, Iterator[str]]:
    """The first 64 Ki characters of a text or all of it, and the text still whole."""
    pieces: list[str] = []
    size = 0
    for text in texts:
        pieces.append(text)
        size += len(text)
        if size >= _SAMPLE:
            break
    return "".join(pieces)[:_SAMPLE], itertools.chain(pieces, texts)


_SAMPLE = 1 << 16


def _is_lines(start: str) -> bool:
    """Whether a file called JSON holds JSON lines: its first line is a whole object, and another follows."""
    first, _, rest = start.partition("\n")
    if not first.lstrip().startswith("{") or not rest.lstrip().startswith("{"):
        return False
    try:
        return all(True for _ in JsonCells("").feed(first, final=True))
    except FileError:
        return False


class PlainWriter:
    """Text in an encoding, behind its mark, packed when the source was."""

    def __init__(self, file: BinaryIO, encoding: Encoding, name: str, *, is_packed: bool = False) -> None:
        self._packer = gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) if is_packed else None
        self._file = self._packer or file
        self._encoding = encoding
        self._name = name
        self._file.write(encoding.mark)

    def write(self, piece: str) -> None:
        self._file.write(encoded(piece, self._encoding, self._name))

    def abandon(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        if self._packer is not None:
            self._packer.close()
