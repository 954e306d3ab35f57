"""Tenants, keys and usage as JSON objects."""

from collections.abc import Mapping, Sequence
from typing import Any

from aboveboard.access import Key, Limit, Tenant, Usage, shown

Form = Mapping[str, Any]


def tenant_form(tenant: Tenant, limits: Sequence[Limit]) -> Form:
    """A tenant and its limits (`tokens/day=100000`)."""
    return {
        "object": "tenant",
        "id": tenant.id,
        "name": tenant.name,
        "created": tenant.created,
        "limits": list(map(str, limits)),
    }


def key_form(key: Key, limits: Sequence[Limit], now: str) -> Form:
    """A key without its secret. Moments are RFC 3339, or null."""
    return {
        "object": "key",
        "id": key.id,
        "tenant": key.tenant,
        "label": key.label,
        "status": key.status(now),
        "scopes": list(key.scopes),
        "models": list(key.models),
        "limits": list(map(str, limits)),
        "created": key.created,
        "expires": key.expires or None,
        "revoked": key.revoked or None,
    }


def usage_form(key: str, usage: Sequence[Usage]) -> Form:
    """What a key has spent, by period; amounts are texts, so that no reader rounds them."""
    periods: dict[str, dict[str, str]] = {}
    for each in usage:
        periods.setdefault(each.period, {})[each.meter] = shown(each.amount, each.meter)
    return {"object": "usage", "key": key, **periods}
