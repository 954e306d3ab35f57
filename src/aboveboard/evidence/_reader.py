"""Reading evidence: any number of processes, while one writes."""

import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from types import TracebackType
from typing import Any

from aboveboard.database import Database, Location, locate
from aboveboard.errors import AboveboardError
from aboveboard.evidence._codec import CODEC
from aboveboard.evidence._database import open_for_reading, plain_words
from aboveboard.evidence._errors import ErasedRecordError, UnknownRecordError
from aboveboard.evidence._keys import read_master
from aboveboard.evidence._owners import owner_tag, person_source
from aboveboard.evidence._query import Query
from aboveboard.evidence._receipt import Disclosure, receipt_of
from aboveboard.evidence._rows import is_attachment_name, place, position_of
from aboveboard.evidence._sealing import DataKey, MasterKey, Opening
from aboveboard.evidence._store import check_master
from aboveboard.evidence.records import Record
from aboveboard.ledger import LedgerReader
from aboveboard.values import is_ulid

_MOST = 10_000


@dataclass(frozen=True, slots=True)
class _Row:
    """A record as it lies in the database; `sealed` is None once its payload is destroyed."""

    seq: int
    id: str
    index: int
    tag: bytes
    wrapped: bytes
    name: bytes
    sealed: bytes | None


@dataclass(frozen=True, slots=True)
class Followed:
    """Records with their positions, and the position to go on from."""

    records: Sequence[tuple[int, Record]]
    position: int


