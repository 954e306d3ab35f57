"""The rows of cases: keeping, finding, forgetting and deleting them."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Self

from aboveboard.cases._case import Case, CaseKind, CaseStatus
from aboveboard.cases._errors import UnknownCaseError
from aboveboard.cases._table import COLUMNS, case_of, open_table
from aboveboard.database import Location, SharedDatabase
from aboveboard.values import Clock, SystemClock, is_ulid

_ALL = 2**62


class Register:
    """The cases of one state directory. Safe to share between threads."""

    def __init__(self, tables: SharedDatabase, clock: Clock) -> None:
        self._tables = tables
        self._clock = clock

    @classmethod
    def open(cls, where: Location, clock: Clock | None = None) -> Self:
        """Opens the cases (`<state>/cases.db`, or a schema of PostgreSQL), made on first use; raises
        CaseStoreError.
        """
        return cls(open_table(where), clock or SystemClock())

    def add(self, case: Case) -> Case:
        """Keeps a case that was drafted, once its record is in the evidence.

        One that `finish` has opened meanwhile, for a gateway that it took for dead, gets the new reference:
        nobody was told the other.
        """
        reference = secrets.token_urlsafe(18)
        row = tuple(str(getattr(case, column)) for column in COLUMNS.split(", "))
        marks = ", ".join("?" * (len(row) + 1))
        known = "ON CONFLICT (id) DO UPDATE SET reference = excluded.reference"
        statement = f"INSERT INTO cases ({COLUMNS}, reference) VALUES ({marks}) {known}"  # noqa: S608  # constants
        self._tables.execute(statement, (*row, _digest(reference)))
        return replace(case, reference=reference)

    def get(self, case_id: str) -> Case:
        """The case of this id; raises UnknownCaseError."""
        return self._one("id = ?", case_id if is_ulid(case_id) else "", "id")

    def by_reference(self, reference: str) -> Case:
        """The case of a reference given to a person when it was opened; raises UnknownCaseError."""
        return self._one("reference = ?", _digest(reference), "reference")

    def list(
        self,
        kind: CaseKind | str | None = None,
        status: CaseStatus | str | None = None,
        *,
        limit: int | None = 200,
        skip: int = 0,
        newest_first: bool = False,
    ) -> Sequence[Case]:
        """Cases of a kind and status, the soonest due first, or the newest; all of them for a limit of None,
        and none of the first `skip`.
        """
        wanted: dict[str, str | None] = {"kind = ?": kind, "status = ?": status}
        given = {clause: str(value) for clause, value in wanted.items() if value is not None}
        where = " AND ".join(given) or "TRUE"
        order = "id DESC" if newest_first else "due, id"
        query = f"SELECT {COLUMNS} FROM cases WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?"  # noqa: S608  # fixed clauses
        most = _ALL if limit is None else max(0, limit)
        return [case_of(row) for row in self._tables.fetch(query, [*given.values(), most, max(0, skip)])]

    def overdue(self, kind: CaseKind, now: str) -> Sequence[Case]:
        """The open cases of a kind that were due before a moment (RFC 3339), the oldest first."""
        where = "kind = ? AND status = 'open' AND due < ?"
        query = f"SELECT {COLUMNS} FROM cases WHERE {where} ORDER BY due, id"  # noqa: S608  # fixed clauses
        return [case_of(row) for row in self._tables.fetch(query, [str(kind), now])]

    def now(self) -> datetime:
        """The moment, by the clock of these cases."""
        return self._clock.now()

    def decisions(self) -> Sequence[str]:
        """Every decision that a case is about."""
        rows = self._tables.fetch("SELECT DISTINCT decision FROM cases WHERE decision <> ''", [])
        return [decision for (decision,) in rows]

    def of_records(self, records: Collection[str]) -> Sequence[str]:
        """The ids of the cases that these records opened, or that are about one of them."""
        wanted = set(records)
        rows = self._tables.fetch("SELECT id, record, decision FROM cases ORDER BY id", [])
        return [case for case, *about in rows if not wanted.isdisjoint(about)]

    def counts(self) -> dict[tuple[str, str], int]:
        """How many cases there are, by kind and status."""
        rows = self._tables.fetch("SELECT kind, status, count(*) FROM cases GROUP BY kind, status", [])
        return {(kind, status): int(count) for kind, status, count in rows}

    def waiting_about(self, decision: str) -> int:
        """How many cases about the answer of a decision are open."""
        query = "SELECT count(*) FROM cases WHERE decision = ? AND status = 'open'"
        return int(self._tables.fetch(query, [decision])[0][0])

    def about(self, decision: str, kind: CaseKind) -> Case | None:
        """The first case of a kind about the answer of a decision; None where there is none."""
        query = f"SELECT {COLUMNS} FROM cases WHERE decision = ? AND kind = ? ORDER BY id LIMIT 1"  # noqa: S608  # fixed clauses
        found = self._tables.fetch(query, [decision, str(kind)])
        return case_of(found[0]) if found else None

    def waiting(self, kind: CaseKind) -> int:
        """How many cases of a kind are open."""
        query = "SELECT count(*) FROM cases WHERE status = 'open' AND kind = ?"
        return int(self._tables.fetch(query, [str(kind)])[0][0])

    def forget(self, actor: str) -> int:
        """Replaces an actor that is a person's pseudonym, when they are erased; returns how many cases had
        it.
        """
        return self._forgotten("UPDATE cases SET actor = 'erased' WHERE actor = ?", actor)

    def forget_decision(self, decision: str) -> int:
        """Empties the cases about a decision that has been erased; returns how many there were."""
        return self._forgotten(
            "UPDATE cases SET decision = '', category = 'erased', actor = 'erased' WHERE decision = ?",
            decision,
        )

    def purge(self, before: str, spared: Collection[str] = ()) -> int:
        """Deletes decided cases opened before a moment (RFC 3339); returns how many. Open ones stay, and so
        do the `spared`, by id.
        """
        if not spared:
            return self._forgotten("DELETE FROM cases WHERE status = 'decided' AND opened < ?", before)
        rows = self._tables.fetch("SELECT id FROM cases WHERE status = 'decided' AND opened < ?", [before])
        going = [each for (each,) in rows if each not in spared]
        return sum(self._forgotten("DELETE FROM cases WHERE id = ?", each) for each in going)

    def check_writable(self) -> None:
        """Raises CaseStoreError where nothing can be written: the server only reads, a right is gone."""
        with self._tables.held() as connection:
            connection.begin()
            try:
                connection.execute("UPDATE cases SET id = id WHERE id = ''")
            finally:
                connection.rollback()

    def close(self) -> None:
        self._tables.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _one(self, condition: str, value: object, what: str) -> Case:
        rows = self._tables.fetch(f"SELECT {COLUMNS} FROM cases WHERE {condition}", [value])  # noqa: S608  # fixed clauses
        if not rows:
            raise UnknownCaseError(f"no case has this {what}", cure=f"check the {what}; it is case-sensitive")
        return case_of(rows[0])

    def _forgotten(self, statement: str, value: str) -> int:
        """How many rows a statement changed, whose old content is then out of the database's files too."""
        changed = self._tables.execute(statement, (value,))
        if changed:
            self._tables.scrub("cases")
        return changed


def _digest(reference: str) -> bytes:
    return hashlib.sha256(reference.encode(errors="replace")).digest()
