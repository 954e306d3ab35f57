"""Spans and figures for OpenTelemetry, in the terms of its semantic conventions for generative AI.

The conventions (https://github.com/open-telemetry/semantic-conventions-genai, which builds on v1.42.0 of the
general ones) have the status "development"; names are those of its `gen-ai-spans.md` and `gen-ai-metrics.md`
of 2026. Import this module only where telemetry is switched on: it needs the extra `otel`.
"""

import random
from collections.abc import Callable, Collection
from dataclasses import replace

from opentelemetry.context import Context
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import MetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.sampling import Decision as Decided
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from opentelemetry.trace import (
    NonRecordingSpan,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    TraceFlags,
    TraceState,
    set_span_in_context,
)

from aboveboard.evidence.records import Decision
from aboveboard.gateway.telemetry._observation import Answered, Observation
from aboveboard.gateway.telemetry._trace import Trace

SCOPE = "aboveboard"
_OPERATIONS = {"/v1/completions": "text_completion", "/v1/embeddings": "embeddings"}
_NANO = 1e9
_TOKENS = [4**power for power in range(14)]
_SECONDS = [0.01 * 2**power for power in range(14)]
_FIRST = [
    *(0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1),
    *(0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0),
]
Attributes = dict[str, str | bool | int | float | tuple[str, ...]]


def operation_of(endpoint: str) -> str:
    """The well-known name of what an endpoint does."""
    return _OPERATIONS.get(endpoint, "chat")


class Tracer:
    """Makes a span of each request that is sampled, with one below it for each stage."""

    def __init__(self, processor: SpanProcessor, version: str, resource: Resource | None = None) -> None:
        provider = TracerProvider(resource=resource, shutdown_on_exit=False)  # reads OTEL_TRACES_SAMPLER
        self._sampler, self._resource = provider.sampler, provider.resource
        self._processor = processor
        self._scope = InstrumentationScope(SCOPE, version)
        self._random = random.SystemRandom()

    def begin(self, incoming: Trace | None, model: str) -> Trace:
        """Ids for a request; those of its caller's trace, where it has one."""
        trace = incoming or Trace(self._id(128))
        name, caller = f"chat {model}", _context_of(incoming)
        decided = self._sampler.should_sample(caller, int(trace.trace_id, 16), name, SpanKind.SERVER)
        is_sampled = decided.decision is Decided.RECORD_AND_SAMPLE
        return replace(trace, is_sampled=is_sampled, span=self._id(64), model_span=self._id(64))

    def __call__(self, seen: Observation) -> None:
        """Ends the spans of one request."""
        if isinstance(seen, Answered) and seen.trace and seen.trace.is_sampled:
            for span in self._spans(seen, seen.trace):
                self._processor.on_end(span)

    def close(self) -> None:
        """Sends what waits."""
        self._processor.shutdown()

    def _spans(self, seen: Answered, trace: Trace) -> list[ReadableSpan]:
        decision = seen.decision
        name = f"{operation_of(decision.endpoint)} {decision.requested or decision.model}".strip()
        answered = seen.checked + seen.waited
        root = self._context(trace, trace.span)
        stages: list[tuple[str, float, float, Attributes]] = [
            ("guards input", 0.0, seen.checked, _guards(decision, "input")),
            ("guards output", answered, seen.decided, _guards(decision, "output", "terminal")),
            ("record", seen.decided, seen.recorded, {}),
        ]
        made = [self._span(seen, each, self._context(trace, self._id(64)), root) for each in stages]
        if decision.model:
            model: tuple[str, float, float, Attributes] = ("model", seen.checked, answered, {})
            context = self._context(trace, trace.model_span)
            made.append(self._span(seen, model, context, root, SpanKind.CLIENT))
        caller = self._context(trace, trace.parent, is_remote=True) if trace.parent else None
        whole = (name, 0.0, seen.recorded, _attributes(decision))
        return [*made, self._span(seen, whole, root, caller, SpanKind.SERVER, decision.error)]

    def _span(
        self,
        seen: Answered,
        stage: tuple[str, float, float, Attributes],
        context: SpanContext,
        parent: SpanContext | None,
        kind: SpanKind = SpanKind.INTERNAL,
        error: str = "",
    ) -> ReadableSpan:
        name, begins, ends, attributes = stage
        start = seen.ended - round(seen.recorded * _NANO)
        return ReadableSpan(
            name=name,
            context=context,
            parent=parent,
            resource=self._resource,
            attributes=attributes,
            kind=kind,
            status=Status(StatusCode.ERROR, error) if error else Status(),
            start_time=start + round(begins * _NANO),
            end_time=start + round(max(begins, ends) * _NANO),
            instrumentation_scope=self._scope,
        )

    def _context(self, trace: Trace, span: str, *, is_remote: bool = False) -> SpanContext:
        state = TraceState.from_header([trace.state]) if trace.state else None
        flags = TraceFlags(TraceFlags.SAMPLED if trace.is_sampled else TraceFlags.DEFAULT)
        return SpanContext(int(trace.trace_id, 16), int(span, 16), is_remote, flags, state)

    def _id(self, bits: int) -> str:
        return f"{self._random.getrandbits(bits) or 1:0{bits // 4}x}"


