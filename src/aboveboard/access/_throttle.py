"""Guessing passwords is made slow: per name, whether there is such a user or not, and per address."""

import hashlib

from aboveboard.access._errors import ThrottledError
from aboveboard.access._store import Store
from aboveboard.database import Database
from aboveboard.values import Clock

FREE = {"name": 5, "address": 20}
"""So many failures cost nothing: people mistype, and many may share one address."""

_LONGEST_WAIT = 900
_FORGOTTEN = 86400


class Throttle:
    """Counts attempts before they are looked at, so that many at once gain nothing; forgets after a day."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def take(self, name: str, address: str) -> None:
        """Counts an attempt; raises ThrottledError, and counts nothing, when it comes too soon."""
        now = int(self._clock.now().timestamp())
        subjects = {"name": name, "address": address}
        with self._store.transaction() as database:
            database.execute("DELETE FROM attempts WHERE last < ?", (now - _FORGOTTEN,))
            wait = max(_wait(database, kind, value, now) for kind, value in subjects.items())
            if wait > 0:
                raise ThrottledError(wait)
            for kind, value in subjects.items():
                database.execute(_COUNT, (_digest(kind, value), now))

    def succeeded(self, name: str, address: str) -> None:
        """A name's failures are forgotten; an address has one attempt back, or one account would free it."""
        with self._store.transaction() as database:
            database.execute("DELETE FROM attempts WHERE subject = ?", (_digest("name", name),))
            database.execute(_TAKE_BACK, (_digest("address", address),))


def _wait(database: Database, kind: str, value: str, now: int) -> int:
    """Seconds until the next attempt is looked at: they double with each failure beyond the free ones."""
    row: tuple[int, int] | None = database.execute(
        "SELECT failures, last FROM attempts WHERE subject = ?", (_digest(kind, value),)
    ).fetchone()
    if row is None or row[0] < FREE[kind]:
        return 0
    pause = min(_LONGEST_WAIT, 1 << min(20, row[0] - FREE[kind]))
    left = row[1] + pause - now
    return min(pause, left)  # a clock that went back makes nobody wait for longer


def _digest(kind: str, value: str) -> bytes:
    text = value.strip().casefold()[:400].encode(errors="replace")
    return hashlib.blake2b(text, digest_size=16, person=kind.encode("ascii")).digest()


_COUNT = (
    "INSERT INTO attempts (subject, failures, last) VALUES (?, 1, ?)"
    " ON CONFLICT (subject) DO UPDATE SET failures = attempts.failures + 1, last = excluded.last"
)
_TAKE_BACK = "UPDATE attempts SET failures = failures - 1 WHERE subject = ?"
