"""How far the record has been read, and what came of it: read again after a crash, nothing counts twice."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from aboveboard.database import Database, Location, SharedDatabase, Tables
from aboveboard.errors import AboveboardError
from aboveboard.evidence import CODEC
from aboveboard.evidence.records import Record
from aboveboard.monitoring._errors import MonitoringStoreError

_FIRST = """
CREATE TABLE folds (
    watch TEXT PRIMARY KEY,        -- digest of what is watched: the terms and the model
    position INTEGER NOT NULL,     -- how far the evidence has been read
    state BLOB NOT NULL            -- JSON: sufficient statistics, no words and no names
) WITHOUT ROWID;
CREATE TABLE outcomes (
    id TEXT PRIMARY KEY, record BLOB NOT NULL, state TEXT NOT NULL, due INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX outcomes_due ON outcomes (state, due);
CREATE TABLE probes (
    decision TEXT PRIMARY KEY, state TEXT NOT NULL, day INTEGER NOT NULL, due INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX probes_due ON probes (state, day, due);
"""
_PRUNED = """
ALTER TABLE folds ADD COLUMN day INTEGER NOT NULL DEFAULT 0;  -- of its last step; 0: not known
DELETE FROM outcomes WHERE state = 'done';
"""
TABLES = Tables(
    name="monitoring",
    migrations=(_FIRST, _PRUNED),
    pragmas=("PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON"),
)
WAITING, TAKEN, DONE = "waiting", "taken", "done"
_RESTORE = "move it away: what is watched then begins anew, and alarms on record stand"
_PATIENCE = 60_000  # milliseconds until what another process took is taken from it
_DAY = 86_400_000
_UNWATCHED_DAYS = 90  # after that a watch begins anew


@dataclass(frozen=True, slots=True)
class Fold:
    """A watch's state, and the position in the evidence up to which it has read."""

    position: int
    state: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """What reading on has come to: by watch, its position before and its fold now; records to be made; and
    the decisions after which a probe is to be asked.
    """

    folds: Mapping[str, tuple[int, Fold]]
    outcomes: Sequence[Record] = ()
    probes: Sequence[str] = ()


class MonitoringStore:
    """The state of one or several monitors. Safe to share between threads and gateways.

    It may be lost: what is watched then begins anew, and alarms on record stand.
    """

    def __init__(self, tables: SharedDatabase) -> None:
        self._tables = tables

    @classmethod
    def open(cls, where: Location) -> "MonitoringStore":
        """Opens the store (`<state>/monitoring.db`, or a schema of PostgreSQL), made on first use; raises
        MonitoringStoreError.
        """
        return cls(SharedDatabase(where, TABLES, MonitoringStoreError, _RESTORE))

    def fold(self, watch: str, begin: int, state: Mapping[str, Any]) -> Fold:
        """How far a watch is; one that is new begins at a position, for everybody."""
        insert = "INSERT INTO folds (watch, position, state) VALUES (?, ?, ?) ON CONFLICT (watch) DO NOTHING"
        self._tables.execute(insert, (watch, begin, _bytes(state)))
        query = "SELECT position, state FROM folds WHERE watch = ?"
        ((position, content),) = self._tables.fetch(query, (watch,))
        return Fold(position, json.loads(bytes(content)))

    def advance(self, step: Step, now: int) -> bool:
        """Keeps a step, all of it or nothing; false when another process has read on meanwhile.

        What nobody has watched for 90 days is forgotten: charters and models change.
        """
        with self._transaction() as tables:
            for watch, (before, fold) in step.folds.items():
                given = (fold.position, _bytes(fold.state), now // _DAY, watch, before)
                if tables.execute(_ADVANCE, given).rowcount != 1:
                    raise _OvertakenError
            tables.execute("UPDATE folds SET day = ? WHERE day = 0", (now // _DAY,))
            tables.execute("DELETE FROM folds WHERE day < ?", (now // _DAY - _UNWATCHED_DAYS,))
            for record in step.outcomes:
                tables.execute(_OUTCOME, (record.id, CODEC.encode(record), WAITING, now))
            for decision in step.probes:
                tables.execute(_PROBE, (decision, WAITING, now // _DAY, now))
            return True
        return False

    def take_outcomes(self, now: int, most: int = 20) -> list[Record]:
        """Takes what is to be recorded and told, for this process alone until it takes too long."""
        query = "SELECT id, record, due FROM outcomes WHERE due <= ? ORDER BY due, id LIMIT ?"
        found = []
        for number, content, due in self._tables.fetch(query, (now, most)):
            taken = "UPDATE outcomes SET state = ?, due = ? WHERE id = ? AND due = ?"
            if self._tables.execute(taken, (TAKEN, now + _PATIENCE, number, due)):
                found.append(CODEC.decode(bytes(content)))
        return found

    def settle_outcome(self, record_id: str) -> None:
        """Forgets what is recorded and told."""
        self._tables.execute("DELETE FROM outcomes WHERE id = ?", (record_id,))

    def take_probe(self, now: int, most_per_day: int) -> str | None:
        """Takes a decision to probe after, while the day's probes are not used up; None when there is none.

        What waited for more than a day is let go.
        """
        with self._transaction() as tables:
            self._tidy(tables, now)
            asked = tables.execute(_ASKED, (now // _DAY, WAITING)).fetchone()[0]
            row = tables.execute(_NEXT, (WAITING, TAKEN, now)).fetchone()
            if row is None or (row[1] == WAITING and asked >= most_per_day):
                return None
            given = (TAKEN, now // _DAY, now + _PATIENCE, row[0])
            tables.execute("UPDATE probes SET state = ?, day = ?, due = ? WHERE decision = ?", given)
            return str(row[0])
        return None

    def settle_probe(self, decision: str) -> None:
        """Writes down that it was asked, and that the answers are on record."""
        self._tables.execute("UPDATE probes SET state = ? WHERE decision = ?", (DONE, decision))

    def probes(self, now: int) -> dict[str, int]:
        """How many probes of today there are, by state."""
        query = "SELECT state, count(*) FROM probes WHERE day = ? GROUP BY state"
        return dict(self._tables.fetch(query, (now // _DAY,)))

    def close(self) -> None:
        self._tables.close()

    def __enter__(self) -> "MonitoringStore":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _tidy(self, tables: Database, now: int) -> None:
        tables.execute("DELETE FROM probes WHERE day < ? AND state <> ?", (now // _DAY - 1, TAKEN))

    @contextmanager
    def _transaction(self) -> Iterator[Database]:
        """All of it or nothing; nothing, without a word, when another process was quicker."""
        with suppress(_OvertakenError), self._tables.transaction() as tables:
            yield tables


class _OvertakenError(AboveboardError):
    """Another process has read on."""

    def __init__(self) -> None:
        super().__init__("another process has read on")


_ADVANCE = "UPDATE folds SET position = ?, state = ?, day = ? WHERE watch = ? AND position = ?"
_OUTCOME = "INSERT INTO outcomes VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"
_PROBE = "INSERT INTO probes VALUES (?, ?, ?, ?) ON CONFLICT (decision) DO NOTHING"
_ASKED = "SELECT count(*) FROM probes WHERE day = ? AND state <> ?"
_NEXT = (
    "SELECT decision, state FROM probes WHERE state = ? OR (state = ? AND due <= ?)"
    " ORDER BY due, decision LIMIT 1"
)


def _bytes(state: Mapping[str, Any]) -> bytes:
    """JSON writes every float so that it is read as the same one."""
    return json.dumps(state, separators=(",", ":"), allow_nan=False).encode()
