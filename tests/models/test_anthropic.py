"""The `anthropic` provider: what goes out and what comes back, against events as the protocol has them."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import pytest

from aboveboard.models import (
    ChatRequest,
    Message,
    Model,
    ModelError,
    ModelGarbageError,
    ModelRefusedError,
    ModelUnsupportedError,
    Native,
    open_model,
    speaks,
)

SIGNATURE = "EqoBCkgIARABGAIiQL2UoU0b1OHYi9kY" * 3
WHOLE = {
    "id": "msg_1",
    "type": "message",
    "role": "assistant",
    "model": "claude",
    "content": [
        {"type": "thinking", "thinking": "So.", "signature": SIGNATURE},
        {"type": "text", "text": "Sure."},
        {"type": "tool_use", "id": "toolu_1", "name": "send", "input": {"to": "anna"}},
    ],
    "stop_reason": "tool_use",
    "usage": {"input_tokens": 10, "cache_read_input_tokens": 4, "output_tokens": 6},
}
EVENTS: list[dict[str, Any]] = [
    {
        "type": "message_start",
        "message": {**WHOLE, "content": [], "usage": {"input_tokens": 10, "output_tokens": 1}},
    },
    {"type": "ping"},
    {
        "type": "content_block_start",
        "index": 0,
        "content_block": {"type": "thinking", "thinking": "", "signature": ""},
    },
    {"type": "content_block_delta", "index": 0, "delta": {"type": "thinking_delta", "thinking": "So."}},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "signature_delta", "signature": SIGNATURE}},
    {"type": "content_block_stop", "index": 0},
    {"type": "content_block_start", "index": 1, "content_block": {"type": "text", "text": ""}},
    {"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": "Sure."}},
    {"type": "content_block_stop", "index": 1},
    {
        "type": "content_block_start",
        "index": 2,
        "content_block": {"type": "tool_use", "id": "toolu_1", "name": "send", "input": {}},
    },
    {
        "type": "content_block_delta",
        "index": 2,
        "delta": {"type": "input_json_delta", "partial_json": '{"to":'},
    },
    {
        "type": "content_block_delta",
        "index": 2,
        "delta": {"type": "input_json_delta", "partial_json": '"anna"}'},
    },
    {"type": "content_block_stop", "index": 2},
    {"type": "message_delta", "delta": {"stop_reason": "tool_use"}, "usage": {"output_tokens": 6}},
    {"type": "message_stop"},
]


class Endpoint:
    """Answers every request with one body, or with events; keeps what it was sent."""

    def __init__(self) -> None:
        self.status = 200
        self.body: Any = WHOLE
        self.events: Sequence[Any] = EVENTS
        self.heads: list[str] = []
        self.requests: list[dict[str, Any]] = []
        self.port = 0

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(line for line in head.lower().split("\r\n") if line.startswith("content-length"))
        body = json.loads(await reader.readexactly(int(length.partition(":")[2])))
        self.heads.append(head)
        self.requests.append(body)
        data, media = json.dumps(self.body).encode(), "application/json"
        if body.get("stream") and self.status == 200:
            frames = [f"event: {one['type']}\ndata: {json.dumps(one)}\n\n" for one in self.events]
            data, media = "".join(frames).encode(), "text/event-stream"
        writer.write(
            f"HTTP/1.1 {self.status} X\r\nContent-Type: {media}\r\nConnection: close\r\n"
            f"Content-Length: {len(data)}\r\n\r\n".encode()
            + data
        )
        await writer.drain()
        writer.close()


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    found = Endpoint()
    server = await asyncio.start_server(found.handle, "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    async with server:
        yield found


@pytest.fixture
async def model(endpoint: Endpoint) -> AsyncIterator[Model]:
    options = {
        "base_url": f"http://127.0.0.1:{endpoint.port}/v1",
        "api_key": "k-1",
        "model": "claude",
        "retries": 0,
    }
    opened = open_model("a", "anthropic", options)
    yield opened
    await opened.close()


def asked(**settings: Any) -> ChatRequest:
    return ChatRequest(messages=[Message("system", "Be brief."), Message("user", "hi")], **settings)


async def test_a_whole_answer_is_a_chats(model: Model, endpoint: Endpoint) -> None:
    answer = await model.chat(asked(temperature=0.5, stop=["END"], extra={"user": "p-1", "top_k": 3}))
    assert (answer.text, answer.finish_reason) == ("Sure.", "tool_calls")
    message = answer.raw["choices"][0]["message"]
    assert (message["reasoning_content"], message["reasoning_signature"]) == ("So.", SIGNATURE)
    assert json.loads(message["tool_calls"][0]["function"]["arguments"]) == {"to": "anna"}
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens) == (14, 6)
    assert endpoint.requests == [
        {
            "model": "claude",
            "messages": [{"role": "user", "content": [{"type": "text", "text": "hi"}]}],
            "system": "Be brief.",
            "max_tokens": 4096,
            "temperature": 0.5,
            "top_k": 3,
            "stop_sequences": ["END"],
            "metadata": {"user_id": "p-1"},
        }
    ]
    head = endpoint.heads[0].lower()
    assert head.startswith("post /v1/messages ")
    assert "x-api-key: k-1" in head
    assert "anthropic-version: 2023-06-01" in head
    assert "authorization" not in head


async def test_a_stream_says_the_same(model: Model) -> None:
    chunks = [chunk async for chunk in model.stream(asked())]
    deltas = [choice["delta"] for chunk in chunks for choice in chunk.raw["choices"]]
    assert "".join(delta.get("content") or "" for delta in deltas) == "Sure."
    assert [delta["reasoning_signature"] for delta in deltas if "reasoning_signature" in delta] == [SIGNATURE]
    calls = [call for delta in deltas for call in delta.get("tool_calls", ())]
    assert (calls[0]["id"], calls[0]["function"]["name"], calls[0]["index"]) == ("toolu_1", "send", 0)
    assert "".join(call["function"]["arguments"] for call in calls) == '{"to":"anna"}'
    assert [chunk.finish_reason for chunk in chunks if chunk.finish_reason] == ["tool_calls"]
    usage = chunks[-1].usage
    assert usage is not None
    assert (usage.prompt_tokens, usage.completion_tokens) == (10, 6)


async def test_a_conversation_with_tools_and_images_is_translated(model: Model, endpoint: Endpoint) -> None:
    call = {"id": "toolu_1", "type": "function", "function": {"name": "send", "arguments": '{"to":"anna"}'}}
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}
    thought = {"reasoning_content": "So.", "reasoning_signature": SIGNATURE}
    messages = [
        Message("user", "see", {"content": [{"type": "text", "text": "see"}, image]}),
        Message("assistant", "", {"tool_calls": [call], "content": None, **thought}),
        Message("tool", "sent", {"tool_call_id": "toolu_1"}),
        Message("user", "and?"),
    ]
    tool = {"type": "function", "function": {"name": "send", "parameters": {"type": "object"}}}
    extra = {"tools": [tool], "tool_choice": "required", "parallel_tool_calls": False}
    await model.chat(ChatRequest(messages, extra=extra))
    body = endpoint.requests[0]
    assert [turn["role"] for turn in body["messages"]] == ["user", "assistant", "user"]
    source = body["messages"][0]["content"][1]["source"]
    assert source == {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="}
    assert [block["type"] for block in body["messages"][1]["content"]] == ["thinking", "tool_use"]
    assert [block["type"] for block in body["messages"][2]["content"]] == ["tool_result", "text"]
    assert body["tools"] == [{"name": "send", "input_schema": {"type": "object"}}]
    assert body["tool_choice"] == {"type": "any", "disable_parallel_tool_use": True}


async def test_a_request_in_its_own_form_goes_on_as_it_is(model: Model, endpoint: Endpoint) -> None:
    native = {
        "messages": [{"role": "user", "content": "hi"}],
        "max_tokens": 5,
        "thinking": {"type": "adaptive"},
    }
    assert speaks(model, "messages")
    await model.chat(asked(native=Native("messages", native, ("thinking",))))
    assert endpoint.requests == [{**native, "model": "claude"}]


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"seed": 7}, "seed"),
        ({"temperature": 1.5}, "temperature"),
        ({"extra": {"n": 2}}, "n"),
        ({"extra": {"logprobs": True}}, "logprobs"),
        ({"extra": {"logit_bias": {"1": 5}}}, "logit_bias"),
        ({"extra": {"prediction": {"type": "content"}}}, "prediction"),
        ({"extra": {"response_format": {"type": "json_object"}}}, "response_format"),
        ({"extra": {"tools": [{"type": "custom", "custom": {"name": "x"}}]}}, "tools[0]"),
    ],
)
async def test_what_cannot_be_translated_is_refused_by_name(
    model: Model, endpoint: Endpoint, settings: dict[str, Any], field: str
) -> None:
    with pytest.raises(ModelUnsupportedError) as caught:
        await model.chat(asked(**settings))
    assert (caught.value.field, caught.value.status) == (field, 400)
    assert not endpoint.requests


async def test_what_says_nothing_is_no_reason_to_refuse(model: Model) -> None:
    extra = {"n": 1, "logprobs": False, "presence_penalty": 0, "store": False, "stream_options": {}}
    assert (await model.chat(asked(extra=extra))).text == "Sure."


def _cut(events: Sequence[Any]) -> list[Any]:
    return list(events)[:-1]


def _failing(events: Sequence[Any]) -> list[Any]:
    return [*events[:8], {"type": "error", "error": {"type": "overloaded_error", "message": "busy"}}]


def _shapeless(events: Sequence[Any]) -> list[Any]:
    return [events[0], {"type": "content_block_delta", "index": 0, "delta": 7}]


@pytest.mark.parametrize(
    ("spoil", "error"),
    [(_cut, ModelGarbageError), (_failing, ModelRefusedError), (_shapeless, ModelGarbageError)],
)
async def test_a_spoilt_stream_is_an_error(
    model: Model, endpoint: Endpoint, spoil: Callable[[Sequence[Any]], list[Any]], error: type[ModelError]
) -> None:
    endpoint.events = spoil(EVENTS)
    with pytest.raises(error):
        [chunk async for chunk in model.stream(asked())]


@pytest.mark.parametrize("status", [400, 401, 429, 529])
async def test_a_refusal_keeps_its_status(model: Model, endpoint: Endpoint, status: int) -> None:
    endpoint.status = status
    endpoint.body = {"type": "error", "error": {"type": "some_error", "message": "because"}}
    with pytest.raises(ModelRefusedError) as caught:
        await model.chat(asked())
    assert (caught.value.status, caught.value.type, caught.value.detail) == (status, "some_error", "because")


async def test_there_are_no_log_probabilities(model: Model) -> None:
    with pytest.raises(ModelUnsupportedError):
        await model.next_token(asked())
