"""The tables of the ladder, and what their database complains of in plain words."""

from aboveboard.database import Tables

_FIRST = """
CREATE TABLE meta (id INTEGER PRIMARY KEY CHECK (id = 1), generation INTEGER NOT NULL);
INSERT INTO meta VALUES (1, 0);
CREATE TABLE ladder (
    holder TEXT PRIMARY KEY, rung INTEGER NOT NULL, signal TEXT NOT NULL,
    since INTEGER NOT NULL, until INTEGER NOT NULL,      -- seconds since 1970
    step TEXT NOT NULL, appeal TEXT NOT NULL             -- a record, a case
) WITHOUT ROWID;
CREATE TABLE against (
    holder TEXT NOT NULL, signal TEXT NOT NULL,
    weight INTEGER NOT NULL,                             -- a logarithm, in millionths
    observations INTEGER NOT NULL, hits INTEGER NOT NULL, seen INTEGER NOT NULL,
    PRIMARY KEY (holder, signal)
) WITHOUT ROWID;
CREATE INDEX against_seen ON against (seen);
CREATE TABLE volume (
    holder TEXT PRIMARY KEY, minute INTEGER NOT NULL, requests INTEGER NOT NULL,
    is_hit INTEGER NOT NULL, peak INTEGER NOT NULL,
    history TEXT NOT NULL                                -- requests of the busiest minutes, no times
) WITHOUT ROWID;
CREATE INDEX volume_minute ON volume (minute);
"""

MISUSE = Tables(name="misuse", migrations=(_FIRST,), pragmas=("PRAGMA secure_delete = ON",))
ALL = ("ladder", "against", "volume")
RESTORE = "move it away: what was observed is learnt anew"
