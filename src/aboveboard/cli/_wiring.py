"""Wiring the house: gateway, console and ledger over one charter, one evidence, one set of models."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aboveboard import __version__
from aboveboard.cli._live import live_gauges
from aboveboard.cli._release import Release
from aboveboard.cli._reporting import log_facts
from aboveboard.cli._witnessing import known_keys

if TYPE_CHECKING:
    from aboveboard.console import ConsoleServices
    from aboveboard.gateway import Gateway, GatewayServices, Gauge

App = Callable[..., Any]
_PLANE = frozenset({"/v1", "/healthz", "/readyz", "/metrics", "/openapi.json"})
_FORMS = ("/console", "/answers/", "/cases/")


def wire(release: Release) -> "Dispatcher":
    """One ASGI application for the port: the data plane first, since it is the busy one. A charter that takes
    over while serving gets one of its own, so whatever is to outlive a charter belongs to the `House`.

    Raises AboveboardError for whatever the charter asks that cannot be had, before anything is served.
    """
    from aboveboard.console import console_app
    from aboveboard.gateway import gateway_app
    from aboveboard.ledger import ledger_app

    release.check()
    house = release.house
    gateway = gateway_app(gateway_services(release))
    ledger = _for_hosts(ledger_app(house.evidence.reader.ledger, house.evidence.reader.vkey), house.hosts)
    return Dispatcher(gateway, ledger, console_app(console_services(release)))


def _for_hosts(app: App, hosts: Sequence[str]) -> App:
    """Answers to these host names only: a foreign page must not reach loopback by a name of its own."""
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    return TrustedHostMiddleware(app, allowed_hosts=list(hosts), www_redirect=False)


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """Sends a request to the part of the house that its path belongs to."""

    gateway: "Gateway"
    ledger: App
    console: App

    async def prepare(self) -> None:
        """Finds out beforehand what the first request would have to wait for."""
        await self.gateway.prepare()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.gateway(scope, receive, send)
            return
        path = scope["path"]
        if path.startswith("/v1/") or path in _PLANE:
            await self.gateway(scope, receive, send)
        elif path.startswith("/ledger/"):
            await self.ledger({**scope, "path": path[len("/ledger") :]}, receive, send)
        elif scope["method"] == "POST" and not path.startswith(_FORMS):
            await self.gateway(scope, receive, send)  # a client whose base URL lacks `/v1`: JSON says so
        else:
            await self.console(scope, receive, send)


def gateway_services(release: Release) -> "GatewayServices":
    """What the data plane may touch."""
    from aboveboard.cli._misuse import AppealDesk
    from aboveboard.gateway import GatewayServices, Gauge, Limits

    house, charter, evidence = release.house, release.charter, release.house.evidence
    waiting = Gauge(
        "aboveboard_recorder_waiting",
        "Records that wait to be written.",
        lambda: evidence.recorder.waiting,
    )
    cases = Gauge(
        "aboveboard_cases",
        "Cases by kind and state; a held answer is one of kind `hold`.",
        lambda: dict(house.cases.counts().items()),
        ("kind", "state"),
    )
    return GatewayServices(
        charter=charter,
        models=release.models,
        pipeline=release.pipeline,
        recorder=evidence.recorder,
        reader=evidence.reader,
        footprint=release.footprint,
        access=release.access,
        open_incident=release.open_incident,
        holds=release.holds,
        pseudonym=evidence.pseudonym,
        status=release.statuses,
        fit=release.fit,
        ledger_size=evidence.reader.ledger.size,
        circuits=release.circuits,
        memory=release.memory,
        misuse=release.misuse,
        open_appeal=AppealDesk(house),
        fallback=charter.fallback.id if charter.fallback else None,
        version=__version__,
        limits=Limits(hosts=frozenset(house.hosts)),
        gauges=(*live_gauges(release.live), waiting, cases, *_gauges(release)),
        obstacles=(house.lacks_space, house.cannot_write, release.cannot_ask),
        vitals=house.vitals,
    )


def _gauges(release: Release) -> "Iterator[Gauge]":
    """Of what a charter may or may not have."""
    from aboveboard.gateway import Gauge

    yield Gauge(
        "aboveboard_webhooks_waiting",
        "Deliveries that wait to be taken by a receiver that the charter names.",
        lambda: _untold(release)[0] if release.charter.webhooks else None,
    )
    yield Gauge(
        "aboveboard_webhooks_oldest_seconds",
        "How long the oldest of them has waited.",
        lambda: _seconds_since(_untold(release)[1]) if release.charter.webhooks else None,
    )
    yield Gauge(
        "aboveboard_misuse_holders",
        "Keys and people on the misuse ladder, by rung.",
        lambda: release.misuse.counts() if release.misuse else None,
        ("kind", "rung"),
    )


def _untold(release: Release) -> "tuple[int, int | None]":
    """How many deliveries wait for this charter's receivers, and since when."""
    return release.house.outbox.waiting([each.url for each in release.charter.webhooks])


def _seconds_since(milliseconds: int | None) -> float:
    return max(0.0, time.time() - milliseconds / 1000) if milliseconds else 0.0


def console_services(release: Release) -> "ConsoleServices":
    """What the pages may touch."""
    from aboveboard.console import ConsoleServices
    from aboveboard.gateway.guarding import masked_texts
    from aboveboard.guards import Segment

    house = release.house
    return ConsoleServices(
        charter=lambda: release.charter,
        statuses=release.statuses,
        reader=house.evidence.reader,
        cases=house.cases,
        record=house.record,
        log=lambda: log_facts(house.evidence.reader, known_keys(house.settings)),
        runs=house.settings.state / "runs",
        hosts=house.hosts,
        holds=release.holds,
        pseudonym=house.evidence.pseudonym,
        access=release.people,
        misuse=release.misuse,
        masked=lambda text: masked_texts(release.pipeline, [Segment("user", text)])[0],
        is_open=house.must_ask,
        live=release.live,
    )
