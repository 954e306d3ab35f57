"""The ASGI application: a path finds its endpoint, and every failure its shape."""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from aboveboard.gateway._services import GatewayServices
from aboveboard.gateway.accounting import Accounting
from aboveboard.gateway.administration import KEYS, TENANTS, Administration
from aboveboard.gateway.admission import APPEALS, Admission
from aboveboard.gateway.answering import HoldPages, ModelEndpoint
from aboveboard.gateway.dialects import DIALECTS
from aboveboard.gateway.guarding import Checks
from aboveboard.gateway.http import (
    JSON,
    ApiError,
    AsgiReceive,
    AsgiSend,
    Disconnected,
    HttpRequest,
    InternalError,
    MethodError,
    MisdirectedError,
    NotFoundError,
    Scope,
    encode,
)
from aboveboard.gateway.openapi import Route, document
from aboveboard.gateway.pages import Appeals, Pages
from aboveboard.gateway.routing import Standing
from aboveboard.gateway.telemetry import Metrics, Observation, Refused, log_fault

Handler = Callable[[HttpRequest], Awaitable[None]]
OPENAPI = "/openapi.json"


def _openai(error: ApiError) -> Mapping[str, Any]:
    return error.body


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What answers at a path (or, when it ends in a slash, below it), to one method or some."""

    method: str
    path: str
    handler: Handler
    error: Callable[[ApiError], Mapping[str, Any]] = _openai
    others: tuple[str, ...] = ()
    sorts: bool = False
    """Whether its handler says which methods there are: they are others by what comes after the id."""

    def answers_to(self, method: str) -> bool:
        """Whether it takes requests of a method; who takes GET takes HEAD."""
        return (
            self.sorts
            or method == self.method
            or method in self.others
            or (method == "HEAD" and self.method == "GET")
        )

    @property
    def shown(self) -> str:
        return f"{self.method} {self.path}{{id}}" if self.path.endswith("/") else f"{self.method} {self.path}"


def gateway_app(services: GatewayServices) -> "Gateway":
    """The data plane as a raw ASGI application; starts nothing until the first request."""
    metrics = services.vitals.metrics
    standing = Standing(
        services.status,
        services.limits.status_seconds,
        metrics.faults,
        services.fit,
        changes=lambda: services.vitals.changes,
    )
    accounting = Accounting(services, metrics)
    checks = Checks(services.pipeline.is_inline)
    admission = Admission(services)
    models = [
        ModelEndpoint(dialect, services, metrics, standing, accounting, checks, admission)
        for dialect in DIALECTS
    ]
    pages = Pages(services, metrics, standing, admission)
    endpoints = (
        *_administration(services, admission),
        *(Endpoint("POST", one.dialect.path, one, one.dialect.error) for one in models),
        Endpoint("GET", "/v1/models", pages.models),
        Endpoint("GET", "/v1/models/", pages.model),
        Endpoint("GET", "/v1/receipts/", admission.behind("read", pages.receipt)),
        Endpoint("GET", "/v1/holds/", HoldPages(services, admission).show),
        *([Endpoint("POST", APPEALS, Appeals(services, admission).take)] if services.misuse else ()),
        Endpoint("GET", "/healthz", pages.health),
        Endpoint("GET", "/readyz", pages.ready),
        Endpoint("GET", "/metrics", admission.behind("metrics", pages.scrape)),
    )
    endpoints = (*endpoints, _described(endpoints, services, has_keys=admission.access is not None))
    return Gateway(endpoints, metrics, services.limits.hosts, standing, services.vitals.observe)


def _administration(services: GatewayServices, admission: Admission) -> Sequence[Endpoint]:
    """There where keys are asked for, and nowhere else."""
    if admission.access is None:
        return ()
    admin = Administration(services, admission, admission.access)
    return (
        Endpoint("GET", TENANTS, admin.tenants, others=("POST",)),
        Endpoint("GET", f"{TENANTS}/", admin.tenant, others=("PUT",), sorts=True),
        Endpoint("GET", KEYS, admin.keys, others=("POST",)),
        Endpoint("GET", f"{KEYS}/", admin.key, others=("POST", "PUT", "DELETE"), sorts=True),
    )


def _described(endpoints: Sequence[Endpoint], services: GatewayServices, *, has_keys: bool) -> Endpoint:
    """Where the API of all these endpoints is written down; made when it is first asked for."""
    routes = [Route(each.path, (each.method, *each.others)) for each in endpoints]
    routes.append(Route(OPENAPI, ("GET",)))

    @cache
    def written() -> bytes:
        return encode(document(routes, services.version, services.limits, has_keys=has_keys))

    async def describe(request: HttpRequest) -> None:
        await request.reply(200, written(), JSON)

    return Endpoint("GET", OPENAPI, describe)


@dataclass(slots=True)
class Gateway:
    """Dispatches requests."""

    endpoints: tuple[Endpoint, ...]
    metrics: Metrics
    hosts: frozenset[str]
    standing: Standing
    observe: Callable[[Observation], None] | None = None
    _exact: dict[str, Endpoint] = field(init=False)

    def __post_init__(self) -> None:
        self._exact = {endpoint.path: endpoint for endpoint in self.endpoints}

    async def prepare(self) -> None:
        """Asks now how the promises stand, so that the first request need not wait for it."""
        await self.standing.orders()

    async def __call__(self, scope: Scope, receive: AsgiReceive, send: AsgiSend) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "http":
            await self._answer(HttpRequest(scope, receive, send))

    async def _answer(self, request: HttpRequest) -> None:
        try:
            await self._find(request).handler(request)
        except Disconnected:
            self.metrics.requests.add(self._label(request), "client_disconnected")
        except ApiError as error:
            self.metrics.requests.add(self._label(request), error.code or "error")
            self._tell(request, error)
            await request.reply_json(self._written(request, error), error.status, error.headers)
        except Exception as error:  # noqa: BLE001 - the edge: nothing of a fault may reach a client
            log_fault(error)
            self.metrics.faults.add("gateway")
            self._tell(request, InternalError())
            await request.reply_json(self._written(request, InternalError()), 500)

    def _tell(self, request: HttpRequest, error: ApiError) -> None:
        """Of a request that has no record: whoever watches learns that it was refused."""
        if self.observe:
            self.observe(Refused(self._label(request), error.status, error.code or "error", time.time_ns()))

    def _written(self, request: HttpRequest, error: ApiError) -> Mapping[str, Any]:
        """The error in the protocol of the endpoint at that path, or of the one that it lies below."""
        path = request.path
        found = (one for one in self.endpoints if path == one.path or path.startswith(f"{one.path}/"))
        return next((one.error(error) for one in found), error.body)

    def _find(self, request: HttpRequest) -> Endpoint:
        self._check_host(request)
        endpoint = self._at(request.path)
        if endpoint is None:
            known = ", ".join(one.shown for one in self.endpoints)
            raise NotFoundError(f"no such endpoint; this gateway has: {known}", code="unknown_endpoint")
        if not endpoint.answers_to(request.method):
            raise MethodError(request.method, endpoint.path, (endpoint.method, *endpoint.others))
        return endpoint

    def _at(self, path: str) -> Endpoint | None:
        found = self._exact.get(path)
        if found and not path.endswith("/"):
            return found
        below = (one for one in self.endpoints if one.path.endswith("/") and path.startswith(one.path))
        return next((one for one in below if path != one.path), None)

    def _check_host(self, request: HttpRequest) -> None:
        """A web page that makes its own name point here must not speak to us (DNS rebinding)."""
        if self.hosts and _host_name(request.header(b"host")) not in self.hosts:
            raise MisdirectedError("this gateway does not answer to that Host", code="unknown_host")

    def _label(self, request: HttpRequest) -> str:
        endpoint = self._at(request.path)
        return endpoint.path if endpoint else "other"


def _host_name(host: str) -> str:
    """`[::1]:8440` → `[::1]`, `localhost:8440` → `localhost`."""
    name, _, port = host.rpartition(":")
    return (name if port.isdigit() else host).lower()


async def _lifespan(receive: AsgiReceive, send: AsgiSend) -> None:
    """Nothing to start or stop: the composition root owns every service."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
