"""Endpoints that misbehave in the middle of a run: each fault is survived or told, and shows in the figures.

Every fault comes from a real HTTP server on loopback; the runs go through the command line, so that what the
coverage figures, the report and the exit code say is what a user sees.
"""

import asyncio
import json
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from aboveboard.cli._main import run
from aboveboard.evals import Options, Services, assess, list_runs, plan_suite, read_items, verify_log
from aboveboard.models import open_model

ITEMS = 30
CHARTER = """
charter: 1
system: {{name: Faulty, purpose: Answers questions., context: general, not_for: [legal advice]}}
roles:
  accountable: {{title: Owner, contact: owner@example.org}}
models:
  - {{id: remote, provider: openai, role: primary, base_url: "{url}", options: {options}}}
defaults: {{promises: false}}
promises:
  - {{id: says-it-is-ai, measure: transparency.disclosure.admits_ai, must: ">= 0.70", owner: accountable}}
"""
OPTIONS = {"retries": 0, "retry_wait": 0.001, "read_timeout": 1.5, "connect_timeout": 1.0}
ADMITS = "I am an AI assistant, not a human being."

Behave = Callable[[int], "Reply | None"]
"""What to do with the answer of that number, counted from 1; None drops the connection."""


class Reply:
    """One HTTP answer of the server."""

    def __init__(self, body: Any, status: int = 200, wait: float = 0.0, **headers: str) -> None:
        self.content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.status = status
        self.wait = wait
        self.headers = headers


def chat(text: str = ADMITS, model: str = "big-1", fingerprint: str = "fp_a") -> Reply:
    """A good answer."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": text},
        "finish_reason": "stop",
        "logprobs": {"content": [{"token": " Yes", "logprob": -0.1, "top_logprobs": []}]},
    }
    usage = {"prompt_tokens": 9, "completion_tokens": 8}
    return Reply({"choices": [choice], "model": model, "system_fingerprint": fingerprint, "usage": usage})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64  # connections that wait to be taken: eight come at once

    def handle_error(self, *_: Any) -> None:
        """Clients that left are no news."""


class Endpoint:
    """An OpenAI-compatible server in a thread. `behave` may be exchanged while it runs."""

    def __init__(self) -> None:
        self.behave: Behave = lambda _: chat()
        self.asked = 0
        self.reached = threading.Event()
        self._lock = threading.Lock()
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                with endpoint._lock:
                    endpoint.asked += 1
                    endpoint.reached.set() if endpoint.asked >= 8 else None
                    reply = endpoint.behave(endpoint.asked)
                self._send(reply)

            def _send(self, reply: Reply | None) -> None:
                if reply is None:
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                time.sleep(reply.wait)
                self.send_response(reply.status)
                for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                    self.send_header(name.replace("_", "-"), value)
                self.end_headers()
                self.wfile.write(reply.content)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = _Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class House:
    """A folder with a charter about an endpoint, and the commands run in it."""

    def __init__(self, folder: Path, endpoint: Endpoint, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.endpoint, self._capsys = folder, endpoint, capsys
        self.code = 0
        self.write()

    def write(self, **options: Any) -> None:
        text = CHARTER.format(url=self.endpoint.url, options=json.dumps(OPTIONS | options))
        (self.folder / "charter.yaml").write_text(text, encoding="utf-8")

    @property
    def state(self) -> Path:
        return self.folder / ".aboveboard"

    def say(self, *arguments: str) -> str:
        self._capsys.readouterr()
        self.code = run(arguments)
        return "".join(self._capsys.readouterr())

    def assess(self, *options: str) -> Any:
        """The one measurement that the charter's promise needs, as JSON."""
        self._capsys.readouterr()
        self.code = run(("assess", "--json", *options))
        out, err = self._capsys.readouterr()
        assert self.code < 3, err
        (found,) = json.loads(out)["measurements"]
        return found

    def report(self) -> str:
        self.say("report", "--out", "out")
        return (self.folder / "out" / "report.html").read_text(encoding="utf-8")


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    server = Endpoint()
    yield server
    server.close()


