"""Ledger and evidence belong together: neither may be lost, or taken from another backup, in silence."""

from aboveboard.evidence._database import plain_words
from aboveboard.evidence._errors import StoreError
from aboveboard.evidence._store import Store
from aboveboard.ledger import LedgerReader

_RESTORE = "restore it from your backup; to begin anew, name another state directory"


# Several processes take their places in turns, so the newest record need not have the highest place.
_HIGHEST = (
    "SELECT max(log_index) FROM"
    " (SELECT log_index FROM records WHERE log_index IS NOT NULL ORDER BY seq DESC LIMIT 4096) AS newest"
)


def check_agreement(store: Store, ledger: LedgerReader) -> None:
    """Raises StoreError when one of the two knows what the other has lost.

    A new log under the old key would be a fork of what was shown to others, and unprovable receipts.
    """
    before = ledger.size()
    last = _last_index(store)
    if last is None and before:
        raise StoreError(f"empty, but the ledger has {before} entries", where=str(store.path), cure=_RESTORE)
    size = ledger.size()
    if last is not None and last >= size:
        raise StoreError(
            f"{size} entries, but the evidence knows of entry {last}",
            where=str(ledger.path),
            cure=_RESTORE,
        )


def _last_index(store: Store) -> int | None:
    """The highest index in the log; -1 when none has one yet, None without records."""
    with plain_words(store.path):
        row = store.connection.execute("SELECT log_index FROM records ORDER BY seq DESC LIMIT 1").fetchone()
        if row is None:
            return None
        placed = store.connection.execute(_HIGHEST).fetchone()
    return -1 if placed[0] is None else int(placed[0])
