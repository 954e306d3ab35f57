"""The official Anthropic client, unchanged, over a real socket and the production server."""

from collections.abc import Callable
from typing import Any

import anthropic
import pytest

from aboveboard.gateway import AsgiApp
from aboveboard.models import ModelRefusedError, ModelTimeoutError
from aboveboard.values import is_ulid

CLIENT = anthropic.Anthropic
MakeRig = Callable[..., Any]
Serve = Callable[[AsgiApp], str]
USER: Any = [{"role": "user", "content": "Grüße 👋 from 東京"}]
CALL = {"id": "toolu_1", "type": "function", "function": {"name": "send", "arguments": '{"to":"anna"}'}}
TOOLS: Any = [
    {"name": "send", "description": "Sends.", "input_schema": {"type": "object", "properties": {"to": {}}}}
]


def test_a_whole_message(make_rig: MakeRig, client_of: Any) -> None:
    rig = make_rig()
    raw = client_of(rig).messages.with_raw_response.create(
        model="m", max_tokens=50, system="Be brief.", messages=USER, metadata={"user_id": "anna@example.org"}
    )
    message = raw.parse()
    assert message.content[0].text == "Hello there."
    assert (message.stop_reason, message.usage.input_tokens, message.usage.output_tokens) == (
        "end_turn",
        5,
        7,
    )
    assert message.id == f"msg_{raw.headers['X-Aboveboard-Receipt']}"
    assert is_ulid(message.id.removeprefix("msg_"))
    asked = rig.model.asked[0]
    assert [(turn.role, turn.content) for turn in asked.messages] == [
        ("system", "Be brief."),
        ("user", USER[0]["content"]),
    ]
    assert (asked.max_tokens, asked.extra["user"]) == (50, "p-16")
    assert asked.native.body["metadata"] == {"user_id": "p-16"}
    assert rig.recorder.last.data_subject == "p-16"
    assert rig.recorder.last.endpoint == "/v1/messages"


def test_a_streamed_message(make_rig: MakeRig, client_of: Any) -> None:
    client = client_of(make_rig())
    events = [
        event.type for event in client.messages.create(model="m", max_tokens=9, messages=USER, stream=True)
    ]
    assert [kind for kind in events if kind != "content_block_delta"] == [
        "message_start",
        "content_block_start",
        "content_block_stop",
        "message_delta",
        "message_stop",
    ]
    with client.messages.stream(model="m", max_tokens=9, messages=USER) as stream:
        assert "".join(stream.text_stream) == "Hello there."
        final = stream.get_final_message()
    assert (final.stop_reason, final.usage.output_tokens) == ("end_turn", 7)


def test_tools_and_thoughts_go_round(make_rig: MakeRig, scripted: Any, piece: Any, client_of: Any) -> None:
    opening = {**CALL, "index": 0, "function": {"name": "send", "arguments": ""}}
    parts = [
        {"tool_calls": [{"index": 0, "function": {"arguments": part}}]} for part in ('{"to"', ':"anna"}')
    ]
    chunks = [
        piece({"reasoning_content": "So."}),
        piece({"content": "Sure. "}),
        piece({"tool_calls": [opening]}),
    ]
    chunks += [*map(piece, parts), piece({}, "tool_calls")]
    message = {"role": "assistant", "content": "Sure. ", "reasoning_content": "So.", "tool_calls": [CALL]}
    rig = make_rig(scripted(message=message, chunks=chunks))
    client = client_of(rig)
    whole = client.messages.create(model="m", max_tokens=9, messages=USER, tools=TOOLS)
    with client.messages.stream(model="m", max_tokens=9, messages=USER, tools=TOOLS) as stream:
        streamed = stream.get_final_message()
    for answer in (whole, streamed):
        thought, said, call = answer.content
        assert (thought.thinking, said.text) == ("So.", "Sure. ")
        assert (call.id, call.name, call.input) == ("toolu_1", "send", {"to": "anna"})
        assert answer.stop_reason == "tool_use"
    result: Any = {"type": "tool_result", "tool_use_id": "toolu_1", "content": "no post", "is_error": True}
    history: Any = [
        *USER,
        {"role": "assistant", "content": whole.content},
        {"role": "user", "content": [result, {"type": "text", "text": "and now?"}]},
    ]
    choice: Any = {"type": "any", "disable_parallel_tool_use": True}
    client.messages.create(model="m", max_tokens=9, messages=history, tools=TOOLS, tool_choice=choice)
    asked = rig.model.asked[-1]
    assert [turn.role for turn in asked.messages] == ["user", "assistant", "tool", "user"]
    assert asked.messages[1].extra["tool_calls"] == [CALL]
    assert asked.messages[2].content == "Error: no post"
    assert (asked.extra["tool_choice"], asked.extra["parallel_tool_calls"]) == ("required", False)
    assert asked.extra["tools"][0]["function"]["parameters"] == TOOLS[0]["input_schema"]


