"""The tables of a log."""

from aboveboard.database import Tables

_FIRST = """
    -- `tile` holds full tiles, and above level 0 also the growing last one: id = level * 2^48 + number.
    -- `bundle` holds full entry bundles, `tail` what came after the last full one, a row a batch, so that a
    -- small append does not rewrite its neighbours. `leaf` keeps identical entries from being logged twice.
    CREATE TABLE key (id INTEGER PRIMARY KEY CHECK (id = 1), vkey TEXT NOT NULL);
    CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, note BLOB NOT NULL);
    CREATE TABLE tile (id INTEGER PRIMARY KEY, hashes BLOB NOT NULL);
    CREATE TABLE bundle (id INTEGER PRIMARY KEY, entries BLOB NOT NULL);
    CREATE TABLE tail (start INTEGER PRIMARY KEY, hashes BLOB NOT NULL, entries BLOB NOT NULL);
    CREATE TABLE leaf (hash BLOB PRIMARY KEY, entry INTEGER NOT NULL) WITHOUT ROWID;
"""

LEDGER = Tables(
    name="ledger",
    migrations=(_FIRST,),
    mark=0x41424C47,  # "ABLG"
    # WAL with synchronous=FULL syncs the log file once at each commit, before the commit returns.
    pragmas=(
        "PRAGMA synchronous = FULL",
        "PRAGMA wal_autocheckpoint = 4000",
        "PRAGMA journal_size_limit = 67108864",
        "PRAGMA cache_size = -32768",
        "PRAGMA temp_store = MEMORY",
    ),
    beside="CREATE TABLE cosigned (id INTEGER PRIMARY KEY CHECK (id = 1), note BLOB NOT NULL)",
    patience=10.0,
)
