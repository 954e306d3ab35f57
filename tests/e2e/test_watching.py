"""What a whole server tells those who watch it, and what it never tells anybody."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from samples.asking import chat, request
from samples.server import Server, running

SECRETS = ("ann@canary.example", "sk-canary-0123456789abcdef", "Canary Words", "canary-person")
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


class Collector:
    """An OTLP/HTTP endpoint: keeps the bodies by path."""

    def __init__(self) -> None:
        self.bodies: dict[str, list[bytes]] = {}
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    import gzip

                    body = gzip.decompress(body)
                collector.bodies.setdefault(self.path, []).append(body)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    @contextmanager
    def listening(self) -> Iterator["Collector"]:
        thread = threading.Thread(target=self._server.serve_forever)
        thread.start()
        yield self
        self._server.shutdown()
        thread.join()
        self._server.server_close()


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector().listening() as found:
        yield found


def ask_everything(server: Server) -> list[str]:
    """Requests that go well and wrong, with words and keys in every place; the receipts."""
    email, key, words, person = SECRETS
    headers = {"Authorization": f"Bearer {key}", "traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}
    good = [
        chat(server.address, f"{words} {email}", user=person, headers=headers),
        chat(server.address, f"{words} {email}", user=person, headers=headers, stream=True),
    ]
    chat(server.address, words, model=words, headers=headers)
    chat(server.address, words, temperature=words, headers=headers)
    request(server.address, f"/{words.replace(' ', '')}/{email}", headers=headers)
    request(server.address, f"/v1/receipts/{key}", headers=headers)
    assert [each.status for each in good] == [200, 200]
    return [each.receipt for each in good]


@pytest.mark.slow
def test_the_log_is_a_json_object_a_line_and_holds_nothing_of_anybody(scripted: Path) -> None:
    with running(scripted, "--log-format", "json", "--access-log") as server:
        receipts = ask_everything(server)
        (scripted / "charter.yaml").write_text("charter: 1\n[", encoding="utf-8")
        from samples.commands import run_program

        assert run_program(scripted, "reload").code == 3
        server.process.terminate()
        assert server.process.stderr is not None
        log = server.process.stderr.read()
    lines = [json.loads(line) for line in log.splitlines()]
    assert all({"time", "level", "logger", "message"} <= set(line) for line in lines)
    asked = [line for line in lines if line["logger"] == "aboveboard.access"]
    assert [line["receipt"] for line in asked if "receipt" in line] == receipts
    assert {line["trace"] for line in asked if "receipt" in line} == {TRACE}
    assert [line["error"] for line in asked if "status" in line].count("unknown_endpoint") <= 1
    assert "model_not_found" in {line.get("error") for line in asked}
    assert any("the charter was refused" in line["message"] for line in lines)
    for secret in (*SECRETS, SECRETS[2].replace(" ", ""), "127.0.0.1:", "person:"):
        assert secret not in log.replace(server.address, "")


def test_telemetry_reaches_a_collector_without_a_word_of_content(
    scripted: Path, collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address)
    monkeypatch.setenv("OTEL_SERVICE_NAME", "helpdesk")
    with running(scripted) as server:
        receipts = ask_everything(server)
    spans, services = [], set()
    for body in collector.bodies["/v1/traces"]:
        for one in ExportTraceServiceRequest.FromString(body).resource_spans:
            services |= {
                each.value.string_value for each in one.resource.attributes if each.key == "service.name"
            }
            spans += [span for scope in one.scope_spans for span in scope.spans]
    assert services == {"helpdesk"}
    roots = [span for span in spans if span.name == "chat smollm2-135m"]
    told = [
        {each.key: each.value.string_value for each in span.attributes}["aboveboard.receipt"]
        for span in roots
    ]
    assert told == receipts
    assert {span.trace_id.hex() for span in spans} == {TRACE}
    names = {
        metric.name
        for body in collector.bodies["/v1/metrics"]
        for one in ExportMetricsServiceRequest.FromString(body).resource_metrics
        for scope in one.scope_metrics
        for metric in scope.metrics
    }
    assert {"gen_ai.client.token.usage", "gen_ai.server.time_to_first_token"} <= names
    sent = b"".join(body for bodies in collector.bodies.values() for body in bodies)
    assert not [secret for secret in (*SECRETS, "person:") if secret.encode() in sent]


@pytest.mark.slow
def test_an_endpoint_that_is_gone_costs_nobody_an_answer(
    scripted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")
    with running(scripted) as server:
        assert chat(server.address).status == 200
        server.process.terminate()
        assert server.process.wait(timeout=30) == 0
