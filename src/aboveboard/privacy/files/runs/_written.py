"""Which copies the runs of a table have written: `<EMAIL_1>` is somebody else in those of another table.

A table names each copy by a code of its bytes (HMAC with SHA-256, RFC 2104) under a key of the table's own,
and by its file's name: copies of two letters may be the same to the byte. It names no folder, so copies may
be moved; one that was changed or renamed since is not known any more.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

STREAM = ""
"""The name of a copy that went to stdout: it may be called anything by now."""
_PIECE = 1 << 20
_KEY = "#key"
_COPY = re.compile(r"#([0-9a-f]{64}) (.*)", re.DOTALL)
_KEY_FORM = re.compile(r"[0-9a-f]{64}")


def is_about_copies(entry: str) -> bool:
    """Whether an entry of a table's file is no stand-in: those begin with a bracket."""
    return entry.startswith("#")


def sha256_of(file: BinaryIO) -> bytes:
    """The SHA-256 of what is left to be read of a file."""
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
    return digest.digest()


@dataclass(slots=True)
class Written:
    """The copies, by code and name; `new` entries are those that the table's file does not hold yet."""

    key: str = field(default_factory=lambda: secrets.token_hex(32), repr=False)
    new: list[tuple[str, str]] = field(default_factory=list)
    _names: dict[str, set[str]] = field(default_factory=dict, repr=False)

    @classmethod
    def begun(cls) -> "Written":
        """No copy yet, under a key of its own."""
        made = cls()
        made.new.append((_KEY, made.key))
        return made

    @classmethod
    def read(cls, entries: Mapping[str, str]) -> "Written":
        """What entries of a table's file say; raises ValueError where they are none."""
        if not entries:
            return cls.begun()
        if not _KEY_FORM.fullmatch(entries.get(_KEY, "")):
            raise ValueError("no key")
        made = cls(entries[_KEY])
        for name in entries:
            if name != _KEY:
                copy = _COPY.fullmatch(name)
                if copy is None:
                    raise ValueError("no code of a copy")
                made._names.setdefault(copy[1], set()).add(copy[2])
        return made

    def add(self, digest: bytes, name: str) -> None:
        """Takes in a copy: the SHA-256 of its bytes, and its name (`STREAM`: none)."""
        names = self._names.setdefault(self._code(digest), set())
        if name not in names:
            names.add(name)
            self.new.append((f"#{self._code(digest)} {name}", ""))

    def has(self, digest: bytes, name: str) -> bool:
        """Whether a file is such a copy; one that comes as a stream (`STREAM`) may have any name."""
        names = self._names.get(self._code(digest), set())
        return bool(names) if name == STREAM else bool(names & {name, STREAM})

    def _code(self, digest: bytes) -> str:
        return hmac.digest(bytes.fromhex(self.key), digest, hashlib.sha256).hex()
