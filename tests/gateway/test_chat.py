"""The endpoint as a whole: what a client gets, what is written down."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from aboveboard.errors import AboveboardError
from aboveboard.models import ModelGarbageError, ModelRefusedError, ModelTimeoutError
from aboveboard.values import is_ulid

MakeRig = Callable[..., Any]


async def test_an_answer_arrives_with_its_receipt(make_rig: MakeRig) -> None:
    rig = make_rig()
    answer = await rig.chat("hi")
    assert answer.status == 200
    assert answer.text == "Hello there."
    receipt = answer.headers["x-aboveboard-receipt"]
    assert is_ulid(receipt)
    assert answer.json["id"] == f"chatcmpl-{receipt}"
    assert answer.json["model"] == "m"
    assert answer.headers["x-aboveboard-decision"] == "allow"
    assert answer.headers["x-aboveboard-charter"] == rig.services.charter.digest
    assert float(answer.headers["x-aboveboard-overhead-ms"]) >= 0
    assert answer.headers["x-aboveboard-energy-wh"] == "0.0123;estimated"


async def test_the_decision_says_what_happened_and_holds_no_text(make_rig: MakeRig) -> None:
    rig = make_rig()
    answer = await rig.chat("a very private question")
    decision = rig.recorder.last
    assert decision.id == answer.headers["x-aboveboard-receipt"]
    assert (decision.endpoint, decision.streamed, decision.outcome) == (
        "/v1/chat/completions",
        False,
        "allow",
    )
    assert (decision.model, decision.provider, decision.accountable) == (
        "scripted",
        "scripted",
        "Head of service",
    )
    assert (decision.prompt_tokens, decision.completion_tokens) == (5, 7)
    assert decision.finish_reason == "stop"
    assert "private" not in repr(decision)
    assert rig.recorder.attachments == [{}]


async def test_a_stream_gives_the_same_text_and_ends_in_order(make_rig: MakeRig) -> None:
    rig = make_rig()
    answer = await rig.chat("hi", stream=True)
    assert answer.text == "Hello there."
    assert answer.events[-1] == "[DONE]"
    reasons = [frame["choices"][0]["finish_reason"] for frame in answer.frames]
    assert reasons[-1] == "stop"
    assert set(reasons[:-1]) == {None}
    assert answer.frames[-1]["choices"][0]["delta"] == {}
    assert answer.frames[0]["choices"][0]["delta"]["role"] == "assistant"


async def test_a_stream_says_late_what_it_could_not_know_early(make_rig: MakeRig) -> None:
    rig = make_rig()
    answer = await rig.chat("hi", stream=True)
    assert is_ulid(answer.headers["x-aboveboard-receipt"])
    assert "x-aboveboard-decision" not in answer.headers
    assert answer.comments["x-aboveboard-decision"] == "allow"
    assert answer.comments["x-aboveboard-energy-wh"] == "0.0123;estimated"


async def test_nothing_is_finished_before_the_decision_is_durable(
    make_rig: MakeRig, memory_recorder: Any
) -> None:
    rig = make_rig(recorder=memory_recorder(delay=0.1))
    task = asyncio.create_task(rig.chat("hi", stream=True))
    answer = await task
    final = json.dumps(answer.frames[-1])
    assert '"finish_reason": "stop"' in final
    assert len(rig.recorder.decisions) == 1


@pytest.mark.parametrize("streamed", [False, True])
async def test_what_cannot_be_recorded_is_not_answered(
    make_rig: MakeRig, memory_recorder: Any, streamed: bool
) -> None:
    rig = make_rig(recorder=memory_recorder(fail=AboveboardError("disk full")))
    answer = await rig.chat("hi", stream=streamed)
    if streamed:
        assert answer.frames[-1]["error"]["code"] == "unrecorded"
        assert answer.events[-1] == "[DONE]"
        assert all(frame["choices"][0]["finish_reason"] is None for frame in answer.frames[:-1])
    else:
        assert answer.status == 503
        assert answer.error["code"] == "unrecorded"


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (ModelTimeoutError("slow"), 504, "upstream_timeout"),
        (ModelRefusedError("busy", status=429), 429, "upstream_rate_limited"),
        (ModelRefusedError("bad key", status=401), 502, "upstream_failed"),
        (ModelRefusedError("bad", status=400), 400, "upstream_refused"),
        (ModelGarbageError("html"), 502, "upstream_failed"),
        (ZeroDivisionError("a bug that quotes: my secret"), 500, "internal_error"),
    ],
)
@pytest.mark.parametrize("streamed", [False, True])
async def test_a_failing_model_is_an_openai_error_and_a_record(
    make_rig: MakeRig, scripted: Any, fault: Exception, status: int, code: str, streamed: bool
) -> None:
    rig = make_rig(scripted(fail=fault))
    answer = await rig.chat("hi", stream=streamed)
    assert answer.status == status
    assert answer.error["code"] == code
    assert set(answer.error) == {"message", "type", "param", "code"}
    assert "secret" not in answer.body.decode()
    assert rig.recorder.last.error == code
    assert rig.recorder.last.id == answer.headers["x-aboveboard-receipt"]


async def test_a_model_that_fails_in_mid_stream_ends_it_with_a_typed_frame(
    make_rig: MakeRig, scripted: Any
) -> None:
    rig = make_rig(scripted(fail=ModelTimeoutError("slow"), fail_after=2, gap=0.005))
    answer = await rig.chat("hi", stream=True)
    assert answer.status == 200
    assert answer.events[-1] == "[DONE]"
    assert answer.frames[-1]["error"]["code"] == "upstream_timeout"
    assert answer.text == "Hello "
    assert rig.recorder.last.answer_digest


def starts(answer: Any) -> int:
    return sum(message["type"] == "http.response.start" for message in answer.messages)


def broken(_: Any) -> None:
    raise ZeroDivisionError("a bug that quotes: my secret")


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/responses", "/v1/messages"])
async def test_a_fault_after_a_stream_has_begun_ends_it_and_begins_no_other_answer(
    make_rig: MakeRig, scripted: Any, path: str
) -> None:
    rig = make_rig(scripted(gap=0.005))
    rig.services.vitals.observe = broken  # what watches is called once the decision is on record
    answer = await rig.ask(path, stream=True)
    assert (answer.status, starts(answer)) == (200, 1)
    assert answer.messages[-1]["more_body"] is False
    assert not answer.is_ended
    assert "internal" in answer.body.decode() or "api_error" in answer.body.decode()
    assert "secret" not in answer.body.decode()
    assert len(rig.recorder.decisions) == 1
    assert 'aboveboard_faults_total{where="gateway"} 1' in await rig.metrics()


async def test_a_fault_before_anything_was_sent_has_a_status(make_rig: MakeRig) -> None:
    rig = make_rig()
    rig.services.vitals.observe = broken
    answer = await rig.chat()
    assert (answer.status, answer.error["code"], starts(answer)) == (500, "internal_error", 1)
    assert len(rig.recorder.decisions) == 1


@pytest.mark.parametrize("streamed", [False, True])
async def test_a_fault_after_the_end_of_an_answer_adds_nothing_to_it(
    make_rig: MakeRig, monkeypatch: pytest.MonkeyPatch, streamed: bool
) -> None:
    monkeypatch.setattr("aboveboard.gateway.answering._caching.Remembering.keep", lambda *_: 1 / 0)
    answer = await make_rig().chat(stream=streamed)
    assert (answer.status, starts(answer)) == (200, 1)
    assert answer.text == "Hello there."
    assert "error" not in answer.body.decode()


async def test_a_stream_cut_short_is_not_passed_off_as_an_answer(
    make_rig: MakeRig, scripted: Any, piece: Any
) -> None:
    rig = make_rig(scripted(chunks=[piece({"content": "half an ans"}), piece({"content": "w"})], gap=0.005))
    answer = await rig.chat("hi", stream=True)
    assert answer.frames[-1]["error"]["code"] == "upstream_incomplete"
    assert rig.recorder.last.error == "upstream_incomplete"


@pytest.mark.parametrize("leave_after", [0, 3])
async def test_a_client_that_leaves_stops_the_model_and_is_recorded(
    make_rig: MakeRig, scripted: Any, leave_after: int
) -> None:
    rig = make_rig(scripted(pieces=["x"] * 1000, gap=0.02))
    body = {"model": "m", "messages": [{"role": "user", "content": "hi"}], "stream": True}
    part = {"type": "http.request", "body": json.dumps(body).encode()}
    headers = {"content-type": "application/json"}
    await asyncio.wait_for(rig.send("POST", "/v1/chat/completions", [part], headers, leave_after), 5)
    assert rig.model.ended.is_set()
    assert rig.recorder.last.error == "client_disconnected"


async def test_a_client_that_leaves_before_a_whole_answer_is_recorded_too(
    make_rig: MakeRig, scripted: Any
) -> None:
    rig = make_rig(scripted(gap=30))
    part = {"type": "http.request", "body": b'{"model":"m","messages":[{"role":"user","content":"hi"}]}'}
    headers = {"content-type": "application/json"}
    answer = await asyncio.wait_for(rig.send("POST", "/v1/chat/completions", [part], headers, 0), 5)
    assert answer.messages == []
    assert rig.model.ended.is_set()
    assert rig.recorder.last.error == "client_disconnected"


async def test_usage_comes_only_when_asked_for(make_rig: MakeRig) -> None:
    rig = make_rig()
    without = await rig.chat("hi", stream=True)
    assert all(frame["choices"] for frame in without.frames)
    with_usage = await rig.chat("hi", stream=True, stream_options={"include_usage": True})
    assert with_usage.frames[-1]["choices"] == []
    assert with_usage.frames[-1]["usage"]["total_tokens"] == 12


async def test_the_end_user_reaches_the_model_by_pseudonym_only(make_rig: MakeRig) -> None:
    rig = make_rig()
    await rig.chat("hi", user="anna@example.org")
    assert rig.model.asked[0].extra["user"] == "p-16"
    assert rig.recorder.last.data_subject == "p-16"
    assert "anna" not in repr(rig.recorder.last)


async def test_a_subject_header_goes_before_the_user_field(make_rig: MakeRig) -> None:
    rig = make_rig()
    body = {"model": "m", "messages": [{"role": "user", "content": "hi"}], "user": "app"}
    await rig.post(json.dumps(body).encode(), {"x-aboveboard-subject": "anna"})
    assert rig.recorder.last.data_subject == "p-4"


async def test_unknown_fields_reach_the_model_untouched(make_rig: MakeRig) -> None:
    rig = make_rig()
    await rig.chat("hi", top_k=40, chat_template_kwargs={"enable_thinking": False}, max_tokens=9, stop="END")
    asked = rig.model.asked[0]
    assert asked.extra["top_k"] == 40
    assert asked.extra["chat_template_kwargs"] == {"enable_thinking": False}
    assert (asked.max_tokens, asked.stop) == (9, ("END",))


async def test_payloads_are_kept_only_when_the_charter_says_so(make_rig: MakeRig, charter_with: Any) -> None:
    rig = make_rig(charter=charter_with("retention: {payloads: 30d}"))
    await rig.chat("hi")
    kept = rig.recorder.attachments[0]
    assert set(kept) == {"prompt", "answer", "digest-key"}
    assert json.loads(kept["prompt"]) == [{"role": "user", "text": "hi"}]
    assert json.loads(kept["answer"]) == [{"index": 0, "text": "Hello there."}]


async def test_pieces_that_come_together_go_out_together_and_slow_ones_at_once(
    make_rig: MakeRig, scripted: Any
) -> None:
    words = [f"word{number} " for number in range(20)]
    fast = await make_rig(scripted(pieces=words)).chat("hi", stream=True)
    slow = await make_rig(scripted(pieces=words, gap=0.002)).chat("hi", stream=True)
    assert fast.text == slow.text == "".join(words)
    assert len(fast.frames) < 5
    assert len(slow.frames) > 15
