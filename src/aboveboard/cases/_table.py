"""The one table of cases, and what its database complains of in plain words."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

from aboveboard import database
from aboveboard.cases._case import Case, CaseKind, CaseStatus
from aboveboard.cases._errors import CaseStoreError
from aboveboard.database import Database, Location, Tables

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

CASES = Tables(
    name="cases",
    migrations=(_FIRST, _HOLDS),
    pragmas=("PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON"),
)
COLUMNS = (
    "id, kind, category, status, opened, due, role, decision, actor, record, outcome, review, "
    "tenant, on_timeout"
)


def open_table(where: Location) -> Database:
    """The database, made on first use, a file with mode 0600; raises CaseStoreError."""
    with plain_words(where):
        database.make_private(where)
        opened = database.open_for_writing(where, CASES)
        # A few thousand short rows at most, so looking at all of them is quick.
        if opened.is_sound():
            return opened
        opened.close()
        raise CaseStoreError("the database is damaged", where=str(where), cure=_RESTORE)


def case_of(row: Sequence[str]) -> Case:
    """The case of a row of COLUMNS."""
    number, kind, category, status, *rest = row
    return Case(number, CaseKind(kind), category, CaseStatus(status), *rest)


def plain_words(where: Location) -> AbstractContextManager[None]:
    """Turns what the database and the file system complain of into CaseStoreError."""
    return database.plain_words(where, CaseStoreError, _RESTORE)


_RESTORE = "move it away and restore it from your backup; the cases' records are still in the evidence"
