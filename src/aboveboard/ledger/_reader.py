"""The reading side of a ledger: any number of processes at once, while one writes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from aboveboard.database import Database, Location
from aboveboard.ledger._cosigned import Cosigned, cosigned_beside
from aboveboard.ledger._errors import LedgerCorruptError, LedgerEntryError, LedgerPathError, NoteError
from aboveboard.ledger._tlog_proof import TlogProof, open_by_log
from aboveboard.ledger.notes import Note, NoteVerifier, parse_checkpoint, parse_note
from aboveboard.ledger.store import (
    Head,
    index_of,
    open_for_reading,
    read_bundle,
    read_head,
    read_tile,
    read_vkey,
    reading,
)
from aboveboard.ledger.tree import (
    ENTRIES,
    TILE_WIDTH,
    Tile,
    TileSource,
    consistency_proof,
    cut_bundle,
    entry_in,
    inclusion_proof,
    leaf_hash,
    parse_tile,
    split_bundle,
    tree_root,
)


class LedgerReader:
    """Read-only access to a ledger. Threads may share one; each answer comes from one committed state."""

    def __init__(self, path: Location, connection: Database, vkey: str) -> None:
        self.path = path
        self.vkey = vkey
        self._connection = connection
        self._lock = threading.Lock()

    @classmethod
    def open(cls, path: Location) -> "LedgerReader":
        """Raises LedgerMissingError, LedgerVersionError or LedgerCorruptError."""
        connection = open_for_reading(path)
        with reading(path):
            vkey = read_vkey(connection)
        if vkey is None:
            raise LedgerCorruptError(
                "the ledger has no key", where=str(path), cure="open it once for writing"
            )
        return cls(path, connection, vkey)

    @property
    def cosigned(self) -> Cosigned:
        """Where the newest cosigned checkpoint is kept."""
        return cosigned_beside(self.path, self._first_row)

    def size(self) -> int:
        """How many entries are durable."""
        with self._snapshot() as connection:
            return self._head(connection).size

    def checkpoint(self) -> bytes:
        """The newest signed checkpoint, with the cosignatures it has so far."""
        with self._snapshot() as connection:
            note = parse_note(self._head(connection).note)
        cosigned = self._cosigned()
        return (cosigned if cosigned and cosigned.text == note.text else note).to_bytes()

    def cosigned_checkpoint(self) -> bytes | None:
        """The newest checkpoint that a witness cosigned, which may be behind; None when there is none."""
        cosigned = self._cosigned()
        return cosigned.to_bytes() if cosigned else None

    def entry(self, index: int) -> bytes:
        """The bytes of one entry; raises LedgerEntryError beyond the end."""
        with self._snapshot() as connection:
            self._require(index, self._head(connection).size)
            return entry_in(self._bundle(connection, index // TILE_WIDTH), index % TILE_WIDTH)

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Entries in order from `start` to before `stop` (by default the end as it is now)."""
        end = min(self.size(), self.size() if stop is None else stop)
        for number in range(start // TILE_WIDTH, -(-end // TILE_WIDTH)):
            with self._snapshot() as connection:
                bundle = split_bundle(self._bundle(connection, number))
            first = number * TILE_WIDTH
            yield from bundle[max(start - first, 0) : end - first]

    def index_of(self, entry: bytes) -> int | None:
        """Where exactly these bytes are in the log, or None."""
        with self._snapshot() as connection:
            return index_of(connection, leaf_hash(entry))

    def root(self, size: int) -> bytes:
        """The root of the first `size` entries."""
        with self._snapshot() as connection:
            self._require_size(size, self._head(connection).size)
            return tree_root(size, self._tiles(connection))

    def inclusion_proof(self, index: int, size: int) -> list[bytes]:
        """The hashes that prove entry `index` in the first `size` entries (RFC 6962 §2.1.1)."""
        with self._snapshot() as connection:
            self._require_size(size, self._head(connection).size)
            return inclusion_proof(index, size, self._tiles(connection))

    def consistency_proof(self, old: int, new: int) -> list[bytes]:
        """The hashes that prove the first `old` entries to begin the first `new` (RFC 6962 §2.1.2)."""
        with self._snapshot() as connection:
            self._require_size(new, self._head(connection).size)
            return consistency_proof(old, new, self._tiles(connection))

    def tlog_proof(self, index: int) -> bytes:
        """A portable proof of an entry (c2sp.org/tlog-proof@v1).

        Against the newest cosigned checkpoint that covers the entry, else against the newest one.
        """
        cosigned = self._cosigned()
        covers = cosigned is not None and parse_checkpoint(cosigned.text).size > index
        note = cosigned.to_bytes() if cosigned is not None and covers else self.checkpoint()
        size = parse_checkpoint(parse_note(note).text).size
        self._require(index, size)
        return TlogProof(index, tuple(self.inclusion_proof(index, size)), note).to_bytes()

    def read(self, path: str) -> bytes:
        """A file of the C2SP layout: `checkpoint`, `tile/0/x001/234`, `tile/entries/000.p/7`.

        Raises LedgerPathError when the path is none of the layout, or nothing is there yet.
        """
        if path == "checkpoint":
            return self.checkpoint()
        return self.read_tile(parse_tile(path))

    def read_tile(self, tile: Tile) -> bytes:
        """A hash tile, or an entry bundle (level `ENTRIES`); raises LedgerPathError when not there yet."""
        with self._snapshot() as connection:
            level = max(tile.level, 0)
            count = self._head(connection).size >> 8 * level
            if tile.index * TILE_WIDTH + tile.width > count:
                raise LedgerPathError(f"the log has no {tile.path} yet", where=str(self.path))
            if tile.level == ENTRIES:
                return cut_bundle(self._bundle(connection, tile.index), tile.width)
            return self._tile(connection, tile)

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> "LedgerReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _snapshot(self) -> Iterator[Database]:
        """One committed state of the database for as long as the block lasts."""
        with self._lock, reading(self.path):
            self._connection.begin_reading()
            try:
                yield self._connection
            finally:
                self._connection.rollback()

    def _first_row(self, query: str) -> Any:
        with self._snapshot() as connection:
            return connection.execute(query).fetchone()

    def _head(self, connection: Database) -> Head:
        head = read_head(connection)
        if head is None:
            raise LedgerCorruptError("the ledger has no checkpoint", where=str(self.path))
        return head

    def _tiles(self, connection: Database) -> TileSource:
        """Tiles for one proof, each fetched once and at its full present width."""
        size = self._head(connection).size
        held: dict[tuple[int, int], bytes] = {}

        def tile(level: int, index: int, width: int) -> bytes:
            if (level, index) not in held:
                there = min(TILE_WIDTH, (size >> 8 * level) - index * TILE_WIDTH)
                held[level, index] = self._tile(connection, Tile(level, index, max(there, width)))
            return held[level, index]

        return tile

    def _tile(self, connection: Database, tile: Tile) -> bytes:
        hashes = read_tile(connection, tile.level, tile.index, tile.width)
        if hashes is None:
            raise LedgerCorruptError(f"the ledger lacks {tile.path}", where=str(self.path))
        return hashes

    def _bundle(self, connection: Database, number: int) -> bytes:
        entries = read_bundle(connection, number)
        if entries is None:
            raise LedgerCorruptError(f"the ledger lacks entry bundle {number}", where=str(self.path))
        return entries

    def _cosigned(self) -> Note | None:
        """The stored cosigned checkpoint, if it is of this log and of this history."""
        note = self.cosigned.read()
        if note is None:
            return None
        try:
            opened = open_by_log(note.to_bytes(), NoteVerifier.from_text(self.vkey))
        except NoteError:
            return None
        checkpoint = parse_checkpoint(opened.text)
        is_ours = checkpoint.size <= self.size() and self.root(checkpoint.size) == checkpoint.root
        return note if is_ours else None

    def _require(self, index: int, size: int) -> None:
        if not 0 <= index < size:
            raise LedgerEntryError(f"no entry {index}: the log has {size}", where=str(self.path))

    def _require_size(self, size: int, most: int) -> None:
        if not 0 <= size <= most:
            raise LedgerEntryError(f"no tree of {size} entries: the log has {most}", where=str(self.path))
