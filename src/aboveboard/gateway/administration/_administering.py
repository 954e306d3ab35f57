"""`/v1/admin`: tenants and keys by HTTP, for keys of the scope `admin`. Every change is on record first."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from aboveboard.access import (
    Access,
    AccessError,
    AccessInputError,
    AccessStoreError,
    Act,
    Issued,
    KeyOrder,
    UnknownHolderError,
    parse_limit,
)
from aboveboard.errors import AboveboardError
from aboveboard.gateway._services import GatewayServices
from aboveboard.gateway.accounting import durable
from aboveboard.gateway.administration._forms import key_form, tenant_form, usage_form
from aboveboard.gateway.administration._paging import Page
from aboveboard.gateway.admission import AccessUnknownError, Admission, ConflictError
from aboveboard.gateway.fields import bad
from aboveboard.gateway.http import (
    ApiError,
    BadRequestError,
    HttpRequest,
    MethodError,
    NotFoundError,
    UnrecordedError,
    decode_object,
)
from aboveboard.values import format_time

T = TypeVar("T")
Answer = tuple[int, Mapping[str, Any]]
Body = Mapping[str, Any]
TENANTS, KEYS = "/v1/admin/tenants", "/v1/admin/keys"


@dataclass(frozen=True, slots=True)
class Administration:
    """Looks tenants and keys up, and changes them in the name of the key that asks."""

    services: GatewayServices
    admission: Admission
    access: Access

    async def tenants(self, request: HttpRequest) -> None:
        """All tenants; a new one."""
        await self._answer(request, {("GET", ""): self._list_tenants, ("POST", ""): self._make_tenant})

    async def tenant(self, request: HttpRequest) -> None:
        """One tenant; its limits."""
        known = {("GET", ""): self._show_tenant, ("PUT", "limits"): self._limit_tenant}
        await self._answer(request, known, TENANTS)

    async def keys(self, request: HttpRequest) -> None:
        """All keys; a new one."""
        await self._answer(request, {("GET", ""): self._list_keys, ("POST", ""): self._make_key})

    async def key(self, request: HttpRequest) -> None:
        """One key; its end, its limits, another secret, what it has spent."""
        known = {
            ("GET", ""): self._show_key,
            ("DELETE", ""): self._revoke_key,
            ("PUT", "limits"): self._limit_key,
            ("POST", "rotate"): self._rotate_key,
            ("GET", "usage"): self._usage,
        }
        await self._answer(request, known, KEYS)

    async def _answer(
        self,
        request: HttpRequest,
        known: Mapping[tuple[str, str], Callable[["Asked"], Awaitable[Answer]]],
        below: str = "",
    ) -> None:
        caller = await self.admission.enter(request, "admin")
        name, _, part = request.path.removeprefix(f"{below}/").partition("/") if below else ("", "", "")
        act = known.get((request.method, part))
        if act is None:
            methods = [method for method, of in known if of == part]
            shown = f"{below}/{{id}}" + (f"/{part}" if part else "")
            raise MethodError(request.method, shown, methods) if methods else _nothing()
        has_body = request.method in ("POST", "PUT")
        body = decode_object(await request.json_body(self.services.limits)) if has_body else {}
        page = Page.asked(request) if (request.method, below) == ("GET", "") else Page()
        actor = f"key:{caller.key}" if caller else "gateway"
        try:
            status, answer = await act(Asked(name, body, actor, page))
        except AccessError as error:
            raise _said(error) from error
        await request.reply_json(answer, status, [(b"cache-control", b"no-store")])

    async def _list_tenants(self, asked: "Asked") -> Answer:
        return 200, await asyncio.to_thread(self._tenant_forms, asked.page)

    def _tenant_forms(self, page: Page) -> Mapping[str, Any]:
        register = self.access.register
        found = register.tenants(page.most + 1, page.after)
        return page.listed(found, lambda each: tenant_form(each, register.limits(each)))

    async def _make_tenant(self, asked: "Asked") -> Answer:
        asked.allow("name")
        tenant, act = await self._drafted(
            lambda: self.access.register.draft_tenant(asked.text("name"), asked.actor)
        )
        await self._keep(act)
        return 201, tenant_form(tenant, ())

    async def _show_tenant(self, asked: "Asked") -> Answer:
        register = self.access.register
        tenant = await asyncio.to_thread(register.tenant, asked.name)
        return 200, tenant_form(tenant, await asyncio.to_thread(register.limits, tenant))

    async def _limit_tenant(self, asked: "Asked") -> Answer:
        asked.allow("limits")
        register = self.access.register
        tenant = await asyncio.to_thread(register.tenant, asked.name)
        await self._keep(register.draft_limits(tenant, map(parse_limit, asked.texts("limits")), asked.actor))
        return await self._show_tenant(asked)

    async def _list_keys(self, asked: "Asked") -> Answer:
        return 200, await asyncio.to_thread(self._key_forms, asked.page)

    def _key_forms(self, page: Page) -> Mapping[str, Any]:
        register, now = self.access.register, self._now()
        found = register.keys_after(page.after, page.most + 1)
        return page.listed(found, lambda each: key_form(each, register.limits(each), now))

    async def _make_key(self, asked: "Asked") -> Answer:
        asked.allow("tenant", "label", "scopes", "models", "expires", "limits")
        order = KeyOrder(
            asked.text("label"),
            asked.texts("scopes") or ("answer",),
            asked.texts("models"),
            asked.text("expires", ""),
            [parse_limit(each) for each in asked.texts("limits")],
        )
        register = self.access.register
        issued = await self._drafted(
            lambda: register.draft_key(register.tenant(asked.text("tenant")), order, asked.actor)
        )
        return 201, await self._issue(issued)

    async def _show_key(self, asked: "Asked") -> Answer:
        register = self.access.register
        key = await asyncio.to_thread(register.key, asked.name)
        return 200, key_form(key, await asyncio.to_thread(register.limits, key), self._now())

    async def _revoke_key(self, asked: "Asked") -> Answer:
        register = self.access.register
        await self._keep(
            await self._drafted(lambda: register.draft_revocation(register.key(asked.name), asked.actor))
        )
        return await self._show_key(asked)

    async def _limit_key(self, asked: "Asked") -> Answer:
        asked.allow("limits")
        register = self.access.register
        key = await asyncio.to_thread(register.key, asked.name)
        await self._keep(register.draft_limits(key, map(parse_limit, asked.texts("limits")), asked.actor))
        return await self._show_key(asked)

    async def _rotate_key(self, asked: "Asked") -> Answer:
        asked.allow("overlap_seconds")
        overlap, register = timedelta(seconds=asked.number("overlap_seconds", 3600)), self.access.register
        issued = await self._drafted(
            lambda: register.draft_rotation(register.key(asked.name), overlap, asked.actor)
        )
        return 200, await self._issue(issued)

    async def _usage(self, asked: "Asked") -> Answer:
        key = await asyncio.to_thread(self.access.register.key, asked.name)
        return 200, usage_form(key.id, await asyncio.to_thread(self.access.spending.of, [key.id]))

    async def _issue(self, issued: Issued) -> Mapping[str, Any]:
        await self._keep(issued.act)
        limits = await asyncio.to_thread(self.access.register.limits, issued.key)
        return {**key_form(issued.key, limits, self._now()), "key": issued.text}

    async def _drafted(self, draft: Callable[[], T]) -> T:
        return await asyncio.to_thread(draft)

    async def _keep(self, act: Act) -> None:
        try:
            await durable(self.services.recorder.submit(act.change, {}))
        except (AboveboardError, OSError, RuntimeError) as error:
            raise UnrecordedError from error
        await asyncio.to_thread(self.access.keep, act)
        await asyncio.to_thread(self.access.keyring.refresh)

    def _now(self) -> str:
        return format_time(self.services.clock.now())


@dataclass(frozen=True, slots=True)
class Asked:
    """What an administrator wants: of what, with which fields, in whose name it is recorded; which page."""

    name: str
    body: Body
    actor: str
    page: Page

    def allow(self, *names: str) -> None:
        """Raises BadRequestError for any other field: a misspelt limit must not be none."""
        for name in self.body:
            if name not in names:
                raise BadRequestError(
                    f"unknown field; there are: {', '.join(names)}", code="unknown_parameter"
                )

    def text(self, name: str, otherwise: str | None = None) -> str:
        value = self.body.get(name, otherwise)
        if not isinstance(value, str):
            raise bad(name, "a text")
        return value

    def texts(self, name: str) -> Sequence[str]:
        value = self.body.get(name) or ()
        if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
            raise bad(name, "a list of texts")
        return value

    def number(self, name: str, otherwise: int) -> int:
        value = self.body.get(name, otherwise)
        if type(value) is not int or not 0 <= value <= 10**9:
            raise bad(name, "a whole number")
        return value


def _nothing() -> NotFoundError:
    return NotFoundError("there is nothing here; see the reference of access", code="unknown_endpoint")


def _said(error: AccessError) -> ApiError:
    said = f"{error.what}; {error.cure}" if error.cure else error.what
    if isinstance(error, AccessInputError):
        return BadRequestError(said, code="invalid_value")
    if isinstance(error, UnknownHolderError):
        return NotFoundError("no tenant or key has this id", code="not_found")
    if isinstance(error, AccessStoreError):
        return AccessUnknownError()
    return ConflictError(said, code="conflict")
