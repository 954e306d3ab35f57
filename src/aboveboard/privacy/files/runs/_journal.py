"""What a run has found so far, by place and type, never by value: enough to go on after it was stopped.

One line a unit, in the order of the run. A later run over the same files reads the lines in step instead of
looking again, up to the first that is torn or does not fit; from there on it writes its own. So it ends with
the same result as a run that was never stopped.

The journal lies in the output folder, where others may write, and a line too few findings long would leave
values in the copies. So each line carries a code (HMAC with SHA-256, RFC 2104) over itself, what was looked
into, and the code of the line before it, made with a key that the folder does not hold.
"""

import fcntl
import hashlib
import hmac
import json
import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.files._errors import FileError, of_system
from aboveboard.privacy.files._excerpt import Excerpt, Found

_VERSION = 2
_LONGEST = 1 << 26


class Journal:
    """A run's findings on disk, for its owner's eyes alone. Key and `options` must be the same to go on."""

    def __init__(self, path: Path, options: str, key: bytes, *, resume: bool) -> None:
        self.path = path
        self.replayed = 0
        self._key = key
        self._code = ""
        self._code = self._coded({"journal": _VERSION, "options": options}, b"")
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            self._file = os.fdopen(os.open(path, flags, 0o600), "r+b")
        except OSError as error:
            raise of_system(error, str(path), "cannot be written") from error
        self._refuse_foreign()
        self._lock()
        self._replays = resume and self._begins_rightly()
        if not self._replays:
            self._file.seek(0)
            self._file.truncate()
            self._write({})

    def _refuse_foreign(self) -> None:
        """A journal that others own may change or be read while it is written."""
        status = os.fstat(self._file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
            self._file.close()
            cure = "remove it, or name another folder"
            raise FileError("this is no journal of yours", where=str(self.path), cure=cure)
        os.fchmod(self._file.fileno(), 0o600)

    def _lock(self) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            cure = "wait for it, or name another folder"
            raise FileError("another run is at work here", where=str(self.path), cure=cure) from error

    def _begins_rightly(self) -> bool:
        first = self._file.readline(_LONGEST)
        if not first:
            return False
        if _parsed(first) != {"c": self._code}:
            self._file.close()
            what = "this is the journal of another run, or of another user"
            cure = "give the same options and key as before, or start anew without --resume"
            raise FileError(what, where=str(self.path), cure=cure)
        return True

    def known(self, name: str, number: int, excerpts: Sequence[Excerpt]) -> Found | None:
        """What an earlier run found in this unit; None from the first unit on that it did not get to."""
        if not self._replays:
            return None
        begin = self._file.tell()
        entry = _parsed(self._file.readline(_LONGEST))
        items = entry.get("f") if isinstance(entry, dict) else None
        code = self._coded([name, number, items], _digest(excerpts))
        if items is None or not hmac.compare_digest(code.encode(), str(entry.get("c")).encode()):
            self._replays = False
            self._file.seek(begin)
            self._file.truncate()
            return None
        self.replayed += 1
        self._code = code
        return [[PersonalData(*item) for item in each] for each in items]

    def record(self, name: str, number: int, excerpts: Sequence[Excerpt], found: Found) -> None:
        """Keeps what was found in a unit."""
        items = [[[item.start, item.end, item.type, item.confidence] for item in each] for each in found]
        self._code = self._coded([name, number, items], _digest(excerpts))
        self._write({"f": items})

    def _coded(self, content: object, digest: bytes) -> str:
        """The code of what comes next, bound to all that came before."""
        said = json.dumps(content, separators=(",", ":")).encode()
        before = self._code.encode()
        return hmac.digest(self._key, b"\0".join((before, said, digest)), "sha256").hex()

    def _write(self, entry: dict[str, Any]) -> None:
        line = json.dumps(entry | {"c": self._code}, separators=(",", ":")).encode() + b"\n"
        try:
            self._file.write(line)
            self._file.flush()
        except OSError as error:
            cure = "make room for it; a run to the same folder with --resume goes on from there"
            what = error.strerror or "cannot be written"
            raise FileError(what, where=str(self.path), cure=cure) from error

    def remove(self) -> None:
        """Forgets it all: the run is complete."""
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> "Journal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # what could not be written was said when it could not
            self._file.close()


def _digest(excerpts: Sequence[Excerpt]) -> bytes:
    """A digest of what was looked into, each excerpt with its length."""
    digest = hashlib.sha256()
    for text, *how in excerpts:
        data = text.encode("utf-8", "surrogatepass")
        digest.update(b"%d %d %d %d\n" % (len(data), *how))
        digest.update(data)
    return digest.digest()


def _parsed(line: bytes) -> Any:
    if not line.endswith(b"\n"):
        return None
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
