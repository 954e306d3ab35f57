"""The register of tenants and keys: looked at freely, changed by acts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aboveboard.access._acts import Act, Write
from aboveboard.access._errors import AccessInputError, AlreadyThereError, OvertakenError, UnknownHolderError
from aboveboard.access._holders import (
    KEY_COLUMNS,
    TENANT_COLUMNS,
    Key,
    Tenant,
    checked_models,
    checked_name,
    checked_scopes,
    key_of,
)
from aboveboard.access._limits import METERS, PERIODS, Limit, each_once
from aboveboard.access._secrets import digest_of, is_key_id, joined, make_id, make_secret
from aboveboard.access._store import Store
from aboveboard.evidence.records import AccessChange
from aboveboard.values import Clock, format_time, is_ulid, new_id, parse_time

LONGEST_OVERLAP = timedelta(days=30)
_ALL = 2**62
_BY_AGE = "ORDER BY created, id"
_HELD = "SELECT holder, meter, period, amount FROM limits"
_LIMITS = "SELECT meter, period, amount FROM limits WHERE holder = ?"


@dataclass(frozen=True, slots=True)
class KeyOrder:
    """What a new key is to be. `expires` is RFC 3339, empty for never; `models` empty for all."""

    label: str
    scopes: Sequence[str] = ("answer",)
    models: Sequence[str] = ()
    expires: str = ""
    limits: Sequence[Limit] = ()


@dataclass(frozen=True, slots=True)
class Issued:
    """A key and, this once, its text."""

    key: Key
    text: str
    act: Act

    def __repr__(self) -> str:
        return f"Issued({self.key.id})"


class Register:
    """Tenants, keys and their limits."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def tenants(self, most: int = _ALL, after: str = "") -> Sequence[Tenant]:
        """At most so many of them, by name; those that come after the one of an id. Raises
        UnknownHolderError.
        """
        last = self.tenant(after).name if after else ""
        rows = self._store.fetch(f"{_TENANTS} WHERE name > ? ORDER BY name LIMIT ?", [last, most])
        return [Tenant(*row) for row in rows]

    def tenant(self, wanted: str) -> Tenant:
        """The tenant of an id or a name; raises UnknownHolderError."""
        column = "id" if is_ulid(wanted) else "name"
        rows = self._store.fetch(f"{_TENANTS} WHERE {column} = ?", [wanted])
        if not rows:
            raise UnknownHolderError(
                f"no tenant {wanted[:60]!r}", cure="`aboveboard tenant list` shows those there are"
            )
        return Tenant(*rows[0])

    def keys(self, tenant: str = "") -> Sequence[Key]:
        """The keys of a tenant, by its id, or all of them; the oldest first."""
        where, values = ("WHERE tenant = ?", [tenant]) if tenant else ("", [])
        return [key_of(row) for row in self._store.fetch(f"{_KEYS} {where} {_BY_AGE}", values)]

    def keys_after(self, after: str, most: int) -> Sequence[Key]:
        """At most so many keys of all tenants, the oldest first; those that come after the one of an id, or
        the first for an empty one. Raises UnknownHolderError.
        """
        last = self.key(after) if after else None
        values = [last.created, last.id] if last else ["", ""]
        rows = self._store.fetch(f"{_KEYS} WHERE (created, id) > (?, ?) {_BY_AGE} LIMIT ?", [*values, most])
        return [key_of(row) for row in rows]

    def listed(self, most: int, skip: int = 0) -> Sequence[tuple[Tenant, Key | None]]:
        """Tenants by name, each with its keys by age, or once with none: at most so many lines of that list
        after the first `skip`.
        """
        rows = self._store.fetch(f"{_LISTED} LIMIT ? OFFSET ?", [most, skip])
        return [(Tenant(*row[:_WIDTH]), key_of(row[_WIDTH:]) if row[_WIDTH] else None) for row in rows]

    def count_listed(self) -> int:
        """How many lines that list has."""
        return int(self._store.fetch(f"SELECT count(*) {_TOGETHER}", [])[0][0])

    def key(self, key_id: str) -> Key:
        """The key of a public id; raises UnknownHolderError."""
        rows = self._store.fetch(f"{_KEYS} WHERE id = ?", [key_id]) if is_key_id(key_id) else []
        if not rows:
            raise UnknownHolderError(
                "no key has this id", cure="the id is the ten characters after `ab-`; `aboveboard key list`"
            )
        return key_of(rows[0])

    def limits(self, holder: Tenant | Key) -> Sequence[Limit]:
        """What is set for a tenant or a key itself."""
        rows = self._store.fetch(_LIMITS, [holder.holder])
        return sorted((Limit(*row) for row in rows), key=_order)

    def all_limits(self) -> Mapping[str, Sequence[Limit]]:
        """All that are set, by `holder`."""
        return _by_holder(self._store.fetch(_HELD, []))

    def limits_of(self, holders: Iterable[Tenant | Key]) -> Mapping[str, Sequence[Limit]]:
        """What is set for these, by `holder`; those with none are left out."""
        names = [each.holder for each in holders]
        places = ", ".join("?" * len(names))
        return _by_holder(self._store.fetch(f"{_HELD} WHERE holder IN ({places})", names) if names else [])

    def draft_tenant(self, name: str, actor: str) -> tuple[Tenant, Act]:
        """A new tenant; raises AccessInputError, AlreadyThereError."""
        made = Tenant(new_id(), checked_name(name, "name of a tenant"), format_time(self._clock.now()))
        if is_ulid(made.name):
            raise AccessInputError("a name that looks like an id", cure="choose another name")
        if self._store.fetch("SELECT id FROM tenants WHERE name = ?", [made.name]):
            raise AlreadyThereError(f"there is a tenant {made.name!r}", cure="choose another name")
        change = AccessChange(subject=made.holder, actor=actor, change="tenant-made")
        return made, Act(change, [(_NEW_TENANT, (made.id, made.name, made.created))])

    def draft_key(self, tenant: Tenant, order: KeyOrder, actor: str) -> Issued:
        """A new key of a tenant; raises AccessInputError."""
        now = self._clock.now()
        expires = _moment(order.expires)
        if expires and expires <= format_time(now):
            raise AccessInputError("that moment is over", where=order.expires, cure="name one to come")
        key = Key(
            make_id(),
            tenant.id,
            checked_name(order.label, "label"),
            checked_scopes(order.scopes),
            checked_models(order.models),
            format_time(now),
            expires,
        )
        secret = make_secret()
        change = AccessChange(
            subject=key.holder,
            actor=actor,
            change="key-made",
            tenant=tenant.id,
            scopes=tuple(key.scopes),
            models=tuple(key.models),
            limits=tuple(map(str, order.limits)),
            until=expires,
        )
        writes = [_inserted(key, secret), *_limit_writes(key.holder, order.limits)]
        return Issued(key, joined(key.id, secret), Act(change, writes))

    def draft_rotation(self, key: Key, overlap: timedelta, actor: str) -> Issued:
        """A new secret; the old one stays valid for `overlap`. Raises AccessInputError, OvertakenError."""
        _require_unrevoked(key)
        if not timedelta() <= overlap <= LONGEST_OVERLAP:
            raise AccessInputError("too long an overlap", cure=f"at most {LONGEST_OVERLAP.days} days")
        until, secret = format_time(self._clock.now() + overlap), make_secret()
        change = AccessChange(
            subject=key.holder, actor=actor, change="key-rotated", tenant=key.tenant, until=until
        )
        write = (_ROTATE, (until, digest_of(secret), key.id))
        return Issued(key, joined(key.id, secret), Act(change, [write]))

    def draft_revocation(self, key: Key, actor: str) -> Act:
        """The end of a key, at once; raises OvertakenError for one that has ended."""
        _require_unrevoked(key)
        change = AccessChange(subject=key.holder, actor=actor, change="key-revoked", tenant=key.tenant)
        return Act(change, [(_REVOKE, (format_time(self._clock.now()), key.id))])

    def draft_limits(self, holder: Tenant | Key, limits: Iterable[Limit], actor: str) -> Act:
        """These limits in the place of all that a tenant or a key has; raises AccessInputError."""
        wanted = each_once(limits)
        if isinstance(holder, Key):
            _require_unrevoked(holder)
        change = AccessChange(
            subject=holder.holder,
            actor=actor,
            change="limits-set",
            tenant=holder.tenant if isinstance(holder, Key) else holder.id,
            limits=tuple(map(str, wanted)),
        )
        touched = _TOUCH_KEY if isinstance(holder, Key) else _TOUCH_TENANT
        cleared = ("DELETE FROM limits WHERE holder = ?", (holder.holder,))
        return Act(change, [(touched, (holder.id,)), cleared, *_limit_writes(holder.holder, wanted)])


