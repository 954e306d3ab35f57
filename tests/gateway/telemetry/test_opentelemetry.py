"""Spans and figures as the semantic conventions for generative AI name them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from aboveboard.gateway import Vitals
from aboveboard.gateway.telemetry import Observers
from aboveboard.gateway.telemetry._opentelemetry import Figures, Tracer
from aboveboard.guards import ConfiguredGuard, Pipeline
from aboveboard.guards._secrets import SecretsGuard
from aboveboard.models import ModelTimeoutError, trace_headers

MakeRig = Callable[..., Any]
GOOD = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
UNSAMPLED = GOOD[:-2] + "00"
BODY = b'{"model": "m", "messages": [{"role": "user", "content": "CANARY"}], "user": "CANARY"}'


class Watched:
    """A gateway with telemetry, and what came of it."""

    def __init__(self, make_rig: MakeRig) -> None:
        self._make = make_rig
        self.exporter, self.reader = InMemorySpanExporter(), InMemoryMetricReader()
        self.tracer = Tracer(SimpleSpanProcessor(self.exporter), "1")
        self.figures = Figures([self.reader], "1")
        self.observers = Observers([self.tracer, self.figures])
        self.vitals = Vitals(observe=self.observers, tracing=self.tracer)

    def rig(self, *given: Any, **more: Any) -> Any:
        return self._make(*given, vitals=self.vitals, **more)

    def spans(self) -> dict[str, ReadableSpan]:
        """Of what is over by now, by name; the observers end."""
        self.observers.__exit__()
        return {span.name: span for span in self.exporter.get_finished_spans()}

    def figure(self, name: str) -> list[Any]:
        data: Any = self.reader.get_metrics_data()
        if data is None:
            return []
        found = [
            each for one in data.resource_metrics for scope in one.scope_metrics for each in scope.metrics
        ]
        return [point for each in found if each.name == name for point in each.data.data_points]


@pytest.fixture
def watched(make_rig: MakeRig) -> Iterator[Watched]:
    made = Watched(make_rig)
    made.observers.__enter__()
    yield made
    made.tracer.close()
    made.figures.close()


async def test_a_request_is_a_span_with_a_child_for_each_stage(watched: Watched) -> None:
    pipeline = Pipeline([ConfiguredGuard(SecretsGuard({}), ("input", "output"))])
    rig = watched.rig(pipeline=pipeline)
    await rig.post(BODY)
    spans = watched.spans()
    assert sorted(spans) == ["chat m", "guards input", "guards output", "model", "record"]
    root, decision = spans["chat m"], rig.recorder.last
    given = dict(root.attributes or {})
    assert given == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "scripted",
        "gen_ai.request.model": "m",
        "gen_ai.response.model": "scripted",
        "gen_ai.usage.input_tokens": 5,
        "gen_ai.usage.output_tokens": 7,
        "gen_ai.request.stream": False,
        "gen_ai.response.finish_reasons": ("stop",),
        "http.route": "/v1/chat/completions",
        "aboveboard.receipt": decision.id,
        "aboveboard.decision": "allow",
        "aboveboard.charter": decision.charter_digest,
        "aboveboard.overhead_ms": decision.overhead_ms,
    }
    assert root.kind is SpanKind.SERVER
    assert root.parent is None
    assert spans["model"].kind is SpanKind.CLIENT
    assert dict(spans["guards input"].attributes or {}) == {"aboveboard.guards": ("secrets",)}
    for name, span in spans.items():
        assert root.start_time and span.start_time and span.end_time and root.end_time
        assert root.start_time <= span.start_time <= span.end_time <= root.end_time
        if name != "chat m":
            assert span.parent is not None
            assert span.parent.span_id == root.context.span_id
    assert "CANARY" not in "".join(span.to_json() for span in spans.values())


async def test_the_callers_trace_goes_on_and_the_model_is_told_of_its_span(
    watched: Watched, scripted: Any
) -> None:
    sent: list[dict[str, str]] = []

    class Asked(scripted):  # type: ignore[misc]  # a fixture's class
        async def chat(self, request: Any) -> Any:
            sent.append(dict(trace_headers.get()))
            return await super().chat(request)

    await watched.rig(Asked()).post(BODY, {"traceparent": GOOD, "tracestate": "a=1"})
    spans = watched.spans()
    assert f"{spans['chat m'].context.trace_id:032x}" == GOOD[3:35]
    parent = spans["chat m"].parent
    assert parent is not None
    assert (f"{parent.span_id:016x}", parent.is_remote) == (GOOD[36:52], True)
    model = f"{spans['model'].context.span_id:016x}"
    assert sent == [{"traceparent": f"{GOOD[:36]}{model}-01", "tracestate": "a=1"}]


async def test_a_trace_that_the_caller_does_not_sample_is_not_sent_and_still_passed_on(
    watched: Watched,
) -> None:
    await watched.rig().post(BODY, {"traceparent": UNSAMPLED})
    assert watched.spans() == {}
    assert dict(trace_headers.get())["traceparent"].endswith("-00")


async def test_a_failure_is_told_by_its_kind(watched: Watched, scripted: Any) -> None:
    await watched.rig(scripted(fail=ModelTimeoutError("CANARY"))).post(BODY)
    root = watched.spans()["chat m"]
    assert root.status.status_code is StatusCode.ERROR
    assert dict(root.attributes or {})["error.type"] == "upstream_timeout"
    (point,) = watched.figure("gen_ai.server.request.duration")
    assert dict(point.attributes)["error.type"] == "upstream_timeout"
    assert "CANARY" not in root.to_json()


async def test_the_figures_of_the_conventions(watched: Watched) -> None:
    rig = watched.rig()
    await rig.chat("hi", stream=True)
    await rig.ask("/v1/embeddings", "hi")
    watched.spans()
    tokens = {
        (point.attributes["gen_ai.operation.name"], point.attributes["gen_ai.token.type"]): point.sum
        for point in watched.figure("gen_ai.client.token.usage")
    }
    assert tokens == {("chat", "input"): 5, ("chat", "output"): 7, ("embeddings", "input"): 5}
    assert sum(point.count for point in watched.figure("gen_ai.server.request.duration")) == 2
    assert sum(point.count for point in watched.figure("gen_ai.client.operation.duration")) == 2
    (first,) = watched.figure("gen_ai.server.time_to_first_token")
    assert (first.count, first.explicit_bounds[0], first.explicit_bounds[-1]) == (1, 0.001, 10.0)
