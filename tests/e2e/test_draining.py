"""A gateway that is told to end lets answers end first, and says in time that it wants no more."""

import signal
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from aboveboard.evidence import Evidence
from aboveboard.evidence.records import Decision
from samples.asking import Heard, chat, listens, request, wait_until
from samples.commands import assert_sound
from samples.server import SCRIPTED, Server, running

SLOW = SCRIPTED.replace("role: primary}", "role: primary, options: {delay: 1.0, chunk_delay: 0.1}}")
WORDS = "One two three four five six."


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    """A folder whose model takes a second, and streams for some more."""
    (tmp_path / "charter.yaml").write_text(SLOW, encoding="utf-8")
    return tmp_path


@contextmanager
def asked(server: Server, **fields: Any) -> Iterator["Future[Heard]"]:
    """A request that is on its way."""
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(chat, server.address, WORDS, **fields)
        wait_until(lambda: "aboveboard_requests_running 1" in request(server.address, "/metrics").body)
        yield answer


def decisions(state: Path) -> list[Decision]:
    with Evidence.read(state) as reader:
        return [each for each in reader.find("decision") if isinstance(each, Decision)]


@pytest.mark.slow
def test_not_ready_at_once_listening_for_a_while_and_then_gone(slow: Path) -> None:
    with running(slow, "--drain-delay", "1.5") as server, asked(server, stream=True) as answer:
        server.process.send_signal(signal.SIGTERM)
        ready = wait_until(lambda: (got := request(server.address, "/readyz")).status == 503 and got)
        assert ready.json["reasons"] == ["draining"]
        assert ready.headers["connection"] == "close"
        assert chat(server.address, "Still there?").status == 200, "whoever comes in time is answered"
        wait_until(lambda: not listens(server.address))
        assert answer.result().status == 200
        assert "[DONE]" in answer.result().body
        assert server.process.wait(timeout=20) == 0
        assert len(decisions(server.state)) == 2
    assert_sound(slow)


@pytest.mark.slow
def test_ctrl_c_waits_for_nothing_but_answers(slow: Path) -> None:
    with running(slow, "--drain-delay", "60") as server, asked(server) as answer:
        server.process.send_signal(signal.SIGINT)
        wait_until(lambda: not listens(server.address), seconds=5)
        assert answer.result().status == 200
        assert server.process.wait(timeout=20) == 0


@pytest.mark.slow
@pytest.mark.parametrize("stream", [False, True])
def test_what_takes_longer_than_the_limit_is_cut_off_with_an_error_and_a_record(
    slow: Path, stream: bool
) -> None:
    (slow / "charter.yaml").write_text(SLOW.replace("chunk_delay: 0.1", "chunk_delay: 3"), encoding="utf-8")
    if not stream:
        (slow / "charter.yaml").write_text(SLOW.replace("delay: 1.0", "delay: 30"), encoding="utf-8")
    with running(slow, "--drain-limit", "1.5") as server, asked(server, stream=stream) as answer:
        server.process.send_signal(signal.SIGTERM)
        heard = answer.result()
        assert "shutting_down" in heard.body
        assert heard.status == (200 if stream else 503)
        assert server.process.wait(timeout=20) == 0
        (decision,) = decisions(server.state)
        assert decision.error == "shutting_down"
        assert heard.receipt == decision.id
    assert_sound(slow)


@pytest.mark.slow
def test_told_twice_it_ends_at_once_and_says_so_by_its_exit_code(slow: Path) -> None:
    (slow / "charter.yaml").write_text(SLOW.replace("delay: 1.0", "delay: 60"), encoding="utf-8")
    with running(slow) as server, asked(server, timeout=60) as answer:
        server.process.send_signal(signal.SIGTERM)
        wait_until(lambda: not listens(server.address))
        server.process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        assert server.process.wait(timeout=20) == 128 + signal.SIGTERM
        assert time.monotonic() - began < 5
        assert answer.result().status in (0, 503)
        assert [each.error for each in decisions(server.state)] == ["shutting_down"]
    assert_sound(slow)
