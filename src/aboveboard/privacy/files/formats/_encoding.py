"""Bytes as text, strictly: what is not in the encoding is an error with its place."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from aboveboard.privacy.files._errors import FileError, LeftOutError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 8192
_CONTROLS = bytes([*range(1, 9), *range(14, 27), *range(28, 32), 127])
_TEXT_SHARE = 0.98
_CURE = "name the encoding it was written in, as in --encoding latin-1"


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding that each character is written in on its own, and the mark at the file's start."""

    name: str
    mark: bytes = b""


def encoding_named(name: str) -> Encoding:
    """The encoding of that name; raises FileError for none, or one that is not of text."""
    try:
        info = codecs.lookup(name)
        if not info._is_text_encoding:
            raise LookupError
    except LookupError:
        cure = "known are utf-8, utf-16, latin-1, cp1252 and the others of Python"
        raise FileError(f"no encoding is named {name!r}", cure=cure) from None
    return Encoding(info.name)


def check_encoding(name: str) -> None:
    """Raises FileError when there is no such encoding."""
    encoding_named(name)


def sniffed(start: bytes, declared: Encoding | None, where: str) -> Encoding:
    """The encoding of a file that begins so: as marked, else as declared, else UTF-8.

    Raises LeftOutError for what is no text.
    """
    for mark, name in _MARKS:
        if start.startswith(mark) and (declared is None or declared.name.startswith(name[:5])):
            return Encoding(name, mark)
    if declared is not None:
        plain = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}
        return Encoding(plain.get(declared.name, declared.name))
    if _is_binary(start[:_SAMPLE]):
        raise LeftOutError("binary, not text", where=where)
    return Encoding("utf-8")


def _is_binary(start: bytes) -> bool:
    """Whether bytes are no text: they hold a zero, or are not UTF-8 and full of control characters."""
    if b"\0" in start:
        return True
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return len(start.translate(None, _CONTROLS)) < _TEXT_SHARE * len(start)
    return False


class TextSource:
    """The characters of a file in pieces. `encoding` is known once the first piece was asked for."""

    def __init__(self, pieces: Iterator[bytes], declared: Encoding | None, name: str) -> None:
        self._pieces = pieces
        self._name = name
        start = _at_least(pieces, _SAMPLE)
        self.encoding = sniffed(start, declared, name)
        self._start = start[len(self.encoding.mark) :]

    def texts(self) -> Iterator[str]:
        """Its text, strictly decoded; raises FileError with the byte where it is none."""
        decoder = codecs.getincrementaldecoder(self.encoding.name)("strict")
        done = len(self.encoding.mark)
        for piece in self._all():
            try:
                text = decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                raise self._wrong(error, done - (len(error.object) - len(piece))) from error
            done += len(piece)
            if text:
                yield text

    def _all(self) -> Iterator[bytes]:
        if self._start:
            yield self._start
        yield from self._pieces
        yield b""

    def _wrong(self, error: UnicodeDecodeError, before: int) -> FileError:
        place = f"{self._name}, byte {before + error.start}"
        return FileError(f"not {self.encoding.name}: {error.reason}", where=place, cure=_CURE)


def _at_least(pieces: Iterator[bytes], length: int) -> bytes:
    start = b""
    for piece in pieces:
        start += piece
        if len(start) >= length:
            break
    return start


def encoded(text: str, encoding: Encoding, name: str) -> bytes:
    """Text as the file writes it; raises FileError for a character its encoding has not."""
    try:
        return text.encode(encoding.name)
    except UnicodeEncodeError as error:
        what = f"a stand-in cannot be written in {encoding.name}"
        raise FileError(what, where=name, cure="convert the file to UTF-8 first") from error
