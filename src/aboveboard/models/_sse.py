"""Server-sent events, read from bytes that may be cut anywhere (WHATWG HTML, "Server-sent events").

Comments, other fields than `data`, and any of the three line ends are understood; several data lines of one
event are joined by a line feed.
"""

import codecs
from collections.abc import Iterator

from aboveboard.models._errors import ModelGarbageError


class SseReader:
    """Turns pieces of a byte stream into the data of the events completed by each piece.

    Raises ModelGarbageError for an event above `limit` characters or bytes that are not UTF-8.
    """

    def __init__(self, where: str, limit: int) -> None:
        self._where = where
        self._limit = limit
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._rest: list[str] = []
        self._rest_size = 0
        self._data: list[str] = []
        self._size = 0

    def feed(self, piece: bytes) -> Iterator[str]:
        """The data of each event that this piece completes."""
        lines = self._lines(piece)
        return (data for line in lines if (data := self._take(line)) is not None)

    def _lines(self, piece: bytes) -> list[str]:
        text = self._decode(piece)
        if not self._ends_a_line(text):
            self._wait(text)
            return []
        text = "".join([*self._rest, text])
        # A carriage return at the very end may be the first half of a line end: it waits.
        held = "\r" if text.endswith("\r") else ""
        *lines, rest = text.removesuffix("\r").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._rest, self._rest_size = [], 0
        self._wait(rest + held)
        return lines

    def _ends_a_line(self, text: str) -> bool:
        return "\n" in text or "\r" in text or bool(self._rest and self._rest[-1].endswith("\r"))

    def _wait(self, text: str) -> None:
        """Keeps the beginning of a line, joined once it is whole: at each piece would take quadratic time."""
        if text:
            self._rest.append(text)
            self._rest_size += len(text)
            self._check(self._rest_size)

    def _decode(self, piece: bytes) -> str:
        try:
            return self._decoder.decode(piece)
        except UnicodeDecodeError:
            raise ModelGarbageError("the stream is not UTF-8", where=self._where) from None

    def _take(self, line: str) -> str | None:
        if line:
            self._add(line)
            return None
        data, self._data, self._size = self._data, [], 0
        return "\n".join(data) if data else None

    def _add(self, line: str) -> None:
        name, _, value = line.partition(":")
        if name == "data":
            self._size += len(value)
            self._check(self._size)
            self._data.append(value.removeprefix(" "))

    def _check(self, size: int) -> None:
        if size > self._limit:
            raise ModelGarbageError(
                f"one event of the stream is above {self._limit} characters", where=self._where
            )