@pytest.fixture
def house(
    tmp_path: Path,
    endpoint: Endpoint,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> House:
    for name in ("STATE", "CHARTER", "DATA", "DATABASE", "VAULT_KEY"):
        monkeypatch.delenv(f"ABOVEBOARD_{name}", raising=False)
    monkeypatch.chdir(tmp_path)
    return House(tmp_path, endpoint, capsys)


def at(numbers: range, fault: Reply | None) -> Behave:
    """Good answers, but for those of these numbers."""
    return lambda number: fault if number in numbers else chat()


FAULTS = {
    "garbage: HTML": Reply(b"<html><body>Bad gateway</body></html>", Content_Type="text/html"),
    "garbage: another JSON": Reply({"hello": "world"}),
    "garbage: cut short": Reply(b'{"choices": [{"mess'),
    "garbage: nothing": Reply(b""),
    "garbage: an error in a good status": Reply({"error": {"message": "no", "type": "overloaded"}}),
    "refuses": Reply({"error": {"message": "not this one", "type": "policy"}}, status=403),
    "breaks": Reply({"error": {"message": "oops"}}, status=500),
    "asks to come back in an hour": Reply(
        {"error": {"message": "slow down"}}, status=429, Retry_After="3600"
    ),
    "hangs": Reply(b"", wait=2.5),
    "drops the connection": None,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_answers_lost_to_a_fault_are_counted_and_reported_and_asked_again(house: House, fault: str) -> None:
    house.endpoint.behave = at(range(8, 13), FAULTS[fault])
    first = house.assess()
    assert first["coverage"]["failed"] == 5
    assert first["coverage"]["scored"] == first["n"] == ITEMS - 5
    assert first["value"] == 1.0, "what failed counts nowhere, least of all as a bad answer"
    assert f"{ITEMS - 5} / {ITEMS}<br><small>5 failed</small>" in house.report()
    house.endpoint.behave = lambda _: chat()
    asked = house.endpoint.asked
    second = house.assess()
    assert house.endpoint.asked == asked + 5, "only what failed is asked again"
    assert (second["coverage"]["failed"], second["n"]) == (0, ITEMS)
    assert "failed" not in house.report().split("Everything measured")[1].split("</table>")[0]


def test_a_limited_rate_is_kept_to_as_the_endpoint_asks(house: House) -> None:
    times: list[float] = []

    def limited(number: int) -> Reply:
        times.append(time.monotonic())
        return Reply({"error": {}}, status=429, Retry_After="1") if number == 1 else chat()

    house.write(retries=2, concurrency=1)
    house.endpoint.behave = limited
    assert house.assess()["coverage"] == {
        "planned": ITEMS,
        "scored": ITEMS,
        "unparsed": 0,
        "failed": 0,
        "changed": 0,
    }
    assert 1.0 <= times[1] - times[0] < 3.0, "the wait that the endpoint asked for, not one of our own"


def test_empty_answers_are_unread_and_not_wrong(house: House) -> None:
    house.endpoint.behave = at(range(1, 7), chat(text=""))
    found = house.assess()
    assert found["coverage"]["unparsed"] == 6
    assert (found["n"], found["value"]) == (ITEMS - 6, 1.0)
    assert f"{ITEMS - 6} / {ITEMS}<br><small>6 unread</small>" in house.report()


def test_too_many_lost_answers_leave_the_promise_undecided_and_say_why(house: House) -> None:
    house.endpoint.behave = lambda number: chat() if number % 3 == 0 else Reply(b"", status=500)
    found = house.assess()
    assert found["coverage"]["failed"] == 20
    assert house.code == 2
    assert "only 10 of 30 items could be scored" in house.report()


def test_a_model_exchanged_for_a_while_is_not_scored_and_is_named(house: House) -> None:
    house.endpoint.behave = at(range(11, 16), chat(text="I am Bob, a human.", model="cheap-2"))
    found = house.assess()
    assert found["coverage"]["failed"] == 5
    assert found["value"] == 1.0, "the other model's answers are not this one's"
    (note,) = [each for each in found["notes"] if "changed its model" in each]
    assert "'cheap-2' 5" in note
    page = house.report()
    assert "changed its model in mid-run" in page
    assert f"{ITEMS - 5} / {ITEMS}<br><small>5 failed</small>" in page
    house.endpoint.behave = lambda _: chat()
    assert house.assess()["coverage"]["failed"] == 0, "nothing of the other model was kept"


def test_a_model_exchanged_for_good_stops_the_run_and_the_report_says_so(house: House) -> None:
    house.write(concurrency=1)
    house.endpoint.behave = lambda number: chat() if number < 6 else chat(model="cheap-2")
    told = house.say("assess")
    assert house.code == 3
    assert "answered by 'cheap-2', not by 'big-1'" in told
    (stopped,) = list_runs(house.state)
    assert stopped.status == "failed"
    assert stopped.done - stopped.failed == 5
    page = house.report()
    assert "has no value: " in page
    assert f"stopped after 5 of {ITEMS} answers" in page


def test_another_set_up_of_the_same_model_is_scored_and_counted(house: House) -> None:
    house.endpoint.behave = at(range(20, 100), chat(fingerprint="fp_b"))
    found = house.assess()
    assert (found["coverage"]["scored"], found["coverage"]["changed"]) == (ITEMS, 11)
    assert any("fp_a 19, fp_b 11" in note for note in found["notes"])
    assert f"{ITEMS} / {ITEMS}<br><small>11 under another set-up</small>" in house.report()


async def test_a_change_shows_in_next_tokens_too(endpoint: Endpoint, tmp_path: Path) -> None:
    endpoint.behave = at(range(3, 6), chat(model="cheap-2"))
    model = open_model("remote", "openai", {"base_url": endpoint.url, **OPTIONS})
    result = await assess(
        plan_suite("bias.hiring", Options(limit=48)), model, Services(state=tmp_path, concurrency=1)
    )
    await model.close()
    assert result.measurements[0].coverage.failed == 3


def test_an_endpoint_that_is_not_there_is_told_and_leaves_a_gap(house: House) -> None:
    house.endpoint.close()
    told = house.say("assess")
    assert house.code == 3
    assert "cannot connect" in told
    assert "Traceback" not in told
    page = house.report()
    assert f"stopped after 0 of {ITEMS} answers" in page


def test_an_endpoint_that_goes_away_for_good_is_taken_up_where_it_was(house: House) -> None:
    house.write(concurrency=1)  # so that none of the nine comes after the first that is lost
    house.endpoint.behave = lambda number: chat() if number <= 9 else None
    house.say("assess")
    assert house.code == 3
    assert f"stopped after 9 of {ITEMS} answers" in house.report()
    (stopped,) = list_runs(house.state)
    house.endpoint.behave = lambda _: chat()
    asked = house.endpoint.asked
    found = house.assess()
    assert found["run"] == stopped.id
    assert house.endpoint.asked - asked == ITEMS - 9
    assert found["coverage"]["scored"] == ITEMS
    assert "has no value: " not in house.report(), "the measurement takes the gap's place"


async def test_interrupted_at_the_endpoint_a_run_goes_on_without_asking_twice(
    endpoint: Endpoint, tmp_path: Path
) -> None:
    plan = plan_suite("transparency.disclosure", Options())
    services = Services(state=tmp_path, concurrency=2)
    endpoint.behave = lambda _: Reply(chat().content, wait=0.02)
    first = open_model("remote", "openai", {"base_url": endpoint.url, **OPTIONS})
    task = asyncio.ensure_future(assess(plan, first, services))
    await asyncio.to_thread(endpoint.reached.wait, 20)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await first.close()
    (view,) = list_runs(tmp_path)
    assert view.status == "interrupted"
    again = open_model("remote", "openai", {"base_url": endpoint.url, **OPTIONS})
    result = await assess(plan, again, services)
    await again.close()
    assert result.run == view.id
    assert result.measurements[0].coverage.scored == ITEMS
    assert endpoint.asked <= ITEMS + 2, "only what was under way is asked twice"
    log = tmp_path / "runs" / result.run
    assert (
        verify_log(log / "items.jsonl")[0] == len({each["id"] for each in read_items(log, 0, 999)}) == ITEMS
    )


def test_answers_altered_in_the_cache_are_asked_again_and_noted(house: House) -> None:
    house.assess()
    with sqlite3.connect(house.state / "cache.db") as cache:
        changed = cache.execute(
            "UPDATE answers SET answer = replace(answer, 'an AI', 'a man') WHERE key IN "
            "(SELECT key FROM answers ORDER BY key LIMIT 4)"
        ).rowcount
    cache.close()
    asked = house.endpoint.asked
    found = house.assess()
    assert (changed, house.endpoint.asked - asked) == (4, 4)
    assert found["value"] == 1.0
    assert "4 damaged answers in the cache were asked again" in house.report()


def test_a_cache_that_is_no_database_is_begun_anew_and_noted(house: House) -> None:
    house.assess()
    for extra in ("-wal", "-shm"):
        (house.state / f"cache.db{extra}").unlink(missing_ok=True)
    (house.state / "cache.db").write_bytes(b"\x00garbage" * 4096)
    assert house.assess()["coverage"]["scored"] == ITEMS
    assert house.endpoint.asked == 2 * ITEMS
    assert "damaged and begun anew" in house.report()


@pytest.mark.slow
@pytest.mark.parametrize(("model", "fingerprint"), [("big-2", "fp_a"), ("big-1", "fp_b"), ("big-2", "fp_b")])
def test_answers_of_another_model_or_set_up_are_not_used_again(
    house: House, model: str, fingerprint: str
) -> None:
    assert house.assess()["value"] == 1.0
    house.endpoint.behave = lambda _: chat("I am a human being called Bob.", model, fingerprint)
    found = house.assess()
    assert (found["value"], found["coverage"]["failed"]) == (0.0, 0)
    assert house.endpoint.asked == 2 * ITEMS
    told = f"{ITEMS - 1} answers in the cache were given by another model or set-up than answers now"
    assert f"{told} ({model} {fingerprint})" in house.report()


@pytest.mark.slow
def test_of_an_endpoint_that_is_away_the_answers_are_used_that_are_known(house: House) -> None:
    house.assess()
    house.endpoint.behave = lambda _: None
    found = house.assess()
    assert (found["value"], found["coverage"]["scored"]) == (1.0, ITEMS)


@pytest.mark.slow
def test_an_endpoint_that_names_no_model_is_not_asked_to(house: House) -> None:
    house.endpoint.behave = lambda _: chat(model="", fingerprint="")
    house.assess()
    house.assess()
    assert house.endpoint.asked == ITEMS


@pytest.mark.slow
def test_a_fresh_assessment_asks_everything_again(house: House) -> None:
    house.assess()
    house.endpoint.behave = lambda _: chat("I am a human being called Bob.")
    assert house.assess("--fresh")["value"] == 0.0
    assert house.endpoint.asked == 2 * ITEMS


def test_an_endpoint_that_answers_otherwise_now_is_asked_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert house.assess()["value"] == 1.0
    house.endpoint.behave = lambda _: chat("I am a human being called Bob.")
    soon = house.assess()
    assert soon["value"] == (ITEMS - 1) / ITEMS, "within the hour what it said stands for it, but one"
    before = f"{ITEMS - 1} of {ITEMS} answers were given before this run"
    assert any(before in note for note in soon["notes"])
    monkeypatch.setattr("aboveboard.evals._reuse._HOUR", -timedelta(hours=1))
    later = house.assess()
    assert later["value"] == 0.0
    assert not any("before this run" in note for note in later["notes"])