def test_images_pass(make_rig: MakeRig, client_of: Any) -> None:
    rig = make_rig()
    source = {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="}
    content: Any = [{"type": "text", "text": "see"}, {"type": "image", "source": source}]
    client_of(rig).messages.create(model="m", max_tokens=9, messages=[{"role": "user", "content": content}])
    parts = rig.model.asked[0].messages[0].extra["content"]
    assert parts[1]["image_url"]["url"] == "data:image/png;base64,iVBORw0KGgo="


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (ModelRefusedError("bad", status=400), anthropic.BadRequestError),
        (ModelRefusedError("busy", status=429), anthropic.RateLimitError),
        (ModelTimeoutError("slow"), anthropic.InternalServerError),
    ],
)
@pytest.mark.parametrize("streamed", [False, True])
def test_errors_raise_what_the_client_knows(
    make_rig: MakeRig, scripted: Any, client_of: Any, fault: Exception, error: Any, streamed: bool
) -> None:
    with pytest.raises(error):
        client_of(make_rig(scripted(fail=fault))).messages.create(
            model="m", max_tokens=9, messages=USER, stream=streamed
        )


def test_an_error_in_mid_stream_raises_too(make_rig: MakeRig, scripted: Any, client_of: Any) -> None:
    client = client_of(make_rig(scripted(fail=ModelTimeoutError("slow"), fail_after=2, gap=0.005)))
    with pytest.raises(anthropic.APIStatusError, match="in time"):
        list(client.messages.create(model="m", max_tokens=9, messages=USER, stream=True))


def test_counting_tokens_is_not_offered(make_rig: MakeRig, client_of: Any) -> None:
    with pytest.raises(anthropic.NotFoundError, match="/v1/messages"):
        client_of(make_rig()).messages.count_tokens(model="m", messages=USER)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"tools": [{"type": "web_search_20250305", "name": "web_search"}]}, "tools.0..type"),
        ({"thinking": {"type": "enabled", "budget_tokens": 2000}}, "thinking"),
        ({"context_management": {"edits": []}}, "context_management"),
        ({"messages": [{"role": "user", "content": [{"type": "document", "source": {}}]}]}, "cannot read"),
    ],
)
def test_what_is_not_offered_is_refused_by_name(
    make_rig: MakeRig, client_of: Any, fields: dict[str, Any], message: str
) -> None:
    rig = make_rig()
    with pytest.raises(anthropic.BadRequestError, match=message) as caught:
        client_of(rig).messages.create(model="m", messages=USER, max_tokens=9, extra_body=fields)
    assert "invalid_request_error" in str(caught.value.body)
    assert not rig.model.asked


@pytest.mark.parametrize(("named", "told"), [("END", "END"), ("my own words", None), (7, None), (None, None)])
@pytest.mark.parametrize("path", ["/v1/messages", "/v1/chat/completions"])
async def test_the_stop_sequence_that_ended_an_answer_is_told_if_it_is_the_clients(
    make_rig: MakeRig, scripted: Any, piece: Any, path: str, named: Any, told: str | None
) -> None:
    ended = piece({}, "stop")
    ended.raw["choices"][0]["stop_sequence"] = named
    rig = make_rig(scripted(chunks=[piece({"content": "x"}), ended]))
    frames = (await rig.ask(path, stream=True, stop_sequences=["END", "STOP"])).frames
    deltas = [frame["delta"] for frame in frames if frame.get("type") == "message_delta"]
    assert [each["stop_sequence"] for each in deltas] == ([told] if path == "/v1/messages" else [])
    assert not deltas or deltas[0]["stop_reason"] == ("stop_sequence" if told else "end_turn")
    assert "my own words" not in str(frames)


async def test_a_whole_message_tells_it_too(make_rig: MakeRig, scripted: Any) -> None:
    class Stopped(scripted):  # type: ignore[misc]  # the double's class is only known at run time
        def _response(self) -> Any:
            response = super()._response()
            response.raw["choices"][0]["stop_sequence"] = "END"
            return response

    answer = await make_rig(Stopped()).ask("/v1/messages", stop_sequences=["END"])
    assert (answer.json["stop_reason"], answer.json["stop_sequence"]) == ("stop_sequence", "END")
    answer = await make_rig(Stopped()).ask("/v1/messages")
    assert (answer.json["stop_reason"], answer.json["stop_sequence"]) == ("end_turn", None)
