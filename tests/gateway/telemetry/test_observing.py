"""What watchers are told of requests, by the gateway itself."""

import asyncio
import logging
import threading
from collections.abc import Callable
from typing import Any

import pytest

from aboveboard.gateway import Vitals
from aboveboard.gateway.telemetry import Answered, Observation, Observers, Refused, log_access

MakeRig = Callable[..., Any]
GOOD = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.fixture
def seen() -> list[Observation]:
    return []


@pytest.fixture
def watched(make_rig: MakeRig, seen: list[Observation]) -> MakeRig:
    """A gateway whose observations are kept."""
    return lambda *given, **more: make_rig(*given, vitals=Vitals(observe=seen.append), **more)


async def test_an_answer_is_told_with_its_record_and_moments_in_order(
    watched: MakeRig, scripted: Any, seen: list[Observation]
) -> None:
    rig = watched(scripted(gap=0.02))
    answer = await rig.chat("hi", stream=True)
    (told,) = seen
    assert isinstance(told, Answered)
    assert told.decision is rig.recorder.last
    assert told.decision.id == answer.headers["x-aboveboard-receipt"]
    assert 0 < told.checked < told.checked + told.waited <= told.decided <= told.recorded
    assert told.checked < told.first_text < told.decided
    assert told.waited >= 0.04
    assert told.trace is None


async def test_what_has_no_record_is_told_as_refused(watched: MakeRig, seen: list[Observation]) -> None:
    rig = watched()
    await rig.post(b"not json")
    await rig.get("/nowhere/secret")
    assert [(each.endpoint, each.status, each.code) for each in seen if isinstance(each, Refused)] == [
        ("/v1/chat/completions", 400, "invalid_json"),
        ("other", 404, "unknown_endpoint"),
    ]


async def test_the_callers_trace_is_followed_without_telemetry_of_our_own(
    watched: MakeRig, scripted: Any, seen: list[Observation]
) -> None:
    from aboveboard.models import trace_headers

    sent: list[Any] = []

    class Asked(scripted):  # type: ignore[misc]  # a fixture's class
        async def chat(self, request: Any) -> Any:
            sent.append(trace_headers.get())
            return await super().chat(request)

    rig = watched(Asked())
    body = b'{"model": "m", "messages": [{"role": "user", "content": "hi"}]}'
    await rig.post(body, {"traceparent": GOOD, "tracestate": "a=1"})
    await asyncio.create_task(rig.post(body))
    assert sent[0] == (("traceparent", GOOD), ("tracestate", "a=1"))
    told = seen[0]
    assert isinstance(told, Answered)
    assert told.trace is not None
    assert told.trace.trace_id == GOOD[3:35]


def test_a_watcher_that_fails_or_hangs_keeps_nobody_waiting(caplog: pytest.LogCaptureFixture) -> None:
    good: list[Observation] = []
    go = threading.Event()

    def hang(_: Observation) -> None:
        go.wait()
        raise ValueError("content of somebody")

    one = Refused("other", 404, "unknown_endpoint", 0)
    with Observers([hang, good.append]) as observers:
        for _ in range(20_100):
            observers(one)
        assert observers.lost > 0, "what waits is bounded"
        go.set()
    assert len(good) + observers.lost == 20_100
    assert observers.lost <= 100
    assert "ValueError" in caplog.text
    assert "somebody" not in caplog.text


async def test_a_line_of_the_access_log_names_the_receipt_and_nobody(
    watched: MakeRig, seen: list[Observation], caplog: pytest.LogCaptureFixture
) -> None:
    rig = watched()
    await rig.chat("CANARY words", user="CANARY person")
    await rig.post(b"CANARY")
    with caplog.at_level(logging.INFO, "aboveboard.access"):
        for each in seen:
            log_access(each)
    answered, refused = [record.__dict__["fields"] for record in caplog.records]
    assert answered["receipt"] == rig.recorder.last.id
    assert (answered["outcome"], answered["completion_tokens"]) == ("allow", 7)
    assert refused == {"endpoint": "/v1/chat/completions", "status": 400, "error": "invalid_json"}
    assert "CANARY" not in repr([answered, refused])
    assert "p-13" not in repr(answered), "pseudonyms neither"
