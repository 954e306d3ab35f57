"""The writer's side of the database: integrates batches, each in one transaction.

The database's own lock is the sequencer (SQLite's on the file, an advisory one of PostgreSQL): who holds it
first sees what other processes have appended since, and goes on from there. So any number of processes may
write to one log, one batch at a time.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from aboveboard.database import DUPLICATES, Database, Location
from aboveboard.ledger._errors import LedgerError, NoteError
from aboveboard.ledger.notes import Checkpoint, NoteSigner, open_note, parse_checkpoint
from aboveboard.ledger.store._connection import disagreement, open_for_writing, writing
from aboveboard.ledger.store._growth import Edge, grow
from aboveboard.ledger.store._rows import (
    Head,
    index_of,
    read_head,
    read_tail,
    read_tile,
    read_vkey,
    write_growth,
    write_head,
    write_leaves,
    write_vkey,
)
from aboveboard.ledger.tree import TILE_WIDTH, Frontier, encode_entry, leaf_hash, split_bundle


@dataclass(slots=True)
class LogWriter:
    """Appends batches durably. Not thread-safe: one thread at a time.

    `edge` describes what this process knows to be committed; a batch begins by catching up. After any
    failure the connection is given up, and the next batch begins by opening and checking the database anew:
    what a failed `fsync` left behind is not guessed.
    """

    path: Location
    signer: NoteSigner
    connection: Database | None = None
    edge: Edge = field(default_factory=Edge)

    def open(self) -> None:
        """Opens and checks the database; raises LedgerCorruptError, LedgerVersionError, LedgerWriteError."""
        self.connection = open_for_writing(self.path)
        with self._given_up_on_failure():
            self.connection.begin()
            self.edge = _load(self.connection, self.signer, self.path)
            self.connection.commit()

    def append(self, entries: Sequence[bytes]) -> list[int]:
        """The indexes of entries, durable when it returns; identical bytes share one.

        Raises LedgerWriteError or LedgerCorruptError; then nothing of the batch counts.
        """
        if self.connection is None:
            self.open()
        assert self.connection is not None
        with self._given_up_on_failure():
            return self._append(self.connection, entries)

    def close(self) -> None:
        """Closes the connection; an open transaction is rolled back."""
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.close()

    def _append(self, connection: Database, entries: Sequence[bytes]) -> list[int]:
        leaves = [leaf_hash(entry) for entry in entries]
        fresh = dict(zip(leaves, entries, strict=True))
        indexes: dict[bytes, int] = {}
        while fresh:
            try:
                indexes |= self._commit(connection, fresh)
            except DUPLICATES:
                # Some of them are in the log already. Asking only then spares a look-up for every new entry.
                connection.rollback()
                known = self._known(connection, fresh)
                if not known:
                    raise
                indexes |= known
            fresh = {leaf: entry for leaf, entry in fresh.items() if leaf not in indexes}
        return [indexes[leaf] for leaf in leaves]

    def _known(self, connection: Database, batch: Mapping[bytes, bytes]) -> dict[bytes, int]:
        """Those of a batch (entries by leaf hash) that are in the log, with their indexes."""
        found = ((leaf, index_of(connection, leaf)) for leaf in batch)
        return {leaf: index for leaf, index in found if index is not None}

    def _commit(self, connection: Database, batch: Mapping[bytes, bytes]) -> dict[bytes, int]:
        """Adds entries by leaf hash, durable on return; one of DUPLICATES when one is there already."""
        connection.begin()
        self._catch_up(connection)
        places = dict(zip(batch, range(self.edge.size, self.edge.size + len(batch)), strict=True))
        write_leaves(connection, places)
        growth = grow(self.edge, list(batch), [encode_entry(entry) for entry in batch.values()])
        frontier = growth.edge.frontier
        note = Checkpoint(self.signer.name, frontier.size, frontier.root()).sign(self.signer)
        write_growth(connection, growth)
        write_head(connection, Head(frontier.size, note))
        connection.commit()
        self.edge = growth.edge
        return places

    def _catch_up(self, connection: Database) -> None:
        """Takes in what other processes have appended; the edge is checked against their checkpoint."""
        head = read_head(connection)
        if head is None or head.size != self.edge.size:
            self.edge = _load(connection, self.signer, self.path)

    @contextmanager
    def _given_up_on_failure(self) -> Iterator[None]:
        try:
            with writing(self.path):
                yield
        except LedgerError:
            self.close()
            raise


def _load(connection: Database, signer: NoteSigner, path: Location) -> Edge:
    """The committed edge of a log, made when it is new, checked against its own checkpoint."""
    head, vkey = read_head(connection), read_vkey(connection)
    if head is None or vkey is None:
        return _begin(connection, signer)
    if vkey != signer.vkey:
        raise NoteError(
            f"this ledger is signed with another key ({vkey})",
            where=str(path),
            cure=f"give the key it was begun with, not {signer.vkey}",
        )
    edge = _read_edge(connection, head.size, path)
    if Checkpoint(signer.name, edge.size, edge.frontier.root()) != _signed(head, signer, path):
        raise disagreement("the ledger's content does not match its signed checkpoint", path)
    return edge


def _signed(head: Head, signer: NoteSigner, path: Location) -> Checkpoint:
    try:
        return parse_checkpoint(open_note(head.note, [signer.verifier]).text)
    except NoteError as error:
        raise disagreement(f"the ledger's own checkpoint is damaged: {error.what}", path) from error


def _begin(connection: Database, signer: NoteSigner) -> Edge:
    edge = Edge()
    write_vkey(connection, signer.vkey)
    write_head(connection, Head(0, Checkpoint(signer.name, 0, edge.frontier.root()).sign(signer)))
    return edge


def _read_edge(connection: Database, size: int, path: Location) -> Edge:
    levels: list[bytes] = []
    while size >> 8 * len(levels):
        count = size >> 8 * len(levels)
        tile = read_tile(connection, len(levels), count // TILE_WIDTH, count % TILE_WIDTH) or b""
        if len(tile) != count % TILE_WIDTH * 32:
            raise disagreement(f"the ledger lacks hashes of level {len(levels)}", path)
        levels.append(tile)
    tail = [encode_entry(entry) for one in read_tail(connection) for entry in split_bundle(one.entries)]
    if len(tail) != size % TILE_WIDTH:
        raise disagreement("the ledger lacks entries at its end", path)
    return Edge(Frontier(size, tuple(levels)), tuple(tail))
