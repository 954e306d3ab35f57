"""JSON texts (RFC 8259) in pieces: their keys, strings and numbers as cells, their places as paths."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from aboveboard.privacy._decoding import decode_json
from aboveboard.privacy.files._errors import FileError
from aboveboard.privacy.files.formats._cells import MOST_VALUE, Cell
from aboveboard.privacy.files.formats._labels import is_name
from aboveboard.privacy.files.formats._lines import too_long

_DEEPEST = 512
_MOST_NOTES = 10
_STRING = r'"(?:[^"\\\x00-\x1f]|\\.)*+'
_TOKEN = re.compile(
    rf'[ \t\r\n]*+(?:(?P<string>{_STRING}")|(?P<number>-?[0-9][0-9.eE+-]*+)'
    r"|(?P<mark>[{}\[\],:])|(?P<word>[a-z]++))",
    re.DOTALL,
)
_MAY_GROW = re.compile(rf"(?:{_STRING}\\?|-|)\Z", re.DOTALL)
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_WORDS = frozenset(["true", "false", "null"])
_SPACE = " \t\r\n"
_RETRY = 1 << 16
_MOST_GAP = 1 << 16
_VALUE, _FIRST, _KEY, _FIRST_KEY = "a value", "a value or ]", "a key", "a key or }"
_COLON, _NEXT, _END = "a colon", "a comma or the end", "the end"


@dataclass(slots=True)
class _Frame:
    """An object or list that is open: its path and name, and the key or index of what comes next."""

    is_object: bool
    path: str
    name: str
    key: str = ""
    index: int = -1

    def step(self) -> tuple[str, str]:
        """Path and name of the next value in it."""
        if not self.is_object:
            self.index += 1
            return f"{self.path}[{self.index}]", self.name
        if not is_name(self.key):
            return f"{self.path}.…", ""
        above = self.name.rpartition(".")[2]
        return f"{self.path}.{self.key}", f"{above}.{self.key}" if above else self.key


class JsonCells:
    """Reads one JSON text that comes in pieces. Memory for one value and the path to it."""

    def __init__(self, name: str, *, record: int | None = None, line: int = 1) -> None:
        self._file = name
        self._record = record
        self._line = line
        self._stack: list[_Frame] = []
        self._expected = _VALUE
        self._buffer = ""
        self._gap = 0  # where in the buffer what no cell holds begins
        self._place = 0  # up to where the buffer is read
        self._counted = 0  # up to where its lines are counted
        self._wait = 0
        self._pending: list[str] = []
        self._size = 0

    def feed(self, text: str, *, final: bool = False) -> Iterator[Cell]:
        """The cells complete with this piece; raises FileError where the text is no JSON."""
        self._pending.append(text)
        self._size += len(text)
        if final or len(self._buffer) + self._size >= self._wait:
            self._buffer = "".join([self._buffer, *self._pending])
            self._pending, self._size = [], 0
            yield from self._read(final=final)
            self._trim()
            yield from self._flush(final=final)

    def _read(self, *, final: bool) -> Iterator[Cell]:
        buffer = self._buffer
        while match := _TOKEN.match(buffer, self._place):
            kind = match.lastgroup
            if kind in ("number", "word") and match.end() == len(buffer) and not final:
                return
            start = match.start(kind or "")
            self._line += buffer.count("\n", self._counted, start)
            self._counted = start
            cell = self._token(kind or "", match[kind or ""], start)
            self._place = match.end()
            if cell is not None:
                self._gap = match.end()
                yield cell
        self._check_rest(final=final)

    def _check_rest(self, *, final: bool) -> None:
        rest = self._buffer[self._place :].lstrip(_SPACE)
        if final and not rest and self._expected == _END:
            return
        self._line += self._buffer.count("\n", self._counted)
        self._counted = len(self._buffer)
        if final:
            raise self._wrong("ends too early" if not rest or _MAY_GROW.match(rest) else "no JSON")
        if not _MAY_GROW.match(rest):
            raise self._wrong("no JSON")
        if len(rest) > MOST_VALUE:
            raise too_long(f"{self._file}, line {self._line}")

    def _trim(self) -> None:
        """Forgets what is read. A long string that goes on waits for as much again: linear in all."""
        self._buffer = self._buffer[self._gap :]
        self._place, self._counted = self._place - self._gap, max(0, self._counted - self._gap)
        self._gap = 0
        self._wait = 2 * len(self._buffer) if len(self._buffer) - self._place > _RETRY else 0

    def _flush(self, *, final: bool) -> Iterator[Cell]:
        end = len(self._buffer) if final else self._place
        if end > (0 if final else _MOST_GAP):
            yield Cell("", self._buffer[:end])
            self._gap = end
            self._trim()

    def _token(self, kind: str, raw: str, start: int) -> Cell | None:
        if kind == "mark":
            self._mark(raw)
            return None
        if kind == "string" and self._expected in (_KEY, _FIRST_KEY):
            return self._key(raw, start)
        path, name = self._begin_value()
        self._end_value()
        if kind == "word":
            if raw not in _WORDS:
                raise self._wrong("no JSON")
            return None
        if kind == "number" and not NUMBER.fullmatch(raw):
            raise self._wrong("no number of JSON")
        return self._cell(raw, start, name, path)

    def _key(self, raw: str, start: int) -> Cell:
        frame = self._stack[-1]
        cell = self._cell(raw, start, "", f"{frame.path} key")
        frame.key = cell.value
        cell = replace(cell, is_name=True)
        self._expected = _COLON
        return cell

    def _cell(self, raw: str, start: int, name: str, path: str) -> Cell:
        is_string = raw.startswith('"')
        value = decode_json(raw[1:-1]).text if is_string else raw
        gap = self._buffer[self._gap : start]
        return Cell(value, gap, raw, name, path, self._record, self._line, None, not is_string)

    def _begin_value(self) -> tuple[str, str]:
        if self._expected not in (_VALUE, _FIRST):
            raise self._wrong(f"no JSON: {self._expected} is due")
        return self._stack[-1].step() if self._stack else ("$", "")

    def _end_value(self) -> None:
        self._expected = _NEXT if self._stack else _END

    def _mark(self, mark: str) -> None:
        if mark in "{[":
            self._open(mark)
        elif mark in "}]":
            self._close(mark)
        elif mark == ":" and self._expected == _COLON:
            self._expected = _VALUE
        elif mark == "," and self._expected == _NEXT:
            self._expected = _KEY if self._stack[-1].is_object else _VALUE
        else:
            raise self._wrong(f"no JSON: {self._expected} is due")

    def _open(self, mark: str) -> None:
        path, name = self._begin_value()
        if len(self._stack) >= _DEEPEST:
            raise self._wrong(f"deeper than {_DEEPEST} levels")
        self._stack.append(_Frame(mark == "{", path, name))
        self._expected = _FIRST_KEY if mark == "{" else _FIRST

    def _close(self, mark: str) -> None:
        empty = _FIRST_KEY if mark == "}" else _FIRST
        fits = self._stack and self._stack[-1].is_object == (mark == "}")
        if not fits or self._expected not in (_NEXT, empty):
            raise self._wrong(f"no JSON: {self._expected} is due")
        self._stack.pop()
        self._end_value()

    def _wrong(self, what: str) -> FileError:
        cure = "see that it is whole, or read it with --format text"
        return FileError(what, where=f"{self._file}, line {self._line}", cure=cure)


def json_cells(texts: Iterator[str], name: str) -> Iterator[Cell]:
    """The cells of a file that is one JSON text."""
    reader = JsonCells(name)
    for text in texts:
        yield from reader.feed(text)
    yield from reader.feed("", final=True)


def json_lines_cells(lines: Iterator[str], name: str, notes: list[str]) -> Iterator[Cell]:
    """The cells of JSON lines. A line that is no JSON is read as text, which is noted."""
    for number, line in enumerate(lines, start=1):
        text = line.rstrip(_SPACE)
        if not text:
            yield Cell("", line)
            continue
        try:
            cells = list(JsonCells(name, record=number, line=number).feed(text, final=True))
        except FileError as error:
            _note(notes, f"{error.where}: {error.what}; the line was read as text")
            cells = [Cell(text, "", text, path="(no JSON)", record=number, line=number)]
        yield from cells
        yield Cell("", line[len(text) :])


def _note(notes: list[str], note: str) -> None:
    """Keeps the first notes, and says that there are more."""
    if len(notes) < _MOST_NOTES:
        notes.append(note)
    elif len(notes) == _MOST_NOTES:
        notes.append("and more lines like these")
