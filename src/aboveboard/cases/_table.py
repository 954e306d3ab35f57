"""The one table of cases, and what its database complains of in plain words."""

from collections.abc import Sequence

from aboveboard.cases._case import Case, CaseKind, CaseStatus
from aboveboard.cases._errors import CaseStoreError
from aboveboard.database import Location, SharedDatabase, Tables

_FIRST = """
CREATE TABLE cases (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, category TEXT NOT NULL, status TEXT NOT NULL,
    opened TEXT NOT NULL, due TEXT NOT NULL, role TEXT NOT NULL, decision TEXT NOT NULL,
    actor TEXT NOT NULL, record TEXT NOT NULL, outcome TEXT NOT NULL, review TEXT NOT NULL,
    reference BLOB NOT NULL UNIQUE     -- its SHA-256
) WITHOUT ROWID;
CREATE INDEX cases_status ON cases (status, due, id);
CREATE INDEX cases_decision ON cases (decision);
"""

_HOLDS = """
ALTER TABLE cases ADD COLUMN tenant TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN on_timeout TEXT NOT NULL DEFAULT '';
"""

_DECIDED = "ALTER TABLE cases ADD COLUMN decided TEXT NOT NULL DEFAULT ''"

CASES = Tables(
    name="cases",
    migrations=(_FIRST, _HOLDS, _DECIDED),
    pragmas=("PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON"),
)
COLUMNS = (
    "id, kind, category, status, opened, due, role, decision, actor, record, outcome, review, "
    "tenant, on_timeout, decided"
)


def open_table(where: Location) -> SharedDatabase:
    """The database, made on first use, a file with mode 0600; raises CaseStoreError."""
    opened = SharedDatabase(where, CASES, CaseStoreError, _RESTORE)
    with opened.held() as connection:
        # A few thousand short rows at most, so looking at all of them is quick.
        if connection.is_sound():
            return opened
    opened.close()
    raise CaseStoreError("the database is damaged", where=str(where), cure=_RESTORE)


def case_of(row: Sequence[str]) -> Case:
    """The case of a row of COLUMNS."""
    number, kind, category, status, *rest = row
    return Case(number, CaseKind(kind), category, CaseStatus(status), *rest)


_RESTORE = "move it away and restore it from your backup; the cases' records are still in the evidence"
