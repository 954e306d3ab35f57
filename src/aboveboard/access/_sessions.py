"""Sessions of people: begun with a password, ended by time, by hand, or with what they rest on."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from aboveboard.access._errors import LoginError
from aboveboard.access._passwords import Cost, hashed, matches
from aboveboard.access._people import User
from aboveboard.access._store import Store
from aboveboard.access._throttle import Throttle
from aboveboard.values import Clock

IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 8 * 3600
"""OWASP's Session Management Cheat Sheet: 15 to 30 minutes of idling, 4 to 8 hours in all."""

_SEEN_EVERY = 60


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is logged in. `token` is the cookie; `csrf` belongs into each of its forms."""

    user: User
    token: str = field(repr=False)

    @property
    def csrf(self) -> str:
        """Made of the token, from which a page of another origin cannot make it."""
        return hmac.digest(self.token.encode(), b"csrf", "sha256").hex()

    def is_own_form(self, given: str) -> bool:
        """Whether a form was made by a page of this session."""
        return hmac.compare_digest(given.encode(errors="replace"), self.csrf.encode())


class Sessions:
    """Logs people in and out. Only digests of tokens are kept. Hashing takes a third of a second: not for an
    event loop.
    """

    def __init__(self, store: Store, clock: Clock, cost: Cost | None = None) -> None:
        self._store = store
        self._clock = clock
        self._throttle = Throttle(store, clock)
        self._cost = cost or Cost()
        self._nobodys = ""

    def login(self, name: str, password: str, address: str) -> Session:
        """A new session; raises LoginError, the same for an unknown name and a wrong password, after the same
        work, and ThrottledError.
        """
        self._throttle.take(name, address)
        rows = self._store.fetch(_BY_NAME, [name.strip()])
        number, known, roles, created, kept = rows[0] if rows else ("", "", "", "", self._nobody())
        if not matches(password, kept) or not number:
            raise LoginError(
                "name or password is wrong", cure="try again, or ask an admin for a new password"
            )
        self._throttle.succeeded(name, address)
        return self._begun(User(number, known, tuple(roles.split()), created), kept)

    def find(self, token: str) -> Session | None:
        """The session of a cookie; None when it is over, or never was. Keeps it from idling."""
        now, digest = self._now(), _digest(token)
        rows = self._store.fetch(_FOUND, [digest])
        if not rows:
            return None
        number, name, roles, created, opened, seen = rows[0]
        if now >= seen + IDLE_SECONDS or now >= opened + LONGEST_SECONDS:
            self.end(token)
            return None
        if now >= seen + _SEEN_EVERY:
            self._execute("UPDATE sessions SET seen = ? WHERE digest = ?", now, digest)
        return Session(User(number, name, tuple(roles.split()), created), token)

    def end(self, token: str) -> None:
        """Logs out."""
        self._execute("DELETE FROM sessions WHERE digest = ?", _digest(token))

    def _begun(self, user: User, kept: str) -> Session:
        """Kept only if the password is still the one that was given: it may be changed at this moment."""
        token, now = secrets.token_urlsafe(32), self._now()
        with self._store.transaction() as database:
            database.execute("DELETE FROM sessions WHERE opened < ?", (now - LONGEST_SECONDS,))
            values = (_digest(token), now, now, user.id, kept)
            if not database.execute(_BEGIN, values).rowcount:
                raise LoginError("name or password is wrong", cure="the password has just been changed")
        return Session(user, token)

    def _execute(self, statement: str, *values: object) -> None:
        with self._store.transaction() as database:
            database.execute(statement, values)

    def _nobody(self) -> str:
        """A hash that costs as much as anybody's."""
        self._nobodys = self._nobodys or hashed(secrets.token_urlsafe(32), self._cost)
        return self._nobodys

    def _now(self) -> int:
        return int(self._clock.now().timestamp())


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()


_BY_NAME = "SELECT id, name, roles, created, password FROM people WHERE name = ?"
_FOUND = (
    "SELECT people.id, people.name, people.roles, people.created, sessions.opened, sessions.seen"
    " FROM sessions JOIN people ON people.id = sessions.person WHERE sessions.digest = ?"
)
_BEGIN = (
    "INSERT INTO sessions (digest, person, opened, seen)"
    " SELECT ?, id, ?, ? FROM people WHERE id = ? AND password = ?"
)
