"""Tenants and keys: what there is, what it may spend and has spent; made, limited, replaced, revoked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aboveboard.access import (
    METERS,
    PERIODS,
    SCOPES,
    Access,
    Act,
    Issued,
    Key,
    KeyOrder,
    Limit,
    Tenant,
    Usage,
    parse_limit,
    shown,
)
from aboveboard.console._forms import Form
from aboveboard.console._keeping import access_of, keep
from aboveboard.console._pages import HEADERS, page
from aboveboard.console._paging import PAGE, Paged
from aboveboard.console._services import ConsoleServices
from aboveboard.console._visitor import VISITOR
from aboveboard.values import format_time

_OVERLAP = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class KeyPages:
    """The register of tenants and keys."""

    services: ConsoleServices

    @property
    def access(self) -> Access:
        return access_of(self.services)

    def index(self, request: Request) -> Response:
        """Tenants with their keys, and forms for more."""
        register, now = self.access.register, format_time(datetime.now(UTC))
        charter = self.services.charter()
        auto = charter.routing.auto
        pages = Paged.of(request, "page", register.count_listed())
        tenants = _by_tenant(register.listed(PAGE, pages.skip))
        holders: list[Tenant | Key] = [*tenants, *(key for keys in tenants.values() for key in keys)]
        context = {
            "tenants": tenants,
            "limits": register.limits_of(holders),
            "pages": pages,
            "now": now,
            "scopes": SCOPES,
            "models": [entry.id for entry in charter.models] + ([auto.id] if auto else []),
            "keys_required": charter.access.keys == "required",
        }
        return page("keys.html.j2", "Keys", context)

    def make_tenant(self, request: Request) -> Response:
        """A new tenant."""
        form: Form = request.state.form
        _, act = self.access.register.draft_tenant(form.text("name"), VISITOR.get().actor)
        return self._kept(act, "/console/keys")

    def tenant(self, request: Request) -> Response:
        """A tenant's limits."""
        tenant = self._tenant(request)
        context = {"holder": tenant, "limits": self.access.register.limits(tenant), **_LIMIT_WORDS}
        return page("tenant.html.j2", f"Tenant {tenant.name}", context)

    def limit_tenant(self, request: Request) -> Response:
        """Other limits of a tenant."""
        tenant = self._tenant(request)
        return self._limited(request, tenant, f"/console/tenants/{tenant.id}")

    def make_key(self, request: Request) -> Response:
        """A new key, shown this once."""
        form: Form = request.state.form
        order = KeyOrder(
            form.text("label"),
            form.texts("scope"),
            form.texts("model"),
            form.text("expires").strip(),
            [parse_limit(each) for each in form.words("limits")],
        )
        tenant = self.access.register.tenant(form.text("tenant"))
        return self._issued(self.access.register.draft_key(tenant, order, VISITOR.get().actor))

    def key(self, request: Request) -> Response:
        """What a key is for, its limits, and what it has spent."""
        key = self._key(request)
        register = self.access.register
        context = {
            "key": key,
            "tenant": register.tenant(key.tenant),
            "status": key.status(format_time(datetime.now(UTC))),
            "limits": register.limits(key),
            "usage": _by_period(self.access.spending.of([key.id])),
            **_LIMIT_WORDS,
        }
        return page("key.html.j2", f"Key {key.id}", context)

    def limit_key(self, request: Request) -> Response:
        """Other limits of a key."""
        key = self._key(request)
        return self._limited(request, key, f"/console/keys/{key.id}")

    def rotate(self, request: Request) -> Response:
        """A new secret, shown this once; the old one opens for an hour yet."""
        key = self._key(request)
        return self._issued(self.access.register.draft_rotation(key, _OVERLAP, VISITOR.get().actor))

    def revoke(self, request: Request) -> Response:
        """The end of a key."""
        key = self._key(request)
        act = self.access.register.draft_revocation(key, VISITOR.get().actor)
        return self._kept(act, f"/console/keys/{key.id}")

    def _key(self, request: Request) -> Key:
        return self.access.register.key(request.path_params["key"])

    def _tenant(self, request: Request) -> Tenant:
        return self.access.register.tenant(request.path_params["tenant"])

    def _limited(self, request: Request, holder: Key | Tenant, then: str) -> Response:
        form: Form = request.state.form
        limits: list[Limit] = [parse_limit(each) for each in form.words("limits")]
        return self._kept(self.access.register.draft_limits(holder, limits, VISITOR.get().actor), then)

    def _issued(self, issued: Issued) -> Response:
        """The one page that has a secret on it: an answer to a form, so that no address leads to it."""
        keep(self.services, issued.act)
        return page("issued.html.j2", "A key to keep", {"key": issued.key, "text": issued.text})

    def _kept(self, act: Act, then: str) -> Response:
        keep(self.services, act)
        return RedirectResponse(then, status_code=303, headers=HEADERS)


_LIMIT_WORDS = {"meters": METERS, "periods": PERIODS}


def _by_tenant(lines: Sequence[tuple[Tenant, Key | None]]) -> dict[Tenant, list[Key]]:
    found: dict[Tenant, list[Key]] = {}
    for tenant, key in lines:
        found.setdefault(tenant, []).extend([key] if key else [])
    return found


def _by_period(usage: Sequence[Usage]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for each in usage:
        found.setdefault(each.period, {})[each.meter] = shown(each.amount, each.meter)
    return found
