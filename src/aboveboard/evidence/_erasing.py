"""Destroying payloads so that the files hold them no more."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aboveboard.database import Database
from aboveboard.evidence._database import plain_words
from aboveboard.evidence._lineage import INSERT_EDGE, NO_ARTIFACT, move_edges, thing
from aboveboard.evidence._owners import person_source
from aboveboard.evidence._rows import milliseconds, place
from aboveboard.evidence._store import Store


@dataclass(frozen=True, slots=True)
class Spared:
    """What a sweep leaves alone: people on hold by their keyed hashes, and what others recorded of them."""

    people: Sequence[bytes] = ()
    records: Sequence[str] = ()


_NOBODY = Spared()


@dataclass(frozen=True, slots=True)
class Expired:
    """What a retention rule destroys: records older than a moment, of some kinds (all when empty).

    With `attachments_only` the records stay and what was attached to them goes. `records` names the records
    themselves, where age and kind do not tell: withdrawn consents, a category of incidents. `label` is what
    the rule is called on record.
    """

    older_than: datetime
    kinds: Sequence[str] = ()
    attachments_only: bool = True
    records: Sequence[str] | None = None
    label: str = ""
    spared_kinds: Sequence[str] = ()
    spared_records: Sequence[str] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it names records, and none."""
        return self.records is not None and not self.records

    def condition(self, spared: Spared = _NOBODY) -> tuple[str, list[object]]:
        """SQL over `records` and `payloads`, with its values."""
        clauses, values = ["time < ?"], list[object]([milliseconds(self.older_than)])
        for clause, members in (
            ("kind IN", self.kinds or None),
            ("kind NOT IN", self.spared_kinds or None),
            ("id IN", self.records),
            ("owner NOT IN (SELECT owner FROM owners WHERE tag IN", spared.people or None),
            ("id NOT IN", [*spared.records, *self.spared_records] or None),
        ):
            if members is not None:
                clauses.append(f"{clause} ({', '.join('?' * len(members))}){')' * (clause.count('('))}")
                values += members
        if self.attachments_only:
            clauses.append("place % 64 > 0")
        return " AND ".join(clauses), values


@dataclass(frozen=True, slots=True)
class Doomed:
    """All that goes with a person: their keyed hash, their records, others' records about those.

    `claim` is the source under which the lineage keeps what came from them until it is purged, `outcome` the
    record that says it is: with either there, what is held now came after the erasure.
    """

    tag: bytes
    claim: bytes
    outcome: str = ""
    records: Sequence[str] = ()
    about: Sequence[str] = ()


def destroy_owner(store: Store, doomed: Doomed) -> int:
    """Destroys a data subject's key, pseudonym, salts and payloads; the entries in the log stay.

    In the same transaction the lineage forgets whose offspring it holds and keeps only the claim, by which
    this is done once and never again. Returns how many payloads went. `scrub` has to follow.
    """
    with store.transaction():
        if _is_done(store.connection, doomed):
            return 0
        row = store.connection.execute("SELECT owner FROM owners WHERE tag = ?", (doomed.tag,)).fetchone()
        count = forget_owner(store.connection, row[0]) if row else 0
        count += sum(_empty(store.connection, each) for each in doomed.about)
        _claim_offspring(store.connection, doomed)
    store.forget_keys()
    return count


def destroy_payload(store: Store, record: str, name: str) -> int:
    """Destroys one attachment of a record, or with an empty name its own content; returns how many went."""
    with store.transaction():
        row = store.connection.execute("SELECT seq FROM records WHERE id = ?", (record,)).fetchone()
        if row is None:
            return 0
        cursor = store.connection.execute(
            "DELETE FROM payloads WHERE place BETWEEN ? AND ? AND name = ?",
            (place(row[0], 0), place(row[0], 63), name),
        )
    return cursor.rowcount


def owned(store: Store, tag: bytes) -> list[str]:
    """The ids of a person's records, also of those whose content is gone already."""
    query = "SELECT id FROM records JOIN owners USING (owner) WHERE tag = ?"
    with plain_words(store.path):
        return [row[0] for row in store.connection.execute(query, (tag,)).fetchall()]


def count_owned(store: Store, doomed: Doomed) -> int:
    """How many payloads `destroy_owner` would destroy."""
    with plain_words(store.path):
        owned = store.connection.execute(
            f"SELECT count(*) {_PAYLOADS} JOIN owners USING (owner) WHERE tag = ?", (doomed.tag,)
        ).fetchone()
        others = [
            store.connection.execute(f"SELECT count(*) {_PAYLOADS} WHERE id = ?", (each,)).fetchone()
            for each in doomed.about
        ]
    return sum(int(row[0]) for row in (owned, *others))


