"""The tables of evidence, how they are opened, and what the database complains of in plain words."""

from contextlib import AbstractContextManager

from aboveboard import database
from aboveboard.database import Database, Location, Tables
from aboveboard.evidence._errors import StoreError

_FIRST = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE owners (
    owner INTEGER PRIMARY KEY,
    tag BLOB NOT NULL UNIQUE,      -- keyed hash of the data subject's pseudonym
    wrapped BLOB NOT NULL,         -- the data key, under the master key
    name BLOB NOT NULL             -- the pseudonym, under the data key
);
CREATE TABLE records (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    subject BLOB NOT NULL,         -- keyed hash of what the record is about
    time INTEGER NOT NULL,         -- milliseconds since 1970
    owner INTEGER NOT NULL,
    log_index INTEGER              -- empty until the ledger has it
);
CREATE INDEX records_kind ON records (kind, time);
CREATE INDEX records_subject ON records (subject, time);
CREATE INDEX records_time ON records (time);
CREATE INDEX records_owner ON records (owner) WHERE owner <> 1;
CREATE TABLE payloads (
    place INTEGER PRIMARY KEY,     -- seq * 64 + position
    name TEXT NOT NULL,            -- of the attachment, empty for the record itself
    sealed BLOB NOT NULL
);
CREATE TABLE pending (seq INTEGER PRIMARY KEY, entry BLOB NOT NULL);
CREATE TABLE artifacts (
    artifact TEXT PRIMARY KEY, purger TEXT NOT NULL, otherwise TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE lineage (
    source BLOB NOT NULL,          -- an artifact's name, or the keyed hash of a data subject
    artifact TEXT NOT NULL,
    PRIMARY KEY (source, artifact)
) WITHOUT ROWID;
"""

EVIDENCE = Tables(
    name="evidence",
    migrations=(_FIRST,),
    pragmas=("PRAGMA page_size = 8192", "PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON"),
)


def open_for_writing(where: Location) -> Database:
    """The database, made on first use, a file with mode 0600; raises StoreError."""
    with plain_words(where):
        database.make_private(where)
        return database.open_for_writing(where, EVIDENCE)


def open_for_reading(where: Location) -> Database:
    """The database as it is; any number of processes may, while one writes. Raises StoreError."""
    with plain_words(where):
        return database.open_for_reading(where, EVIDENCE)


def is_begun(where: Location) -> bool:
    """Whether there is any evidence; raises StoreError when that cannot be known."""
    with plain_words(where):
        return database.is_there(where, EVIDENCE)


def plain_words(where: Location) -> AbstractContextManager[None]:
    """Turns what the database and the file system complain of into StoreError: what, where, cure."""
    return database.plain_words(where, StoreError, _RESTORE)


_RESTORE = (
    "move it away and restore it from your backup; `aboveboard ledger check` says what the log still proves"
)
