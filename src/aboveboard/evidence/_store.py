"""The writer's side of the evidence: payloads go in sealed, pending until the ledger has their entry."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby

from aboveboard.database import Database, Location
from aboveboard.errors import AboveboardError
from aboveboard.evidence._codec import CODEC
from aboveboard.evidence._database import open_for_writing, plain_words
from aboveboard.evidence._dsse import Attestor
from aboveboard.evidence._errors import KeyFileError, RecordFormatError, RecordTooLargeError
from aboveboard.evidence._owners import Owner, Owners
from aboveboard.evidence._rows import MAX_ATTACHMENTS, MAX_PAYLOAD, is_attachment_name, milliseconds, place
from aboveboard.evidence._sealing import MasterKey
from aboveboard.evidence._statement import Statement
from aboveboard.evidence.records import Record


@dataclass(frozen=True, slots=True)
class Draft:
    """A record checked and encoded, not yet sealed: its payloads by position, named."""

    record: Record
    time: int
    payloads: Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Pending:
    """A record that is durable here and waits for its place in the ledger."""

    seq: int
    id: str
    entry: bytes


def draft(record: Record, attachments: Mapping[str, bytes]) -> Draft:
    """Encodes a record with its attachments; raises RecordFormatError or RecordTooLargeError."""
    _check_attachments(attachments)
    payloads = [("", CODEC.encode(record)), *sorted(attachments.items())]
    if any(len(payload) > MAX_PAYLOAD for _, payload in payloads):
        raise RecordTooLargeError(f"a payload of record {record.id} is over {MAX_PAYLOAD} bytes")
    return Draft(record, milliseconds(record.time), payloads)


def _check_attachments(attachments: Mapping[str, bytes]) -> None:
    if len(attachments) > MAX_ATTACHMENTS:
        raise RecordTooLargeError(f"{len(attachments)} attachments; a record has at most {MAX_ATTACHMENTS}")
    wrong = [name for name in attachments if not is_attachment_name(name)]
    if any(not isinstance(payload, bytes) for payload in attachments.values()):
        raise RecordFormatError("an attachment that is not bytes", cure="encode texts: words.encode()")
    if wrong:
        raise RecordFormatError(
            f"not a name for an attachment: {wrong[0]!r}",
            cure="use lower-case letters, digits, '.', '_' and '-', 64 at most; it is stored in the clear",
        )


class Store:
    """Owns this process's connection that writes. Every method runs on the recorder's thread.

    Other processes may write too, between transactions: each transaction begins by taking that in.
    """

    def __init__(self, path: Location, connection: Database, master: MasterKey, attestor: Attestor) -> None:
        self.path = path
        self.connection = connection
        self.master = master
        self._attestor = attestor
        self._owners = Owners(connection, master)
        self._next = 0
        self._version: int | None = None  # so that the first transaction catches up, whatever came before it

    @classmethod
    def open(cls, path: Location, master: MasterKey, attestor: Attestor, vkey: str) -> "Store":
        """Opens or makes the database; raises StoreError, or KeyFileError when the keys are not its own."""
        connection = open_for_writing(path)
        try:
            with plain_words(path):
                public = {f"attestor {attestor.id}": attestor.public, "vkey": vkey.encode()}
                _keep_meta(connection, master, public)
                return cls(path, connection, master, attestor)
        except AboveboardError:
            connection.close()
            raise

    @contextmanager
    def transaction(self, *, is_durable: bool = True) -> Iterator[None]:
        """All of it or nothing; raises StoreError. What is not durable may be undone by a power cut."""
        with plain_words(self.path):
            self.connection.begin(is_durable=is_durable)
            try:
                self._catch_up()
                yield
                self.connection.commit()
            except BaseException:
                self._owners.forget()
                self.connection.rollback()
                raise

    def owner(self, data_subject: str) -> Owner:
        """A data subject's key, made when there is none; within a transaction."""
        return self._owners.of(data_subject)

    def insert(self, drafts: Sequence[Draft]) -> list[Pending | None]:
        """Seals and writes, within a transaction; None for an id that is already there."""
        first, self._next = self._next, self._next + len(drafts)
        numbered = list(enumerate(drafts, first))
        owners = [self._owners.of(each.record.data_subject) for each in drafts]
        rows = [self._row(seq, each, owner) for (seq, each), owner in zip(numbered, owners, strict=True)]
        self.connection.executemany(_INSERT_RECORD, rows)
        taken = self.connection.execute(_NUMBERS, (first, self._next - 1))
        new = {seq for (seq,) in taken}
        payloads: list[tuple[int, str, bytes]] = []
        pending = [
            self._sealed(seq, each, owner, payloads) if seq in new else None
            for (seq, each), owner in zip(numbered, owners, strict=True)
        ]
        self.connection.executemany("INSERT INTO payloads VALUES (?, ?, ?)", payloads)
        waiting = [(each.seq, each.entry) for each in pending if each]
        self.connection.executemany("INSERT INTO pending VALUES (?, ?)", waiting)
        return pending

    def pending(self) -> list[Pending]:
        """What a crash or a failed append left without a place in the ledger, in order."""
        with plain_words(self.path):
            rows = self.connection.execute(
                "SELECT seq, id, entry FROM pending JOIN records USING (seq) ORDER BY seq"
            )
            return [Pending(*row) for row in rows]

    def place(self, pending: Sequence[Pending], indexes: Sequence[int]) -> None:
        """Writes down where the ledger has them. Not synced: after a power cut it is done again."""
        with self.transaction(is_durable=False):
            for first, last, offset in _runs(pending, indexes):
                self.connection.execute(_PLACE, (offset, first, last))
                self.connection.execute("DELETE FROM pending WHERE seq BETWEEN ? AND ?", (first, last))

    def forget_keys(self) -> None:
        """Drops data keys from memory."""
        self._owners.forget()

    def close(self) -> None:
        with plain_words(self.path):
            self.connection.close()

    def _catch_up(self) -> None:
        """After another process wrote: go on from its last row, and trust no key in memory that it may have
        destroyed.
        """
        version = self.connection.change()
        if version != self._version:
            self._owners.forget()
            self._next = _last_seq(self.connection) + 1
            self._version = version

    def _row(self, seq: int, each: Draft, owner: Owner) -> tuple[int, str, str, bytes, int, int]:
        record = each.record
        return (
            seq,
            record.id,
            record.kind,
            self.master.tag("subject", record.subject),
            each.time,
            owner.number,
        )

    def _sealed(self, seq: int, each: Draft, owner: Owner, payloads: list[tuple[int, str, bytes]]) -> Pending:
        """Adds the sealed payloads of a record; what the ledger is to have of it."""
        record = each.record
        sealed = owner.key.seal_all([payload for _, payload in each.payloads], record.id)
        names = [name for name, _ in each.payloads]
        payloads += [(place(seq, at), names[at], one.blob) for at, one in enumerate(sealed)]
        statement = Statement(record.kind, record.schema, [one.commitment for one in sealed])
        return Pending(seq, record.id, self._attestor.envelope(statement.to_bytes()))


