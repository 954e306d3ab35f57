"""Somebody was given access, or lost it."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from aboveboard.evidence.records._record import Record

Change = Literal[
    "tenant-made",
    "key-made",
    "key-rotated",
    "key-revoked",
    "limits-set",
    "user-made",
    "user-roles-set",
    "user-password-set",
    "user-removed",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessChange(Record):
    """One administrative act. `subject` is `tenant:…`, `key:…` (the public id) or `user:…` (a random id).

    It holds no secret, no name of a person, and no label that somebody wrote. `limits` are such as
    `tokens/day=100000`; `until` (RFC 3339) is when a key expires, or when its old secret does.
    """

    kind: ClassVar[str] = "access-change"

    change: Change
    tenant: str = ""
    scopes: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    until: str = ""
