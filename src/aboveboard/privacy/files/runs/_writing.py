"""New files, whole or not at all, and never outside the folder they are meant for."""

import hashlib
import io
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from aboveboard.privacy.files._errors import FileError
from aboveboard.privacy.files.runs._written import sha256_of

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
PRIVATE = 0o600


class NewFile:
    """A file that takes the place of `path` in one step on `commit`, and vanishes otherwise.

    It is written under a name nobody can guess and follows no link.
    """

    def __init__(self, path: Path, mode: int = PRIVATE) -> None:
        self.path = path
        self._mode = mode
        self._fresh = path.with_name(f".{secrets.token_hex(16)}.new")
        self.file: BinaryIO = os.fdopen(os.open(self._fresh, _NEW, PRIVATE), "w+b")

    def digest(self) -> bytes:
        """The SHA-256 of what was written."""
        self.file.seek(0)
        return sha256_of(self.file)

    def commit(self) -> None:
        """The file is complete: it takes its place, on the disk before its name."""
        try:
            self.file.flush()
            os.fchmod(self.file.fileno(), self._mode)
            os.fsync(self.file.fileno())
            self.file.close()
            self._fresh.replace(self.path)
        except BaseException:
            self.abandon()
            raise

    def abandon(self) -> None:
        """Nothing is left of it."""
        self.file.close()
        self._fresh.unlink(missing_ok=True)


class Stream:
    """What is written to once, stdout say: nothing of it can be taken back."""

    def __init__(self, file: BinaryIO) -> None:
        self._summing = _Summing(file)
        self.file: BinaryIO = io.BufferedWriter(self._summing)

    def digest(self) -> bytes:
        """The SHA-256 of what was written."""
        self.file.flush()
        return self._summing.sum.digest()

    def commit(self) -> None:
        """It is complete, and out."""
        self.file.flush()

    def abandon(self) -> None:
        """What is out is out."""
        with suppress(OSError):  # whoever reads it may be gone
            self.file.close()


class _Summing(io.RawIOBase):
    """Hands on what is written, and sums it up."""

    def __init__(self, file: BinaryIO) -> None:
        self.sum = hashlib.sha256()
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer") -> int:
        self.sum.update(data)
        self._file.write(data)
        return memoryview(data).nbytes

    def flush(self) -> None:
        self._file.flush()


def write_private(path: Path, data: bytes) -> None:
    """A small file for its owner's eyes alone, whole or not at all."""
    new = NewFile(path, PRIVATE)
    try:
        new.file.write(data)
    except BaseException:
        new.abandon()
        raise
    new.commit()


def mode_of(path: Path) -> int:
    """The permissions of a file, which its masked copy gets: what was private stays so."""
    return stat.S_IMODE(path.stat().st_mode) & 0o777


def place_below(folder: Path, relative: Path) -> Path:
    """`folder/relative`, its folders made; raises FileError when a link would lead elsewhere."""
    if relative.is_absolute() or ".." in relative.parts:
        raise FileError("leads out of the output folder", where=str(relative))
    folder.mkdir(parents=True, exist_ok=True)
    here = folder
    for part in relative.parts[:-1]:
        here = here / part
        if here.is_symlink():
            cure = "remove the link, or choose an empty folder with --out"
            raise FileError("a link in the output folder", where=str(here), cure=cure)
        here.mkdir(exist_ok=True)
    return here / relative.name
