"""The keys that a gateway has at hand: verified without asking the database."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from aboveboard.access._errors import AccessStoreError, StaleError
from aboveboard.access._holders import Caller
from aboveboard.access._limits import FOREVER, Limit
from aboveboard.access._secrets import NOBODY, digest_of, is_one_of, taken_apart
from aboveboard.access._store import Store
from aboveboard.values import Clock, parse_time

STALE_SECONDS = 2.0
"""Nobody is let in on older knowledge than this: that is how soon a revocation holds everywhere."""

_STRANGER = Caller("", "", frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is known of one key. Moments are in seconds since 1970."""

    caller: Caller
    digest: bytes = field(repr=False)
    old_digest: bytes = field(repr=False)
    old_until: float
    ends: float

    def known(self, now: float) -> tuple[bytes, bytes]:
        """The digests that open at a moment: always two."""
        if now >= self.ends:
            return NOBODY, NOBODY
        return self.digest, self.old_digest if now < self.old_until else NOBODY


_NO_ENTRY = _Entry(_STRANGER, NOBODY, NOBODY, 0.0, 0.0)


class Keyring:
    """The keys that have not ended, by public id, brought up to date by what has changed since. Safe to share
    between threads.

    A known and an unknown id take the same steps: one look-up, one digest, two comparisons.
    """

    def __init__(self, store: Store, clock: Clock, ticks: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._clock = clock
        self._ticks = ticks
        self._entries: dict[str, _Entry] = {}
        self._generation = -1
        self._read = -FOREVER
        self._lock = threading.Lock()

    @property
    def is_stale(self) -> bool:
        """Whether what is known here is too old to let anybody in: refresh first."""
        return self._ticks() - self._read > STALE_SECONDS

    def verify(self, text: str) -> Caller | None:
        """Who holds a key that is valid now; None for anything else, whatever is wrong with it."""
        parts = taken_apart(text)
        if parts is None:
            return None
        entry = self._entries.get(parts[0], _NO_ENTRY)
        known = entry.known(self._clock.now().timestamp())
        return entry.caller if is_one_of(digest_of(parts[1]), known) else None

    def knows(self, key: str) -> bool:
        """Whether a key, by its public id, is one that may still be good for something."""
        return key in self._entries

    def refresh(self, *, even_if_fresh: bool = True) -> None:
        """Reads what has changed since; raises StaleError when it cannot and what is known is too old.

        Of many who come because it is stale (`even_if_fresh` False) the first reads, and the others wait for
        that and go on.
        """
        try:
            with self._lock:
                if even_if_fresh or self.is_stale:
                    began = self._ticks()
                    self._catch_up()
                    self._read = began
        except AccessStoreError as error:
            if self.is_stale:
                raise StaleError("it cannot be read who may come in", cure=error.cure) from error

    def _catch_up(self) -> None:
        ((generation,),) = self._store.fetch("SELECT generation FROM meta")
        if generation == self._generation:
            return
        rows = self._store.fetch(_CHANGED, [self._generation, self._generation])
        limits = _by_holder(self._store.fetch("SELECT holder, meter, period, amount FROM limits"))
        entries = self._entries | {row[0]: _entry_of(row, limits) for row in rows}
        now = self._clock.now().timestamp()
        self._entries = {key: entry for key, entry in entries.items() if now < entry.ends}
        self._generation = generation


def _by_holder(rows: Iterable[Any]) -> dict[str, list[tuple[str, Limit]]]:
    found: dict[str, list[tuple[str, Limit]]] = {}
    for holder, *limit in rows:
        found.setdefault(holder, []).append((holder, Limit(*limit)))
    return found


def _entry_of(row: Any, limits: dict[str, list[tuple[str, Limit]]]) -> _Entry:
    number, tenant, scopes, models, expires, revoked, digest, old_digest, old_until = row
    both = (*limits.get(f"key:{number}", ()), *limits.get(f"tenant:{tenant}", ()))
    meters = frozenset(limit.meter for _, limit in both)
    caller = Caller(number, tenant, frozenset(scopes.split()), frozenset(models.split()), both, meters)
    ends = -FOREVER if revoked else _seconds(expires, FOREVER)
    return _Entry(caller, bytes(digest), bytes(old_digest) or NOBODY, _seconds(old_until, 0.0), ends)


def _seconds(moment: str, otherwise: float) -> float:
    return parse_time(moment).timestamp() if moment else otherwise


_CHANGED = (
    "SELECT id, tenant, scopes, models, expires, revoked, digest, old_digest, old_until FROM keys"
    " WHERE changed > ? OR tenant IN (SELECT id FROM tenants WHERE changed > ?)"
)
