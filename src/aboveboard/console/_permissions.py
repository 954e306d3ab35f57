"""Who may what in the console: the one table, of roles and permissions."""

from collections.abc import Iterable
from enum import StrEnum


class Permission(StrEnum):
    """What a page shows or does. Each route names the one that it needs."""

    LOOK = "look"
    """Promises, runs, records, the ledger's explorer: evidence, without anybody's words."""
    QUEUE = "queue"
    """Which cases wait, for whom and until when: no words either."""
    READ = "read"
    """What was asked and answered in a case of one's own role, masked; in full once that is on record."""
    READ_ALL = "read-all"
    """The same in cases of every role."""
    DECIDE = "decide"
    """Cases of one's own role."""
    SEE_KEYS = "see-keys"
    """Tenants, keys without their secrets, limits, usage."""
    CHANGE_KEYS = "change-keys"
    SEE_PEOPLE = "see-people"
    """Who works in the console, and as what."""
    CHANGE_PEOPLE = "change-people"
    ACCOUNT = "account"
    """One's own: another password, logging out."""


P = Permission

GRANTS = {
    "reviewer": frozenset({P.ACCOUNT, P.LOOK, P.QUEUE, P.READ, P.DECIDE}),
    "auditor": frozenset({P.ACCOUNT, P.LOOK, P.QUEUE, P.READ, P.READ_ALL, P.SEE_KEYS, P.SEE_PEOPLE}),
    "admin": frozenset({P.ACCOUNT, P.LOOK, P.SEE_KEYS, P.CHANGE_KEYS, P.SEE_PEOPLE, P.CHANGE_PEOPLE}),
}
"""What each role of the console may. A person of several roles may what any of them may."""

OF_THE_CHARTER = GRANTS["reviewer"]
"""What a role of the charter may, such as `clinician`: the same as a reviewer, in cases of that role."""

ANYBODY = frozenset({P.LOOK, P.QUEUE})
"""What whoever is on the machine may where the charter asks nobody to log in."""


def granted(roles: Iterable[str]) -> frozenset[Permission]:
    """All that a person of these roles may."""
    return frozenset().union(*(granted_to(role) for role in roles))


def granted_to(role: str) -> frozenset[Permission]:
    """What one role may."""
    return GRANTS.get(role, OF_THE_CHARTER)


def roles_with(permission: Permission) -> tuple[str, ...]:
    """The roles of the console that may something, to say whom to ask."""
    return tuple(role for role, found in GRANTS.items() if permission in found)