def offspring_sources(doomed: Doomed) -> list[bytes]:
    """Under what a person's own data stand in the lineage: the person, and each of their records."""
    records = (*doomed.records, *doomed.about)
    return [person_source(doomed.tag), *(thing(f"record:{each}") for each in records)]


def destroy_expired(store: Store, expired: Expired, spared: Spared = _NOBODY) -> int:
    """Destroys some of what a retention rule names, and returns how many payloads went: 0 when all are gone.

    `scrub` has to follow.
    """
    condition, values = expired.condition(spared)
    some = f"SELECT place {_PAYLOADS} WHERE {condition} LIMIT {_PIECE}"
    with store.transaction():
        cursor = store.connection.execute(f"DELETE FROM payloads WHERE place IN ({some})", values)  # noqa: S608  # fixed clauses
    return cursor.rowcount


def count_expired(store: Store, expired: Expired, spared: Spared = _NOBODY) -> int:
    """How many payloads `destroy_expired` would destroy."""
    condition, values = expired.condition(spared)
    with plain_words(store.path):
        query = f"SELECT count(*) {_PAYLOADS} WHERE {condition}"  # fixed clauses
        count: int = store.connection.execute(query, values).fetchone()[0]
    return count


def expiring(store: Store, expired: Expired, records: Sequence[str], spared: Spared) -> list[str]:
    """Which of these records a retention rule is about to destroy, or to rob of what is attached."""
    condition, values = expired.condition(spared)
    query = f"SELECT DISTINCT id {_PAYLOADS} WHERE id = ? AND {condition}"  # fixed clauses
    with plain_words(store.path):
        rows = [store.connection.execute(query, [each, *values]).fetchone() for each in records]
    return [row[0] for row in rows if row]


_PIECE = 2000
_PAYLOADS = "FROM records JOIN payloads ON place BETWEEN seq * 64 AND seq * 64 + 63"


def _is_done(connection: Database, doomed: Doomed) -> bool:
    claimed = connection.execute("SELECT 1 FROM lineage WHERE source = ? LIMIT 1", (doomed.claim,)).fetchone()
    settled = connection.execute("SELECT 1 FROM records WHERE id = ?", (doomed.outcome,)).fetchone()
    return bool(claimed or settled)


def forget_owner(connection: Database, owner: int) -> int:
    """Destroys an owner's payloads, key and pseudonym, within a transaction; how many payloads went."""
    rows = connection.execute(
        "DELETE FROM payloads WHERE place IN (SELECT place FROM records JOIN payloads"
        " ON place BETWEEN seq * 64 AND seq * 64 + 63 WHERE owner = ?)",
        (owner,),
    )
    connection.execute("UPDATE records SET subject = ? WHERE owner = ?", (b"", owner))
    # Overwritten in place and kept as an empty row: a deleted row makes SQLite move its neighbours, and the
    # bytes they leave behind would outlive a later erasure of those neighbours.
    lengths = connection.execute(
        "SELECT length(wrapped), length(name) FROM owners WHERE owner = ?", (owner,)
    ).fetchone()
    connection.execute(
        "UPDATE owners SET wrapped = ?, name = ?, tag = ? WHERE owner = ?",
        (bytes(lengths[0]), bytes(lengths[1]), os.urandom(32), owner),
    )
    return rows.rowcount


def _empty(connection: Database, record: str) -> int:
    """Destroys the payloads of a record that belongs to nobody but speaks of the person."""
    row = connection.execute("SELECT seq FROM records WHERE id = ?", (record,)).fetchone()
    if row is None:
        return 0
    connection.execute("UPDATE records SET subject = ? WHERE seq = ?", (b"", row[0]))
    return connection.execute(
        "DELETE FROM payloads WHERE place BETWEEN ? AND ?", (place(row[0], 0), place(row[0], 63))
    ).rowcount


def _claim_offspring(connection: Database, doomed: Doomed) -> None:
    """Moves what came from the person under the claim, which is this erasure's alone.

    So it can be purged again after a crash, while the person may already have come back with new data. The
    claim stands there even where nothing came from them: it says that the destruction is done.
    """
    connection.execute(INSERT_EDGE, (doomed.claim, NO_ARTIFACT))
    for source in offspring_sources(doomed):
        move_edges(connection, source, doomed.claim)


def scrub(store: Store) -> tuple[str, ...]:
    """Makes what was destroyed unreadable in the database's files too; returns where old copies remain."""
    with plain_words(store.path):
        return store.connection.scrub("owners", "records", "payloads", "lineage", "artifacts")
