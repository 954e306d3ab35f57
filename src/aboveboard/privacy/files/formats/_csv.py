"""CSV and its like (RFC 4180), read so that all that is not masked is written back byte by byte."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.files._errors import FileError
from aboveboard.privacy.files._rewriting import Restoring, rewritten
from aboveboard.privacy.files.formats._cells import MOST_VALUE, Cell
from aboveboard.privacy.files.formats._header import Field, Headed, Row
from aboveboard.privacy.files.formats._labels import is_name
from aboveboard.privacy.masking import Masking

_DELIMITERS = ",;\t|"
_SNIFFED = 1 << 16
_SNIFFED_ROWS = 50
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_INSIDE = re.compile(r'(?:[^"]|"")*+')


def rows(lines: Iterator[str], delimiter: str, name: str) -> Iterator[Row]:
    """The records of a file given in lines with their ends. Linear; memory for one record."""
    number, begun, parts = 0, 0, _Splitter(delimiter)
    for line in lines:
        number += 1
        begun = begun or number
        text, ending = _ended(line)
        if not parts.is_open and '"' not in text:
            yield Row([Field(raw, False) for raw in text.split(delimiter)], ending, number)
        elif parts.feed(text, ending):
            yield Row(parts.take(), ending, begun)
        elif parts.size > MOST_VALUE:
            raise _unclosed(name, begun)
        else:
            continue
        begun = 0
    if parts.is_open:
        raise _unclosed(name, begun)


def _unclosed(name: str, line: int) -> FileError:
    where, cure = f"{name}, line {line}", "see that the file is whole, or read it with --format text"
    return FileError("a quote that opens in this record is never closed", where=where, cure=cure)


def _ended(line: str) -> tuple[str, str]:
    if line.endswith("\r\n"):
        return line[:-2], "\r\n"
    return (line[:-1], "\n") if line.endswith("\n") else (line, "")


class _Splitter:
    """Splits records that hold quotes; a record may go on over several lines."""

    def __init__(self, delimiter: str) -> None:
        self._delimiter = delimiter
        self._rest = re.compile(f"[^{re.escape(delimiter)}]*+")
        self._fields: list[Field] = []
        self._pieces: list[str] = []
        self.is_open = False
        self.size = 0

    def feed(self, text: str, ending: str) -> bool:
        """Takes in a line; whether the record is complete."""
        place = 0
        while True:
            place = self._quoted(text, place) if self.is_open or text.startswith('"', place) else place
            if self.is_open:
                self._pieces.append(ending)
                self.size += len(text) + len(ending)
                return False
            rest = self._rest.match(text, place)
            assert rest is not None
            self._close_field(rest[0])
            if rest.end() == len(text):
                return True
            place = rest.end() + 1

    def _quoted(self, text: str, place: int) -> int:
        inside = place if self.is_open else place + 1
        match = _INSIDE.match(text, inside)
        assert match is not None
        self.is_open = match.end() == len(text)
        end = match.end() if self.is_open else match.end() + 1
        self._pieces.append(text[place:end])
        return end

    def _close_field(self, rest: str) -> None:
        quoted = "".join(self._pieces)
        self._fields.append(Field(quoted + rest, bool(quoted) and not rest))
        self._pieces = []

    def take(self) -> list[Field]:
        """The fields of the complete record."""
        fields, self._fields, self.size = self._fields, [], 0
        return fields


def csv_cells(records: Headed, delimiter: str) -> Iterator[Cell]:
    """Every field as a cell, those of a header too."""
    names = records.names
    before = ""
    for number, row in enumerate(records.rows, start=1):
        is_header = number == 1 and bool(names)
        for column, field in enumerate(row.fields):
            alias = f"column {column + 1}"
            title = names[column] if column < len(names) and not is_header else ""
            path = title if is_name(title) else alias
            place = (number, row.line, None)
            yield Cell(
                field.value,
                before,
                field.raw,
                title,
                path,
                *place,
                not field.is_quoted,
                is_header,
                alias=alias,
            )
            before = delimiter
        before = row.ending
    if before:
        yield Cell("", before)


class CsvForm:
    """Fields are quoted as they were; one that would not be read back the same gets quotes."""

    def __init__(self, delimiter: str) -> None:
        self._special = (delimiter, '"', "\n", "\r")

    def masked(self, cell: Cell, spans: Sequence[PersonalData], masking: Masking) -> str:
        return self._written(cell, rewritten(cell.value, spans, masking))

    def restored(self, cell: Cell, restoring: Restoring) -> str:
        return self._written(cell, restoring.restore(cell.value))

    def _written(self, cell: Cell, value: str) -> str:
        if value == cell.value:
            return cell.raw
        if cell.is_bare and not self._needs_quotes(value, cell.value):
            return value
        return '"' + value.replace('"', '""') + '"'

    def _needs_quotes(self, value: str, was: str) -> bool:
        return any(mark in value and mark not in was for mark in self._special)


def sniff_delimiter(start: str, suffix: str) -> str:
    """The delimiter by which the first records have the most even number of fields, above one."""
    if suffix == ".tsv":
        return "\t"
    scores = {delimiter: _evenness(start, delimiter) for delimiter in _DELIMITERS}
    best = max(scores, key=lambda each: scores[each])
    return best if scores[best] > (0.0, 0) else ","


def _evenness(start: str, delimiter: str) -> tuple[float, int]:
    """The share of records with the commonest number of fields, and that number; nothing for one field, or
    where the quotes of a whole text never close.
    """
    all_lines = _LINE.findall(start[:_SNIFFED])
    sample = all_lines[:_SNIFFED_ROWS]
    is_whole = len(sample) == len(all_lines) and len(start) < _SNIFFED
    if len(sample) > 1 and len(start) >= _SNIFFED:
        sample.pop()
    counts: Counter[int] = Counter()
    try:
        counts.update(len(row.fields) for row in rows(iter(sample), delimiter, ""))
    except FileError:  # of a part, what came before the open quote tells enough
        if is_whole:
            return 0.0, 0
    if not counts:
        return 0.0, 0
    fields, times = counts.most_common(1)[0]
    return (times / counts.total(), fields) if fields > 1 else (0.0, 0)
