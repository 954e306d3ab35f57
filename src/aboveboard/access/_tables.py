"""The tables of access, and what their database complains of in plain words."""

from aboveboard.database import Tables

_FIRST = """
CREATE TABLE meta (id INTEGER PRIMARY KEY CHECK (id = 1), generation INTEGER NOT NULL);
INSERT INTO meta VALUES (1, 0);
CREATE TABLE tenants (
    id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, created TEXT NOT NULL, changed INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE keys (
    id TEXT PRIMARY KEY, tenant TEXT NOT NULL, label TEXT NOT NULL,
    scopes TEXT NOT NULL, models TEXT NOT NULL,      -- words apart by spaces
    created TEXT NOT NULL, expires TEXT NOT NULL, revoked TEXT NOT NULL,
    digest BLOB NOT NULL,                            -- SHA-256 of the secret
    old_digest BLOB NOT NULL, old_until TEXT NOT NULL,
    changed INTEGER NOT NULL                         -- the generation of its last change
) WITHOUT ROWID;
CREATE INDEX keys_tenant ON keys (tenant, id);
CREATE INDEX keys_changed ON keys (changed);
CREATE TABLE limits (
    holder TEXT NOT NULL, meter TEXT NOT NULL, period TEXT NOT NULL, amount INTEGER NOT NULL,
    PRIMARY KEY (holder, meter, period)
) WITHOUT ROWID;
CREATE TABLE windows (
    holder TEXT NOT NULL, meter TEXT NOT NULL, period TEXT NOT NULL,
    start INTEGER NOT NULL,                          -- seconds since 1970
    taken INTEGER NOT NULL,                          -- by all processes together, spent or not
    PRIMARY KEY (holder, meter, period, start)
) WITHOUT ROWID;
CREATE TABLE spending (
    holder TEXT NOT NULL, day TEXT NOT NULL, requests INTEGER NOT NULL, tokens INTEGER NOT NULL,
    money INTEGER NOT NULL, energy INTEGER NOT NULL,
    PRIMARY KEY (holder, day)
) WITHOUT ROWID;
CREATE TABLE people (
    id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, roles TEXT NOT NULL, password TEXT NOT NULL,
    created TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE sessions (
    digest BLOB PRIMARY KEY, person TEXT NOT NULL, opened INTEGER NOT NULL, seen INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_person ON sessions (person);
CREATE TABLE attempts (
    subject BLOB PRIMARY KEY, failures INTEGER NOT NULL, last INTEGER NOT NULL
) WITHOUT ROWID;
"""

ACCESS = Tables(
    name="access",
    migrations=(_FIRST,),
    pragmas=("PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON"),
)

RESTORE = "move it away and restore it from your backup; without one, make tenants and keys anew"
