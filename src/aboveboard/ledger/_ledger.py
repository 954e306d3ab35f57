"""The writing side of a ledger."""

from collections.abc import Iterable
from concurrent.futures import Future
from types import TracebackType

from aboveboard.database import Location
from aboveboard.ledger._errors import LedgerEntryError, NoteError
from aboveboard.ledger._queue import QueueLimits
from aboveboard.ledger._sequencer import Sequencer
from aboveboard.ledger.notes import KeyKind, NoteSigner
from aboveboard.ledger.store import LogWriter
from aboveboard.ledger.tree import MAX_ENTRY_BYTES


class Ledger:
    """An append-only log of opaque bytes, open for writing.

    Safe to use from any number of threads, and from several processes at once: each batch takes its turn.
    Read it with `LedgerReader`, here or in other processes.
    """

    def __init__(self, sequencer: Sequencer, vkey: str) -> None:
        self._sequencer = sequencer
        self._is_open = True
        self.vkey = vkey

    @classmethod
    def open(cls, path: Location, *, signer: NoteSigner, limits: QueueLimits | None = None) -> "Ledger":
        """Opens a ledger, made when missing, after checking its right edge against its own checkpoint.

        Raises LedgerBusyError when another process does not let go, LedgerCorruptError when it is damaged,
        LedgerVersionError when a newer program wrote it, NoteError when the key is not its own, and
        LedgerWriteError when the folder cannot be written.
        """
        if signer.kind is not KeyKind.ED25519:
            raise NoteError("a witness key cannot sign a log", cure="make a log key with `generate_signer`")
        writer = LogWriter(path, signer)
        writer.open()
        sequencer = Sequencer(writer, limits or QueueLimits())
        sequencer.start()
        return cls(sequencer, signer.vkey)

    def append(self, entry: bytes) -> "Future[int]":
        """The entry's index, once it is durable. Bytes that are in the log already keep their index.

        Blocks while the queue is full, then raises LedgerFullError; raises LedgerEntryError over 65,535
        bytes. The future fails with LedgerWriteError when the disk does: then the entry is not in the log.
        """
        _require_fit(entry)
        return self._sequencer.submit((entry,), is_single=True)

    def append_many(self, entries: Iterable[bytes]) -> "Future[list[int]]":
        """The indexes of several entries, all durable together or none; otherwise as `append`."""
        kept = tuple(entries)
        for entry in kept:
            _require_fit(entry)
        return self._sequencer.submit(kept, is_single=False)

    def close(self) -> None:
        """Writes what is waiting and lets go of the ledger. Closing twice is harmless."""
        if self._is_open:
            self._is_open = False
            self._sequencer.stop()

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _require_fit(entry: bytes) -> None:
    if len(entry) > MAX_ENTRY_BYTES:
        raise LedgerEntryError(
            f"an entry of {len(entry)} bytes; the format holds at most {MAX_ENTRY_BYTES}",
            cure="log a digest of the content and keep the content elsewhere",
        )