def _inserted(key: Key, secret: str) -> Write:
    words = " ".join(key.scopes), " ".join(key.models)
    values = (key.id, key.tenant, key.label, *words, key.created, key.expires, digest_of(secret), b"")
    return _NEW_KEY, values


def _limit_writes(holder: str, limits: Iterable[Limit]) -> list[Write]:
    statement = "INSERT INTO limits VALUES (?, ?, ?, ?)"
    return [(statement, (holder, each.meter, each.period, each.amount)) for each in each_once(limits)]


def _moment(text: str) -> str:
    """RFC 3339 in the one form that is kept, so that moments compare as texts."""
    try:
        return format_time(parse_time(text)) if text else ""
    except (ValueError, OverflowError) as error:
        raise AccessInputError(
            f"not a moment: {text[:40]!r}", cure="write it such as 2027-01-31T12:00:00Z"
        ) from error


def _require_unrevoked(key: Key) -> None:
    if key.revoked:
        raise OvertakenError(f"the key {key.id} was revoked on {key.revoked[:10]}", cure="make another")


def _by_holder(rows: Iterable[Sequence[Any]]) -> Mapping[str, Sequence[Limit]]:
    found: dict[str, list[Limit]] = {}
    for holder, *parts in rows:
        found.setdefault(holder, []).append(Limit(*parts))
    return {holder: sorted(limits, key=_order) for holder, limits in found.items()}


