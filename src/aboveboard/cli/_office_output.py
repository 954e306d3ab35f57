"""How tenants, keys, limits and users are shown."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from aboveboard.cli._output import print_json, print_table, say

if TYPE_CHECKING:
    from aboveboard.access import Access, Key, Limit, Tenant, User

Row = dict[str, Any]


def tenant_row(access: "Access", tenant: "Tenant") -> Row:
    """A tenant with how many keys it has, and its limits."""
    keys = access.register.keys(tenant.id)
    return {
        "id": tenant.id,
        "name": tenant.name,
        "created": tenant.created[:10],
        "keys": sum(not key.revoked for key in keys),
        "limits": [str(each) for each in access.register.limits(tenant)],
    }


def key_row(key: "Key", limits: "Sequence[Limit]", now: str) -> Row:
    """A key as anybody may see it."""
    return {
        "id": key.id,
        "tenant": key.tenant,
        "label": key.label,
        "status": key.status(now),
        "scopes": list(key.scopes),
        "models": list(key.models),
        "limits": [str(each) for each in limits],
        "created": key.created[:10],
        "expires": key.expires,
        "revoked": key.revoked,
    }


def user_row(user: "User") -> Row:
    """A user without anything secret."""
    return {"id": user.id, "name": user.name, "roles": list(user.roles), "created": user.created[:10]}


def show(rows: Sequence[Row], nothing: str, *, as_json: bool) -> None:
    """A table, or JSON; `nothing` where there is no row."""
    if as_json:
        print_json(rows)
    elif rows:
        print_table(list(rows[0]), [[_cell(value) for value in row.values()] for row in rows])
    else:
        say(nothing)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(value) or "–"
    return str(value) if value != "" else "–"
