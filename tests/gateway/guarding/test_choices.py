"""Several choices, tools and reasoning, streamed and whole, with no guard in the way."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from aboveboard.models import ChatResponse, Usage

MakeRig = Callable[..., Any]
TOOL = {"index": 0, "id": "call_1", "type": "function", "function": {"name": "send", "arguments": ""}}


def arguments(text: str, index: int = 0) -> dict[str, Any]:
    return {"tool_calls": [{"index": index, "function": {"arguments": text}}]}


async def test_tool_calls_stream_through_piece_by_piece(make_rig: MakeRig, scripted: Any, piece: Any) -> None:
    pieces = [piece({"role": "assistant", "content": None, "tool_calls": [TOOL]})]
    pieces += [piece(arguments(text)) for text in ('{"to":', '"anna', '"}')]
    rig = make_rig(scripted(chunks=[*pieces, piece({}, "tool_calls")]))
    answer = await rig.chat("hi", stream=True)
    calls = [call for frame in answer.frames for call in frame["choices"][0]["delta"].get("tool_calls", [])]
    assert calls[0]["id"] == "call_1"
    assert calls[0]["function"]["name"] == "send"
    assert "".join(call["function"].get("arguments", "") for call in calls) == '{"to":"anna"}'
    assert answer.frames[-1]["choices"][0]["finish_reason"] == "tool_calls"


async def test_whole_tool_calls_keep_their_shape(make_rig: MakeRig, scripted: Any) -> None:
    call = {"id": "call_1", "type": "function", "function": {"name": "send", "arguments": '{"to":"anna"}'}}
    other = {"id": "call_2", "type": "custom", "custom": {"name": "shell", "input": "ls"}}
    message = {"role": "assistant", "content": None, "tool_calls": [call, other]}
    answer = await make_rig(scripted(message=message)).chat("hi")
    got = answer.json["choices"][0]["message"]
    assert got == {"role": "assistant", "content": None, "tool_calls": [call, other]}


async def test_choices_do_not_mix_and_all_finish_after_all_text(
    make_rig: MakeRig, scripted: Any, piece: Any
) -> None:
    pieces = [piece({"content": "a1 "}, index=0), piece({"content": "b1 "}, index=1)]
    pieces += [piece({}, "stop", index=0), piece({"content": "b2"}, index=1), piece({}, "length", index=1)]
    answer = await make_rig(scripted(chunks=pieces)).chat("hi", stream=True, n=2)
    texts = {0: "", 1: ""}
    finished: list[tuple[int, str]] = []
    for frame in answer.frames:
        choice = frame["choices"][0]
        assert not finished or not choice["delta"].get("content")
        texts[choice["index"]] += choice["delta"].get("content", "")
        if choice["finish_reason"]:
            finished.append((choice["index"], choice["finish_reason"]))
    assert texts == {0: "a1 ", 1: "b1 b2"}
    assert finished == [(0, "stop"), (1, "length")]


async def test_reasoning_is_passed_on_as_reasoning(make_rig: MakeRig, scripted: Any, piece: Any) -> None:
    pieces = [piece({"reasoning_content": "hm"}), piece({"content": "yes"}), piece({}, "stop")]
    answer = await make_rig(scripted(chunks=pieces)).chat("hi", stream=True)
    deltas = [frame["choices"][0]["delta"] for frame in answer.frames]
    assert "".join(delta.get("reasoning_content", "") for delta in deltas) == "hm"
    assert answer.text == "yes"


@pytest.mark.parametrize("streamed", [False, True])
async def test_what_no_guard_reads_is_dropped_and_named(
    make_rig: MakeRig, scripted: Any, piece: Any, streamed: bool
) -> None:
    odd = {"content": "yes", "audio": {"data": "AAAA"}, "annotations": [{"url": "x"}]}
    model = scripted(chunks=[piece(odd), piece({}, "stop")], message={"role": "assistant", **odd})
    answer = await make_rig(model).chat("hi", stream=streamed)
    late = answer.comments if streamed else answer.headers
    assert "AAAA" not in answer.body.decode()
    assert late["x-aboveboard-dropped"] == "annotations,audio"


async def test_streamed_log_probabilities_are_dropped_and_named(
    make_rig: MakeRig, scripted: Any, piece: Any
) -> None:
    first = piece({"content": "yes"})
    first.raw["choices"][0]["logprobs"] = {"content": [{"token": "yes", "logprob": -0.1}]}
    answer = await make_rig(scripted(chunks=[first, piece({}, "stop")])).chat("hi", stream=True)
    assert "logprob" not in "".join(answer.events)
    assert answer.comments["x-aboveboard-dropped"] == "logprobs"


async def test_whole_log_probabilities_of_unchanged_text_stay(make_rig: MakeRig) -> None:
    answer = await make_rig().chat("hi", logprobs=True)
    assert answer.json["choices"][0]["logprobs"] == {"content": []}
    assert "x-aboveboard-dropped" not in answer.headers


@pytest.mark.parametrize(
    "raw",
    [
        {"choices": [{"message": "text"}]},
        {"choices": ["x"]},
        {"choices": [{"index": 0}]},
        {"choices": [{"message": {"tool_calls": ["x"]}}]},
    ],
)
async def test_an_answer_of_no_known_shape_is_an_error_not_a_fault(
    make_rig: MakeRig, scripted: Any, raw: dict[str, Any]
) -> None:
    model = scripted()
    model.message = None

    class Odd(type(model)):  # type: ignore[misc]  # the double's class is only known at run time
        def _response(self) -> ChatResponse:
            return ChatResponse("", "stop", Usage(), raw)

    rig = make_rig(Odd())
    answer = await rig.chat("hi")
    assert (answer.status, answer.error["code"]) == (502, "upstream_garbage")
    assert rig.recorder.last.error == "upstream_garbage"


@pytest.mark.parametrize("choices", [["x"], [{"delta": "x"}], [{"index": [], "delta": {}}], 7])
async def test_a_chunk_of_no_known_shape_is_an_error_not_a_fault(
    make_rig: MakeRig, scripted: Any, piece: Any, choices: Any
) -> None:
    odd = replace(piece({"content": "x"}), raw={"choices": choices})
    answer = await make_rig(scripted(chunks=[odd])).chat("hi", stream=True)
    assert (answer.status, answer.error["code"]) == (502, "upstream_garbage")


async def test_an_answer_without_end_is_cut(make_rig: MakeRig, scripted: Any) -> None:
    from aboveboard.gateway import Limits

    rig = make_rig(scripted(pieces=["x" * 100] * 100, gap=0.001), limits=Limits(answer_characters=1000))
    answer = await rig.chat("hi", stream=True)
    assert answer.frames[-1]["error"]["code"] == "upstream_too_long"
    assert len(answer.text) <= 1000


async def test_a_provider_without_the_wire_shape_streams_too(
    make_rig: MakeRig, scripted: Any, piece: Any
) -> None:
    plain = [replace(piece({"content": "ab"}), raw={}), replace(piece({}, "stop"), raw={})]
    answer = await make_rig(scripted(chunks=plain)).chat("hi", stream=True)
    assert answer.text == "ab"
    assert json.loads(answer.events[-2])["choices"][0]["finish_reason"] == "stop"
