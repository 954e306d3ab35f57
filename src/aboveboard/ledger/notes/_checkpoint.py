"""Checkpoints: which log, how many entries, which root (c2sp.org/tlog-checkpoint)."""

import base64
import re
from dataclasses import dataclass

from aboveboard.ledger._errors import NoteError
from aboveboard.ledger.notes._keys import NoteSigner, decode_base64

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_ROOT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log: `size` entries under `root` (32 bytes). `extensions` mean nothing here."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> bytes:
        """The note text that is signed."""
        lines = (self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions)
        return "".join(line + "\n" for line in lines).encode()

    def sign(self, signer: NoteSigner) -> bytes:
        """The checkpoint as a signed note."""
        text = self.text()
        return text + b"\n" + signer.sign(text)


def parse_checkpoint(text: bytes) -> Checkpoint:
    """Reads a note text; raises NoteError unless it is exactly one that `Checkpoint.text` writes."""
    try:
        lines = text.decode().split("\n")
    except UnicodeDecodeError as error:
        raise NoteError("a checkpoint that is not UTF-8") from error
    if len(lines) < 4 or lines.pop() != "" or not all(lines):
        raise NoteError("malformed checkpoint", cure="its lines are origin, size and root")
    root = decode_base64(lines[2])
    if not _SIZE.fullmatch(lines[1]) or root is None or len(root) != _ROOT_BYTES:
        raise NoteError("malformed checkpoint", cure="its lines are origin, size and root")
    return Checkpoint(lines[0], int(lines[1]), root, tuple(lines[3:]))
