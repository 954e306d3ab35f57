"""How a database is opened for reading, also on a file system that takes no writes."""

import os
from pathlib import Path
from urllib.parse import quote


def address_for_reading(path: Path) -> str:
    """SQLite's URI of a database that is only read.

    In WAL mode even a reader makes a scratch file beside it, `-shm`. Where that cannot be, SQLite takes the
    file for one that never changes (sqlite.org/c3ref/open.html#coreuriqueryparameters, `immutable`). It then
    reads no write-ahead log either, so only where there is none, nor a sign of a writer elsewhere.
    """
    real = path.resolve()
    address = f"file:{quote(str(real))}?mode=ro"
    return f"{address}&immutable=1" if _takes_no_writes(real.parent) and _is_complete(real) else address


def _takes_no_writes(folder: Path) -> bool:
    """Whether the file system itself is mounted read-only: then nobody writes, whatever the permissions."""
    try:
        return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def _is_complete(database: Path) -> bool:
    """Whether all that was committed is in the database itself, and no writer holds it open elsewhere."""
    log = database.with_name(database.name + "-wal")
    scratch = database.with_name(database.name + "-shm")
    try:
        return not scratch.exists() and not (log.exists() and log.stat().st_size)
    except OSError:
        return False
