"""A model's endpoint can write into any field; only texts that guards have read leave as texts."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from aboveboard.models import ChatResponse, Usage

MakeRig = Callable[..., Any]
WORDS = "write to anna.berg@example.org"


def whole_of(scripted: Any, raw: dict[str, Any], finish: str = "stop") -> Any:
    """A model whose whole answer is this JSON object."""

    class Odd(scripted):  # type: ignore[misc]  # the double's class is only known at run time
        def _response(self) -> ChatResponse:
            return ChatResponse("yes", finish, Usage(5, 7), raw)

    return Odd()


def choice(**fields: Any) -> dict[str, Any]:
    message = {"role": "assistant", "content": "yes"}
    return {"index": 0, "message": message, "finish_reason": "stop", **fields}


async def of_one_call(make_rig: MakeRig, scripted: Any, piece: Any, call: Any, streamed: bool) -> Any:
    message = {"role": "assistant", "content": None, "tool_calls": [{"index": 0, **call}]}
    model = scripted(message=message, chunks=[piece(message), piece({}, "tool_calls")])
    answer = await make_rig(model).chat("hi", stream=streamed)
    assert "anna" not in answer.body.decode()
    if not streamed:
        return answer.json["choices"][0]["message"]["tool_calls"][0]
    frames = [frame["choices"][0]["delta"] for frame in answer.frames]
    return next(delta["tool_calls"][0] for delta in frames if "tool_calls" in delta)


@pytest.mark.parametrize("streamed", [False, True])
async def test_a_tool_call_cannot_carry_words_in_its_name_id_or_type(
    make_rig: MakeRig, scripted: Any, piece: Any, streamed: bool
) -> None:
    call = {"id": WORDS, "type": WORDS, "function": {"name": WORDS, "arguments": "{}"}, "note": WORDS}
    got = await of_one_call(make_rig, scripted, piece, call, streamed)
    assert (got["id"], got["type"], got["function"]["name"]) == ("call_0", "function", "unknown")


@pytest.mark.parametrize("streamed", [False, True])
async def test_a_custom_call_cannot_either(
    make_rig: MakeRig, scripted: Any, piece: Any, streamed: bool
) -> None:
    call = {"id": "c1", "type": "custom", "custom": {"name": WORDS, "input": "ls"}}
    got = await of_one_call(make_rig, scripted, piece, call, streamed)
    assert (got["id"], got["type"], got["custom"]["name"]) == ("c1", "custom", "unknown")


async def test_a_name_or_id_cannot_come_in_pieces_that_a_client_would_join(
    make_rig: MakeRig, scripted: Any, piece: Any
) -> None:
    pieces = [
        piece(
            {
                "tool_calls": [
                    {"index": 0, "id": c, "type": "function", "function": {"name": c, "arguments": ""}}
                ]
            }
        )
        for c in "anna.berg"
    ]
    answer = await make_rig(scripted(chunks=[*pieces, piece({}, "tool_calls")])).chat("hi", stream=True)
    calls = [call for frame in answer.frames for call in frame["choices"][0]["delta"].get("tool_calls", [])]
    assert "".join(call.get("id", "") for call in calls) == "a"
    assert "".join(call.get("function", {}).get("name", "") for call in calls) == "a"


@pytest.mark.parametrize("streamed", [False, True])
async def test_a_finish_reason_is_one_of_the_known_or_other(
    make_rig: MakeRig, scripted: Any, piece: Any, streamed: bool
) -> None:
    model = whole_of(scripted, {"choices": [choice(finish_reason=WORDS)]}, WORDS)
    model.chunks = [piece({"content": "yes"}), piece({}, WORDS)]
    rig = make_rig(model)
    answer = await rig.chat("hi", stream=streamed)
    assert (answer.status, answer.text) == (200, "yes")
    assert "anna" not in answer.body.decode()
    assert rig.recorder.last.finish_reason == "other"


@pytest.mark.parametrize("reason", ["stop", "length", "tool_calls", "content_filter", "function_call"])
@pytest.mark.parametrize("streamed", [False, True])
async def test_a_known_finish_reason_passes(
    make_rig: MakeRig, scripted: Any, piece: Any, reason: str, streamed: bool
) -> None:
    model = whole_of(scripted, {"choices": [choice(finish_reason=reason)]}, reason)
    model.chunks = [piece({"content": "yes"}), piece({}, reason)]
    rig = make_rig(model)
    answer = await rig.chat("hi", stream=streamed)
    last = answer.frames[-1] if streamed else answer.json
    assert last["choices"][0]["finish_reason"] == rig.recorder.last.finish_reason == reason


@pytest.mark.parametrize("streamed", [False, True])
async def test_marks_and_usage_hold_no_words(
    make_rig: MakeRig, scripted: Any, piece: Any, streamed: bool
) -> None:
    usage = {
        "prompt_tokens": 5, "completion_tokens": WORDS, "total_tokens": 10**400, "cost": WORDS, WORDS: 1,
        "completion_tokens_details": {"reasoning_tokens": 3, "audio_tokens": WORDS, WORDS: 1},
        "prompt_tokens_details": WORDS,
    }  # fmt: skip
    marks = {"system_fingerprint": WORDS, "service_tier": "default", "usage": usage}
    model = whole_of(scripted, {"choices": [choice()], **marks})
    last = piece({}, "stop")
    model.chunks = [
        replace(one, raw={**one.raw, **marks}, usage=Usage(5, 7)) for one in (piece({"content": "yes"}), last)
    ]
    answer = await make_rig(model).chat("hi", stream=streamed, stream_options={"include_usage": True})
    assert "anna" not in answer.body.decode()
    got = answer.frames[-1] if streamed else answer.json
    assert got["usage"] == {"prompt_tokens": 5, "completion_tokens_details": {"reasoning_tokens": 3}}
    assert "system_fingerprint" not in got
    assert got["service_tier"] == "default"


@pytest.mark.parametrize("streamed", [False, True])
async def test_a_dropped_field_is_named_only_where_its_name_is_known(
    make_rig: MakeRig, scripted: Any, piece: Any, streamed: bool
) -> None:
    message = {"role": "assistant", "content": "yes", "audio": {}, WORDS: "x", "anna": 1}
    model = scripted(message=message, chunks=[piece(message), piece({}, "stop")])
    answer = await make_rig(model).chat("hi", stream=streamed)
    late = answer.comments if streamed else answer.headers
    assert late["x-aboveboard-dropped"] == "audio,other"


@pytest.mark.parametrize(
    "choices",
    [
        [choice(index=True)],
        [choice(index=-1)],
        [choice(index="0")],
        [choice(index=10**30)],
        [choice(index=number) for number in range(17)],
    ],
)
@pytest.mark.parametrize("streamed", [False, True])
async def test_choices_are_few_and_each_has_a_number_of_its_own(
    make_rig: MakeRig, scripted: Any, piece: Any, choices: list[dict[str, Any]], streamed: bool
) -> None:
    model = whole_of(scripted, {"choices": choices})
    model.chunks = [
        replace(piece({}), raw={"choices": [{"index": one["index"], "delta": {"content": "yes"}}]})
        for one in choices
    ]
    answer = await make_rig(model).chat("hi", stream=streamed)
    error = answer.error if answer.status != 200 else answer.frames[-1]["error"]
    assert error["code"] == "upstream_garbage"


async def test_two_whole_choices_of_one_number_are_an_error(make_rig: MakeRig, scripted: Any) -> None:
    answer = await make_rig(whole_of(scripted, {"choices": [choice(), choice()]})).chat("hi")
    assert (answer.status, answer.error["code"]) == (502, "upstream_garbage")


@pytest.mark.parametrize("index", [-1, 128, "0", True])
async def test_a_tool_call_of_no_sensible_number_is_an_error(
    make_rig: MakeRig, scripted: Any, piece: Any, index: Any
) -> None:
    delta = {"tool_calls": [{"index": index, "function": {"name": "f", "arguments": "{}"}}]}
    answer = await make_rig(scripted(chunks=[piece(delta), piece({}, "stop")])).chat("hi", stream=True)
    assert (answer.status, answer.error["code"]) == (502, "upstream_garbage")


def token(text: str, *alternatives: str, **more: Any) -> dict[str, Any]:
    others = [{"token": one, "logprob": -2.5, "bytes": list(one.encode())} for one in alternatives]
    return {
        "token": text, "logprob": -0.5, "bytes": list(text.encode()), "top_logprobs": others, **more
    }  # fmt: skip


async def test_log_probabilities_of_the_text_itself_pass_as_they_are(
    make_rig: MakeRig, scripted: Any
) -> None:
    given = {"content": [token("y", "n"), token("es", "o")]}
    answer = await make_rig(whole_of(scripted, {"choices": [choice(logprobs=given)]})).chat("hi")
    assert answer.json["choices"][0]["logprobs"] == given


@pytest.mark.parametrize(
    "given",
    [
        {"content": [token(WORDS)]},
        {"content": [token("yes"), "x"]},
        {"content": [token("yes", logprob=WORDS)]},
        {"content": [token("yes", logprob=10**400)]},
        {"content": [token("ye")]},
        {"content": WORDS},
        {"note": WORDS},
        [WORDS],
        WORDS,
    ],
)
async def test_log_probabilities_of_another_text_are_dropped_and_named(
    make_rig: MakeRig, scripted: Any, given: Any
) -> None:
    answer = await make_rig(whole_of(scripted, {"choices": [choice(logprobs=given)]})).chat("hi")
    assert answer.json["choices"][0]["logprobs"] is None
    assert answer.headers["x-aboveboard-dropped"] == "logprobs"


async def test_nothing_else_passes_among_the_log_probabilities(make_rig: MakeRig, scripted: Any) -> None:
    sly = token("yes", WORDS, "no", bytes=list(WORDS.encode()), note=WORDS)
    raw = {"choices": [choice(logprobs={"content": [sly], "note": WORDS})]}
    answer = await make_rig(whole_of(scripted, raw)).chat("hi")
    assert answer.json["choices"][0]["logprobs"] == {"content": [token("yes", "no")]}