class Figures:
    """The four histograms that the conventions define for what a gateway sees."""

    def __init__(self, readers: Collection[MetricReader], version: str, resource: Resource | None = None):
        self._provider = MeterProvider(
            list(readers), resource=resource or Resource.create(), shutdown_on_exit=False
        )
        make = self._provider.get_meter(SCOPE, version).create_histogram

        def histogram(name: str, unit: str, bounds: list[float]) -> Callable[..., None]:
            return make(name, unit, explicit_bucket_boundaries_advisory=bounds).record

        self._tokens = histogram("gen_ai.client.token.usage", "{token}", [float(each) for each in _TOKENS])
        self._operation = histogram("gen_ai.client.operation.duration", "s", _SECONDS)
        self._request = histogram("gen_ai.server.request.duration", "s", _SECONDS)
        self._first = histogram("gen_ai.server.time_to_first_token", "s", _FIRST)

    def __call__(self, seen: Observation) -> None:
        """Counts one request."""
        if not isinstance(seen, Answered):
            return
        decision = seen.decision
        labels = _labels(decision)
        failed = labels | ({"error.type": decision.error} if decision.error else {})
        self._request(seen.recorded, failed)
        if decision.model:
            self._operation(seen.waited, failed)
        for kind, count in (("input", decision.prompt_tokens), ("output", decision.completion_tokens)):
            if count:
                self._tokens(count, {**labels, "gen_ai.token.type": kind})
        if seen.first_text:
            self._first(seen.first_text, labels)

    def close(self) -> None:
        """Sends what was counted."""
        self._provider.shutdown()


def _context_of(incoming: Trace | None) -> Context | None:
    if incoming is None:
        return None
    flags = TraceFlags(TraceFlags.SAMPLED if incoming.is_sampled else TraceFlags.DEFAULT)
    parent = SpanContext(int(incoming.trace_id, 16), int(incoming.parent, 16), True, flags)
    return set_span_in_context(NonRecordingSpan(parent), Context())


def _labels(decision: Decision) -> Attributes:
    labels: Attributes = {
        "gen_ai.operation.name": operation_of(decision.endpoint),
        "gen_ai.provider.name": decision.provider or "aboveboard",
        "gen_ai.request.model": decision.requested or decision.model,
    }
    return labels | ({"gen_ai.response.model": decision.model} if decision.model else {})


def _attributes(decision: Decision) -> Attributes:
    """What a span says of its request: nothing of it is content."""
    ours: Attributes = {
        "gen_ai.usage.input_tokens": decision.prompt_tokens,
        "gen_ai.usage.output_tokens": decision.completion_tokens,
        "gen_ai.request.stream": decision.streamed,
        "http.route": decision.endpoint,
        "aboveboard.receipt": decision.id,
        "aboveboard.decision": decision.outcome,
        "aboveboard.charter": decision.charter_digest,
        "aboveboard.overhead_ms": decision.overhead_ms,
    }
    if decision.finish_reason:
        ours["gen_ai.response.finish_reasons"] = (decision.finish_reason,)
    if decision.error:
        ours["error.type"] = decision.error
    return _labels(decision) | ours


def _guards(decision: Decision, *modes: str) -> Attributes:
    """Which guards ran and what the strongest of them did, by name."""
    ran = [each for each in decision.guards if each.mode in modes]
    acted = tuple(f"{each.guard}={each.action}" for each in ran if each.action != "allow")
    failed = tuple(f"{each.guard}={each.error}" for each in ran if each.error)
    found: Attributes = {"aboveboard.guards": tuple(each.guard for each in ran)}
    found |= {"aboveboard.guards.acted": acted} if acted else {}
    return found | ({"aboveboard.guards.failed": failed} if failed else {})
