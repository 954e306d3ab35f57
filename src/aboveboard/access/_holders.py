"""Tenants and their keys, as they are known here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from aboveboard.access._errors import AccessInputError
from aboveboard.access._limits import Limit
from aboveboard.errors import suggest

SCOPES = ("answer", "read", "metrics", "admin")
"""`answer`: ask models; `read`: receipts; `metrics`; `admin`: tenants and keys."""

_MOST_WORDS = 256
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Tenant:
    """Whoever answers for a number of keys. Times are RFC 3339."""

    id: str
    name: str
    created: str

    @property
    def holder(self) -> str:
        """Whose limits these are."""
        return f"tenant:{self.id}"


@dataclass(frozen=True, slots=True)
class Key:
    """A key as anybody may see it: without its secret. `models` empty: all; `expires`, `revoked`,
    `old_until` empty: not.
    """

    id: str
    tenant: str
    label: str
    scopes: Sequence[str]
    models: Sequence[str]
    created: str
    expires: str = ""
    revoked: str = ""
    old_until: str = ""

    @property
    def holder(self) -> str:
        """Whose limits these are."""
        return f"key:{self.id}"

    def status(self, now: str) -> str:
        """`live`, `expired` or `revoked` at a moment."""
        if self.revoked:
            return "revoked"
        return "expired" if self.expires and self.expires <= now else "live"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a verified request comes from. `limits`: each with whose it is, the key's and its tenant's;
    `meters`: what any of them counts.
    """

    key: str
    tenant: str
    scopes: frozenset[str]
    models: frozenset[str]
    limits: tuple[tuple[str, Limit], ...] = ()
    meters: frozenset[str] = frozenset()

    def may_ask(self, model: str) -> bool:
        """Whether the key may use a model of that id."""
        return not self.models or model in self.models


KEY_COLUMNS = "id, tenant, label, scopes, models, created, expires, revoked, old_until"
TENANT_COLUMNS = "id, name, created"


def key_of(row: Sequence[Any]) -> Key:
    """The key of a row of KEY_COLUMNS."""
    number, tenant, label, scopes, models, *times = row
    return Key(number, tenant, label, tuple(scopes.split()), tuple(models.split()), *times)


def checked_name(text: str, what: str) -> str:
    """A name or label on one line; raises AccessInputError."""
    name = text.strip()
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise AccessInputError(
            f"not a {what}: {name[:40]!r}", cure=f"write 1 to {_LONGEST} printable characters on one line"
        )
    return name


def checked_scopes(scopes: Iterable[str]) -> Sequence[str]:
    """Scopes, each once; raises AccessInputError."""
    given = tuple(dict.fromkeys(scopes))
    for scope in given:
        if scope not in SCOPES:
            raise AccessInputError(f"unknown scope {scope[:40]!r}", cure=suggest(scope[:40], SCOPES))
    if not given:
        raise AccessInputError(
            "a key without a scope opens nothing", cure=f"give some of {', '.join(SCOPES)}"
        )
    return given


def checked_models(models: Iterable[str]) -> Sequence[str]:
    """Ids of models, each once; raises AccessInputError."""
    given = tuple(dict.fromkeys(models))
    flawed = [each for each in given if not each or len(each) > _LONGEST or each.split() != [each]]
    if flawed or len(given) > _MOST_WORDS:
        raise AccessInputError(
            "not a list of models", cure="write ids of the charter's models, without spaces"
        )
    return given
