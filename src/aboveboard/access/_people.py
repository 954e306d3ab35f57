"""People who work in the console: names, roles, passwords."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from aboveboard.access._acts import Act, Write
from aboveboard.access._errors import AccessInputError, AlreadyThereError, UnknownHolderError
from aboveboard.access._holders import checked_name
from aboveboard.access._passwords import Cost, checked_password, hashed
from aboveboard.access._secrets import make_id
from aboveboard.access._store import Store
from aboveboard.evidence.records import AccessChange
from aboveboard.values import Clock, format_time

ROLES = ("reviewer", "auditor", "admin")
"""What a person may be beside the charter's roles."""

_ROLE = re.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class User:
    """A person as the console knows them. `id` is random: what stands in evidence."""

    id: str
    name: str
    roles: Sequence[str]
    created: str

    @property
    def actor(self) -> str:
        """Who did something, in a record."""
        return f"user:{self.id}"


class People:
    """The users. What changes is an act, as with keys; a removed user's name and password are gone."""

    def __init__(self, store: Store, clock: Clock, cost: Cost | None = None) -> None:
        self._store = store
        self._clock = clock
        self._cost = cost or Cost()

    def all(self) -> Sequence[User]:
        """All of them, by name."""
        return [_user_of(row) for row in self._store.fetch(f"{_USERS} ORDER BY name")]

    def named(self, name: str) -> User:
        """The user of a name; raises UnknownHolderError."""
        rows = self._store.fetch(f"{_USERS} WHERE name = ?", [name.strip()])
        if not rows:
            raise UnknownHolderError(
                f"no user {name[:60]!r}", cure="`aboveboard user list` shows those there are"
            )
        return _user_of(rows[0])

    def draft_user(self, name: str, roles: Iterable[str], password: str, actor: str) -> tuple[User, Act]:
        """A new user; raises AccessInputError, AlreadyThereError."""
        checked = checked_name(name, "name of a user")
        if self._store.fetch("SELECT id FROM people WHERE name = ?", [checked]):
            raise AlreadyThereError("there is a user of this name", cure="choose another name")
        user = User(f"u-{make_id()}", checked, checked_roles(roles), format_time(self._clock.now()))
        kept = hashed(checked_password(password, checked), self._cost)
        values = (user.id, user.name, " ".join(user.roles), kept, user.created)
        change = AccessChange(subject=user.actor, actor=actor, change="user-made", roles=tuple(user.roles))
        return user, Act(change, [(_NEW, values)])

    def draft_roles(self, user: User, roles: Iterable[str], actor: str) -> Act:
        """These roles in the place of a user's; whoever is logged in by the old ones has to log in again."""
        wanted = checked_roles(roles)
        change = AccessChange(subject=user.actor, actor=actor, change="user-roles-set", roles=tuple(wanted))
        write = ("UPDATE people SET roles = ? WHERE id = ?", (" ".join(wanted), user.id))
        return Act(change, [write, _ended(user)])

    def draft_password(self, user: User, password: str, actor: str) -> Act:
        """Another password; every session of the user ends. Raises AccessInputError."""
        kept = hashed(checked_password(password, user.name), self._cost)
        change = AccessChange(subject=user.actor, actor=actor, change="user-password-set")
        write = ("UPDATE people SET password = ? WHERE id = ?", (kept, user.id))
        return Act(change, [write, _ended(user)])

    def draft_removal(self, user: User, actor: str) -> Act:
        """The end of a user: name, password and sessions are deleted."""
        change = AccessChange(subject=user.actor, actor=actor, change="user-removed")
        return Act(change, [("DELETE FROM people WHERE id = ?", (user.id,)), _ended(user)])


def checked_roles(roles: Iterable[str]) -> Sequence[str]:
    """Roles, each once; raises AccessInputError. Whether there is such a role is the caller's to know."""
    given = tuple(dict.fromkeys(roles))
    if not given or not all(_ROLE.fullmatch(role) for role in given):
        raise AccessInputError(
            "not a list of roles", cure=f"give some of {', '.join(ROLES)} or the charter's"
        )
    return given


def _ended(user: User) -> Write:
    return "DELETE FROM sessions WHERE person = ?", (user.id,)


def _user_of(row: Sequence[Any]) -> User:
    number, name, roles, created = row
    return User(number, name, tuple(roles.split()), created)


_USERS = "SELECT id, name, roles, created FROM people"
_NEW = "INSERT INTO people (id, name, roles, password, created) VALUES (?, ?, ?, ?, ?)"