class Reader:
    """Finds, opens and proves records. Safe to share between threads.

    It shows only what the ledger has, and holds no data key longer than one call.
    """

    def __init__(
        self, where: Location, connection: Database, master: MasterKey, ledger: LedgerReader
    ) -> None:
        self._path = where
        self._connection = connection
        self._master = master
        self._ledger = ledger
        self._lock = threading.RLock()

    @classmethod
    def open(cls, state: Path, vault_key: bytes | None = None, database: str | None = None) -> "Reader":
        """Opens a state directory for reading, and the PostgreSQL `database` in place of its files; raises
        StoreError, KeyFileError or LedgerError.
        """
        where = locate(state, "evidence", database)
        connection = open_for_reading(where)
        try:
            master = MasterKey(read_master(state, vault_key, database))
            with plain_words(where):
                check_master(connection, master)
            return cls(where, connection, master, LedgerReader.open(locate(state, "ledger", database)))
        except AboveboardError:
            connection.close()
            raise

    def get(self, record_id: str) -> Record:
        """The record; raises UnknownRecordError or ErasedRecordError."""
        return self._record(self._row(record_id), {})

    def find(
        self,
        kind: str | None = None,
        *,
        subject: str | None = None,
        since: str | datetime | None = None,
        limit: int = 1000,
        newest_first: bool = True,
        after: str | None = None,
        data_subject: str | None = None,
    ) -> list[Record]:
        """Records of a kind, about a subject, from a time on, erased ones left out; a page of at most
        `limit`.

        `after` is the id of the last record of the page before; `data_subject` the person whose they are.
        """
        owner = None if data_subject is None else owner_tag(self._master, data_subject)
        query = Query(kind, self._subject_tag(subject), since, after, newest_first, owner)
        rows = self._select(query.text, [*query.values(), max(0, min(limit, _MOST))])
        keys: dict[bytes, DataKey] = {}
        return [self._record(row, keys) for row in rows]

    def end(self) -> int:
        """The position of the newest record, for `following`; 0 before the first."""
        return int(self._fetch("SELECT coalesce(max(seq), 0) FROM records", [])[0][0])

    def following(self, position: int, kinds: Collection[str], limit: int = 500) -> Followed:
        """The records of these kinds behind a position, in the order in which they were written, and where
        to go on from: asked again from there, every record comes exactly once, whoever writes meanwhile.

        It goes no further than the first record that the ledger does not have yet. Erased ones are left out.
        """
        found = self._fetch(_FOLLOWING, [position, max(0, min(limit, _MOST))])
        placed = list(takewhile(lambda row: row[2] is not None, found))
        rows = [_Row(*row[:-1]) for row in placed if row[-1] in kinds and row[-2] is not None]
        keys: dict[bytes, DataKey] = {}
        records = [(row.seq, self._record(row, keys)) for row in rows]
        return Followed(records, placed[-1][0] if placed else position)

    def count(
        self, kind: str | None = None, *, subject: str | None = None, since: str | datetime | None = None
    ) -> int:
        """How many records there are, erased ones included."""
        query = Query(kind, self._subject_tag(subject), since)
        rows = self._fetch(f"SELECT count(*) FROM records WHERE {query.condition}", query.values())  # noqa: S608  # fixed clauses
        return int(rows[0][0])

    def counts(self) -> dict[str, int]:
        """How many records there are of each kind, erased ones included."""
        rows = self._fetch("SELECT kind, count(*) FROM records WHERE log_index IS NOT NULL GROUP BY kind", [])
        return dict(rows)

    def is_erased(self, record_id: str) -> bool:
        """Whether the content is gone; raises UnknownRecordError when there never was such a record."""
        return self._row(record_id).sealed is None

    def is_forgotten(self, record_id: str) -> bool:
        """Whether the person whose a record was has been erased, and not only this record; raises
        UnknownRecordError.
        """
        return not any(self._row(record_id).wrapped)

    def is_known(self, data_subject: str) -> bool:
        """Whether anything was kept under a pseudonym since it was last erased, or made from their data."""
        tag = owner_tag(self._master, data_subject)
        return bool(self._fetch(_KNOWN, [tag, person_source(tag)]))

    def data_subject(self, record_id: str) -> str:
        """The person whose a record is, also where its own content is gone and something attached is held."""
        row = self._row(record_id)
        return self._master.unwrap(row.wrapped, row.tag).open_name(row.name)

    def attachments(self, record_id: str) -> list[str]:
        """The names of what is still attached to a record."""
        row = self._row(record_id)
        rows = self._fetch(
            "SELECT name FROM payloads WHERE place BETWEEN ? AND ? ORDER BY place",
            [place(row.seq, 1), place(row.seq, 63)],
        )
        return [name for (name,) in rows]

    def attachment(self, record_id: str, name: str) -> bytes | None:
        """The bytes of an attachment; None when there is none of this name, or no longer."""
        row = self._row(record_id)
        if not is_attachment_name(name):
            return None
        found = self._fetch(
            "SELECT place, sealed FROM payloads WHERE place BETWEEN ? AND ? AND name = ?",
            [place(row.seq, 1), place(row.seq, 63), name],
        )
        if not found:
            return None
        key = self._master.unwrap(row.wrapped, row.tag)
        return key.open(found[0][1], row.id, position_of(found[0][0])).payload

    def attached(self, name: str, after: int, up_to: int) -> dict[str, bytes | None]:
        """The attachments of this name of all records behind a position, up to another, by the records' ids.

        In one query, for who follows; None for one longer than 64 KiB, so that a page stays small:
        `attachment` has it.
        """
        rows = self._fetch(_ATTACHED, [_SHORT, place(after, 63) + 1, place(up_to, 63), name])
        keys: dict[bytes, DataKey] = {}
        found: dict[str, bytes | None] = {}
        for record_id, tag, wrapped, where, sealed in rows:
            found[record_id] = None
            if sealed is not None:
                key = keys.get(tag) or keys.setdefault(tag, self._master.unwrap(wrapped, tag))
                found[record_id] = key.open(sealed, record_id, position_of(where)).payload
        return found

    def index(self, record_id: str) -> int:
        """Where the ledger has the record's entry; raises UnknownRecordError."""
        return self._row(record_id).index

    def receipt(self, record_id: str) -> dict[str, Any]:
        """The proof bundle of a record, erased or not, as JSON value: see docs/reference/receipts.md."""
        row = self._row(record_id)
        opening = None if row.sealed is None else self._opening(row, row.sealed, {})
        with self._lock:
            entry, proof = self._ledger.entry(row.index), self._ledger.tlog_proof(row.index)
        return receipt_of(
            Disclosure(row.id if opening else None, opening, entry, proof.decode(), self.vkey), self._attestor
        )

    @property
    def vkey(self) -> str:
        """The log's verifier key."""
        return self._meta("vkey").decode()

    @property
    def ledger(self) -> LedgerReader:
        """The log itself, for its checkpoint, proofs and tiles."""
        return self._ledger

    def close(self) -> None:
        with self._lock, plain_words(self._path):
            self._connection.close()
            self._ledger.close()

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _record(self, row: _Row, keys: dict[bytes, DataKey]) -> Record:
        if row.sealed is None:
            raise ErasedRecordError(
                f"record {row.id} has been erased", cure="its receipt still proves that it was recorded"
            )
        payload = self._opening(row, row.sealed, keys).payload
        return CODEC.decode(payload, keys[row.tag].open_name(row.name))

    def _opening(self, row: _Row, sealed: bytes, keys: dict[bytes, DataKey]) -> Opening:
        if row.tag not in keys:
            keys[row.tag] = self._master.unwrap(row.wrapped, row.tag)
        return keys[row.tag].open(sealed, row.id, 0)

    def _row(self, record_id: str) -> _Row:
        rows = self._select(_ONE, [record_id]) if is_ulid(record_id) else []
        if not rows:
            raise UnknownRecordError(
                f"there is no record {record_id!r}", cure="check the id; ids are 26 characters"
            )
        return rows[0]

    def _select(self, query: str, values: Sequence[object]) -> list[_Row]:
        return [_Row(*row) for row in self._fetch(query, values)]

    def _fetch(self, query: str, values: Sequence[object]) -> list[Any]:
        with self._lock, plain_words(self._path):
            return self._connection.execute(query, values).fetchall()

    def _subject_tag(self, subject: str | None) -> bytes | None:
        return None if subject is None else self._master.tag("subject", subject)

    def _attestor(self, key_id: str) -> bytes:
        return self._meta(f"attestor {key_id}")

    def _meta(self, name: str) -> bytes:
        value: bytes = self._fetch("SELECT value FROM meta WHERE name = ?", [name])[0][0]
        return value


_KNOWN = "SELECT 1 FROM owners WHERE tag = ? UNION SELECT 1 FROM lineage WHERE source = ?"
_ONE = (
    "SELECT seq, id, log_index, tag, wrapped, owners.name, sealed FROM records JOIN owners USING (owner)"
    " LEFT JOIN payloads ON place = seq * 64 WHERE id = ? AND log_index IS NOT NULL"
)
_SHORT = 1 << 16
_ATTACHED = (
    "SELECT id, tag, wrapped, place, CASE WHEN length(payloads.sealed) <= ? THEN payloads.sealed END"
    " FROM payloads JOIN records ON seq = place / 64 JOIN owners USING (owner)"
    " WHERE place BETWEEN ? AND ? AND payloads.name = ?"
)
_FOLLOWING = (
    "SELECT seq, id, log_index, tag, wrapped, owners.name, sealed, kind FROM records"
    " JOIN owners USING (owner) LEFT JOIN payloads ON place = seq * 64 WHERE seq > ? ORDER BY seq LIMIT ?"
)
