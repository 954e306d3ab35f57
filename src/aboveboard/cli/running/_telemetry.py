"""Who watches the requests of a server: its log, and OpenTelemetry where the environment asks for it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from aboveboard import __version__
from aboveboard.cli._settings import telemetry_signals
from aboveboard.errors import AboveboardError

if TYPE_CHECKING:
    from aboveboard.gateway import Vitals
    from aboveboard.gateway.telemetry import Observer


@contextmanager
def watched(vitals: "Vitals", *, logs_requests: bool) -> "Iterator[None]":
    """Has a gateway's requests observed for as long as this is entered; costs nothing where nobody asks."""
    from aboveboard.gateway.telemetry import Observers, log_access

    with ExitStack() as stack:
        signals = telemetry_signals()
        observers: list[Observer] = [log_access] if logs_requests else []
        observers += _exporters(signals, vitals, stack) if signals else []

        def at_loss() -> None:
            vitals.metrics.faults.add("observers")

        if observers:
            vitals.observe = stack.enter_context(Observers(observers, at_loss))
        yield


def _exporters(signals: frozenset[str], vitals: "Vitals", stack: ExitStack) -> "list[Observer]":
    try:
        from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise AboveboardError(
            "the environment asks for OpenTelemetry, which is not installed",
            where="OTEL_EXPORTER_OTLP_ENDPOINT",
            cure="pip install 'aboveboard[otel]', or unset it",
        ) from error
    from aboveboard.gateway.telemetry._opentelemetry import Figures, Tracer

    made: list[Observer] = []
    if "traces" in signals:
        vitals.tracing = tracer = Tracer(BatchSpanProcessor(OTLPSpanExporter()), __version__)
        stack.callback(tracer.close)
        made.append(tracer)
    if "metrics" in signals:
        figures = Figures([PeriodicExportingMetricReader(OTLPMetricExporter())], __version__)
        stack.callback(figures.close)
        made.append(figures)
    return made
