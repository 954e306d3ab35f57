"""What watching costs: processor time of an answer without, with the access log, with OpenTelemetry.

    python benchmarks/gateway/telemetry.py --pairs 5 --requests 1500

In one process, without a socket, guards or a disk, so that what is measured is not lost among them. Spans and
lines are made and thrown away: sending them is the exporter's, in batches. All threads count.
"""

import argparse
import asyncio
import io
import json
import logging
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from typing import Any

from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from aboveboard.charter import Known, parse_charter
from aboveboard.cli.running import set_up_logs
from aboveboard.evidence.records import Footprint
from aboveboard.gateway import GatewayServices, Vitals, gateway_app
from aboveboard.gateway.telemetry import Observer, Observers, log_access
from aboveboard.gateway.telemetry._opentelemetry import Figures, Tracer
from aboveboard.guards import Pipeline
from aboveboard.models import open_model
from aboveboard.values import Basis

CHARTER = """
charter: 1
system: {name: x, purpose: y, context: general}
roles: {accountable: {title: t, contact: a@example.org}}
models: [{id: m, provider: fake}]
defaults: {promises: false, guards: false}
retention: {payloads: 0d}
"""
BODY = json.dumps({"model": "m", "messages": [{"role": "user", "content": "hi"}]}).encode()
HEADERS = [(b"content-type", b"application/json"), (b"host", b"x")]
FOOTPRINT = Footprint(
    energy_wh=0.01, basis=Basis.ESTIMATED, carbon_g=0.0, grid="EU", grid_g_per_kwh=300.0, method="none"
)


class Nowhere:
    """A recorder that keeps nothing, and a reader that knows nothing."""

    def submit(self, record: Any, attachments: Mapping[str, bytes] | None = None) -> "Future[Any]":
        done: Future[Any] = Future()
        done.set_result(None)
        return done

    def receipt(self, record_id: str) -> Mapping[str, Any]:
        return {}


def off(vitals: Vitals, stack: ExitStack) -> Sequence[Observer]:
    return ()


def access_log(vitals: Vitals, stack: ExitStack) -> Sequence[Observer]:
    return [log_access]


def opentelemetry(vitals: Vitals, stack: ExitStack) -> Sequence[Observer]:
    exporter = InMemorySpanExporter()
    exporter.shutdown()  # takes spans and drops them
    vitals.tracing = tracer = Tracer(BatchSpanProcessor(exporter), "1")
    figures = Figures([InMemoryMetricReader()], "1")
    stack.callback(tracer.close)
    stack.callback(figures.close)
    return [tracer, figures]


def milliseconds(watch: Callable[[Vitals, ExitStack], Sequence[Observer]], requests: int) -> float:
    """Processor time of one answer."""
    vitals = Vitals()
    with ExitStack() as stack:
        observers = watch(vitals, stack)
        before = time.process_time()
        with ExitStack() as told:
            if observers:
                vitals.observe = told.enter_context(Observers(observers))
            asyncio.run(ask(vitals, requests))
        return 1000 * (time.process_time() - before) / requests


async def ask(vitals: Vitals, requests: int) -> None:
    known = Known(measures=frozenset(), guards=frozenset(), providers=frozenset({"fake"}))
    app = gateway_app(
        GatewayServices(
            charter=parse_charter(CHARTER, known),
            models={"m": open_model("m", "fake", {"reply": "hello"})},
            pipeline=Pipeline(()),
            recorder=Nowhere(),
            reader=Nowhere(),
            footprint=lambda **_: FOOTPRINT,
            open_incident=lambda **_: "",
            pseudonym=str,
            vitals=vitals,
        )
    )
    for _ in range(requests):
        await send(app)


async def send(app: Any) -> None:
    parts = [{"type": "http.request", "body": BODY, "more_body": False}]

    async def receive() -> Any:
        return parts.pop() if parts else await asyncio.Event().wait()

    async def heard(message: Any) -> None:
        return None

    path = "/v1/chat/completions"
    await app({"type": "http", "method": "POST", "path": path, "headers": HEADERS}, receive, heard)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--requests", type=int, default=1500)
    options = parser.parse_args()
    set_up_logs("json")
    for handler in logging.getLogger().handlers:
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(io.StringIO())
    ways = (off, access_log, opentelemetry)
    figures: dict[str, list[float]] = {way.__name__: [] for way in ways}
    for _ in range(options.pairs):
        for way in ways:
            figures[way.__name__].append(milliseconds(way, options.requests))
    for name, found in figures.items():
        print(f"{name:<14} {statistics.median(found):.3f} ms ({min(found):.3f} to {max(found):.3f})")


if __name__ == "__main__":
    main()
