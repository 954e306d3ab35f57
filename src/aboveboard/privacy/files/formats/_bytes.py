"""The bytes of an input, in pieces, unpacked where they are gzipped."""

import itertools
import os
import stat
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from aboveboard.privacy.files._errors import FileError, of_system
from aboveboard.privacy.files._input import Input

PIECE = 1 << 18
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31  # zlib: 15 bits of window, 16 says that a gzip header comes
_FREE = 1 << 28
_MOST_RATIO = 400


class ByteSource:
    """Reads one input once; `count` is how many of its own (packed) bytes were read so far."""

    def __init__(self, source: Input, piece: int = PIECE) -> None:
        self.input = source
        self.count = 0
        self._piece = piece

    @property
    def is_packed(self) -> bool:
        return self.input.path.suffix.lower() == ".gz"

    def pieces(self) -> Iterator[bytes]:
        """The text's bytes. Raises FileError for what is truncated, broken or a bomb."""
        with open_regular(self.input) as file:
            raw = self._raw(file)
            yield from self._unpacked(raw) if self.is_packed else raw

    def _raw(self, file: BinaryIO) -> Iterator[bytes]:
        while piece := file.read(self._piece):
            self.count += len(piece)
            yield piece

    def _unpacked(self, raw: Iterator[bytes]) -> Iterator[bytes]:
        """Members of a gzip file, one after another; padding after the last is passed over, as gzip does."""
        unpacker, made = zlib.decompressobj(_GZIP_WINDOW), 0
        for piece in itertools.chain(raw, [b""]):
            rest = piece
            while True:
                if unpacker.eof:
                    if not rest.startswith(_GZIP[:1]):
                        break
                    unpacker = zlib.decompressobj(_GZIP_WINDOW)
                unpacked = self._step(unpacker, rest, made)
                made += len(unpacked)
                self._refuse_bomb(made)
                rest = unpacker.unconsumed_tail or unpacker.unused_data
                if unpacked:
                    yield unpacked
                elif not rest:
                    break
        if not unpacker.eof:
            raise self._broken("truncated gzip", made)

    def _step(self, unpacker: "zlib._Decompress", packed: bytes, made: int) -> bytes:
        try:
            return unpacker.decompress(packed, self._piece)
        except zlib.error as error:
            raise self._broken(f"broken gzip ({error})", made) from error

    def _refuse_bomb(self, made: int) -> None:
        if made > _FREE and made > _MOST_RATIO * self.count:
            raise self._broken("unpacks like a decompression bomb", made)

    def _broken(self, what: str, made: int) -> FileError:
        where = f"{self.input.name}, byte {made} of the unpacked text"
        return FileError(what, where=where, cure="see that the file is whole, or unpack it yourself")


@contextmanager
def open_regular(source: Input) -> Iterator[BinaryIO]:
    """The input opened for reading; never a device or a pipe that would not end, stdin aside."""
    if source.is_stdin:
        yield source.stream or sys.stdin.buffer
        return
    try:
        descriptor = os.open(source.path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise of_system(error, source.name, "cannot be opened") from error
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise FileError("not a regular file", where=source.name, cure="pipe it in and name it -")
        yield file