def _order(limit: Limit) -> tuple[int, int]:
    return METERS.index(limit.meter), PERIODS.index(limit.period)


_TENANTS = f"SELECT {TENANT_COLUMNS} FROM tenants"  # noqa: S608  # constants
_TOGETHER = "FROM tenants LEFT JOIN keys ON keys.tenant = tenants.id"
_WIDTH = len(TENANT_COLUMNS.split(","))
_LISTED = "SELECT {} {} ORDER BY tenants.name, keys.created, keys.id".format(
    ", ".join(
        f"{table}.{column.strip()}"
        for table, columns in (("tenants", TENANT_COLUMNS), ("keys", KEY_COLUMNS))
        for column in columns.split(",")
    ),
    _TOGETHER,
)
_KEYS = f"SELECT {KEY_COLUMNS} FROM keys"  # noqa: S608  # constants
# Within an act, `generation` is already that which the act begins.
_NEW_TENANT = (
    "INSERT INTO tenants (id, name, created, changed) VALUES (?, ?, ?, (SELECT generation FROM meta))"
)
_NEW_KEY = (
    "INSERT INTO keys (id, tenant, label, scopes, models, created, expires, revoked, digest, old_digest,"
    " old_until, changed) VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, ?, '', (SELECT generation FROM meta))"
)
_ROTATE = (
    "UPDATE keys SET old_digest = digest, old_until = ?, digest = ?,"
    " changed = (SELECT generation FROM meta) WHERE id = ? AND revoked = ''"
)
_REVOKE = "UPDATE keys SET revoked = ?, changed = (SELECT generation FROM meta) WHERE id = ? AND revoked = ''"
_TOUCH_KEY = "UPDATE keys SET changed = (SELECT generation FROM meta) WHERE id = ? AND revoked = ''"
_TOUCH_TENANT = "UPDATE tenants SET changed = (SELECT generation FROM meta) WHERE id = ?"