_INSERT_RECORD = (
    "INSERT INTO records (seq, id, kind, subject, time, owner) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO NOTHING"
)
_NUMBERS = "SELECT seq FROM records WHERE seq BETWEEN ? AND ?"
_PLACE = "UPDATE records SET log_index = seq + ? WHERE seq BETWEEN ? AND ?"


def _runs(pending: Sequence[Pending], indexes: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Rows that follow one another, as their indexes do: the first, the last, and what is between row and
    index.
    """
    pairs = enumerate(zip(pending, indexes, strict=True))
    for _, run in groupby(pairs, lambda pair: (pair[1][0].seq - pair[0], pair[1][1] - pair[0])):
        rows = [(each.seq, index) for _, (each, index) in run]
        yield rows[0][0], rows[-1][0], rows[0][1] - rows[0][0]


def _last_seq(connection: Database) -> int:
    last: int = connection.execute("SELECT coalesce(max(seq), 0) FROM records").fetchone()[0]
    return last


def _keep_meta(connection: Database, master: MasterKey, public: Mapping[str, bytes]) -> None:
    """Keeps what readers need, and a mark by which another vault key is noticed before it does harm."""
    mark = master.tag("check", "")
    connection.execute("INSERT INTO meta VALUES ('check', ?) ON CONFLICT (name) DO NOTHING", (mark,))
    check_master(connection, master)
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        list(public.items()),
    )


def check_master(connection: Database, master: MasterKey) -> None:
    """Raises KeyFileError when the vault was sealed under another master key."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'check'").fetchone()
    if row is None or row[0] != master.tag("check", ""):
        raise KeyFileError(
            "this vault was sealed with another key",
            cure="give the vault key that belongs to this state directory",
        )
