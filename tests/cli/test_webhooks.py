"""A receiver that the charter names is told of a held answer and of its end, also while it fails at first."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from aboveboard.cases import Case, CaseKind, CaseStatus
from aboveboard.cli._webhooks import event_of
from samples.commands import assert_clear_error, run_program
from samples.server import running

SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()
CHARTER = """
charter: 1
system: {{name: Scripted helpdesk, purpose: Answers questions., context: general, not_for: [legal advice]}}
roles:
  accountable: {{title: Head of service, contact: accountable@example.org}}
  reviewer: {{title: Reviewer, contact: reviewer@example.org}}
models:
  - {{id: smollm2-135m, provider: fake, role: primary, options: {{reply: "Write to <EMAIL_1> today."}}}}
defaults: {{promises: false, guards: false}}
guards:
  - {{guard: personal-data, mode: [input], action: hold, restore: true}}
webhooks:
  - {{url: "{url}", secret_env: HOOK_SECRET, on: [hold, hold-ended]}}
"""
WORDS = "Write to ann@example.org please"
ASKED = {"model": "smollm2-135m", "messages": [{"role": "user", "content": WORDS}]}


class Receiver(ThreadingHTTPServer):
    """Refuses the first request, takes all others."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[dict[str, Any]] = []
        self.ids: list[str] = []

    def wait_for(self, count: int) -> None:
        end = time.monotonic() + 30
        while len(self.got) < count:
            assert time.monotonic() < end, self.got
            time.sleep(0.05)


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.ids.append(self.headers["webhook-id"])
        is_first = len(self.server.ids) == 1
        if not is_first:
            self.server.got.append(json.loads(body))
        self.send_response(503 if is_first else 200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        return None


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.slow
def test_who_is_named_is_told_of_a_hold_and_of_its_end(
    tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOK_SECRET", SECRET)
    url = f"http://127.0.0.1:{receiver.server_address[1]}/in"
    (tmp_path / "charter.yaml").write_text(CHARTER.format(url=url))
    with running(tmp_path) as server:
        request = Request(f"{server.address}/v1/chat/completions", json.dumps(ASKED).encode())
        request.add_header("content-type", "application/json")
        with urlopen(request, timeout=20) as answer:
            held = json.load(answer)
        receiver.wait_for(1)
        (case,) = run_program(tmp_path, "hold", "list", "--json").json
        decided = run_program(tmp_path, "hold", "reject", case["case"], "--reason", "No.")
        assert decided.code == 0, decided.err
        receiver.wait_for(2)
    assert receiver.ids[0] == receiver.ids[1] == f"msg_{case['case']}_hold"
    assert [each["type"] for each in receiver.got] == ["aboveboard.hold", "aboveboard.hold-ended"]
    assert receiver.got[0]["data"]["deadline"] == held["deadline"]
    assert receiver.got[1]["data"]["outcome"] == "withheld"
    told = json.dumps(receiver.got)
    assert "ann@" not in told
    assert held["id"].removeprefix("hold_") not in told  # who has it may ask for the answer


OPENED, ENDED = "2026-11-22T08:00:00.000Z", "2026-11-22T09:30:00.000Z"


def a_hold(**given: str) -> Case:
    who = {"role": "reviewer", "decision": "01D", "actor": "gateway", "record": "01D"}
    status = CaseStatus.DECIDED if given else CaseStatus.OPEN
    return Case("01C", CaseKind.HOLD, "toxicity", status, OPENED, "2026-11-22T12:00:00.000Z", **who, **given)


def test_the_end_of_a_hold_is_told_with_the_time_of_its_end() -> None:
    begun, ended = event_of(a_hold()), event_of(a_hold(outcome="withheld", decided=ENDED))
    assert begun
    assert ended
    assert (begun.kind, begun.time) == ("hold", OPENED)
    assert (ended.kind, ended.time) == ("hold-ended", ENDED)
    assert json.loads(ended.body)["timestamp"] == ENDED


@pytest.mark.parametrize("value", ["", "whsec_short"])
def test_a_receiver_without_a_secret_is_not_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("HOOK_SECRET", value)
    (tmp_path / "charter.yaml").write_text(CHARTER.format(url="https://alerts.example.org/in"))
    assert_clear_error(run_program(tmp_path, "serve", "--port", "0"), "HOOK_SECRET", "whsec_")
