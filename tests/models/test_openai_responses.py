"""Requests of the Responses endpoint go on as they are where a chat has no room for them."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from aboveboard.models import (
    ChatRequest,
    Message,
    ModelGarbageError,
    ModelRefusedError,
    ModelUnsupportedError,
    Native,
    open_model,
)

USAGE = {
    "input_tokens": 10,
    "output_tokens": 6,
    "total_tokens": 16,
    "input_tokens_details": {"cached_tokens": 4},
}
SAID = {"type": "output_text", "text": "Sure.", "annotations": []}
OUTPUT: list[dict[str, Any]] = [
    {
        "type": "reasoning",
        "summary": [{"type": "summary_text", "text": "So."}],
        "encrypted_content": "c2VhbA==",
    },
    {"type": "message", "role": "assistant", "content": [SAID]},
    {"type": "function_call", "call_id": "call_1", "name": "send", "arguments": '{"to":"anna"}'},
]
WHOLE: dict[str, Any] = {
    "object": "response",
    "status": "completed",
    "output": OUTPUT,
    "usage": USAGE,
    "error": None,
}
CALL = {"type": "function_call", "call_id": "call_1", "name": "send", "arguments": ""}
EVENTS: list[dict[str, Any]] = [
    {"type": "response.created", "response": {}},
    {"type": "response.in_progress", "response": {}},
    {"type": "response.output_item.added", "output_index": 0, "item": {"type": "reasoning"}},
    {"type": "response.reasoning_summary_part.added", "summary_index": 0},
    {"type": "response.reasoning_summary_text.delta", "delta": "So."},
    {"type": "response.output_item.done", "output_index": 0, "item": OUTPUT[0]},
    {"type": "response.output_item.added", "output_index": 1, "item": {"type": "message"}},
    {"type": "response.output_text.delta", "delta": "Su"},
    {"type": "response.output_text.delta", "delta": "re."},
    {"type": "response.output_item.added", "output_index": 2, "item": CALL},
    {"type": "response.function_call_arguments.delta", "output_index": 2, "delta": '{"to":'},
    {"type": "response.function_call_arguments.delta", "output_index": 2, "delta": '"anna"}'},
    {"type": "response.completed", "response": WHOLE},
]


class Endpoint:
    """Answers with what it was given; keeps what it was asked."""

    def __init__(self) -> None:
        self.whole: Any = WHOLE
        self.events = EVENTS
        self.status = 200
        self.asked: list[dict[str, Any]] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.asked.append(body)
        if self.status != 200:
            return web.json_response({"error": {"message": "no"}}, status=self.status)
        if not body.get("stream"):
            return web.json_response(self.whole)
        said = "".join(f"event: {each['type']}\ndata: {json.dumps(each)}\n\n" for each in self.events)
        return web.Response(text=said, content_type="text/event-stream")


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    made = Endpoint()
    app = web.Application()
    app.router.add_post("/v1/responses", made.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"  # type: ignore[attr-defined]  # made here
    yield made
    await runner.cleanup()


@pytest.fixture
async def model(endpoint: Any) -> AsyncIterator[Any]:
    opened = open_model("m", "openai", {"base_url": endpoint.base_url, "model": "gpt", "retries": 0})
    yield opened
    await opened.close()


def request(*only: str) -> ChatRequest:
    body = {"input": "hi", "truncation": "auto"}
    return ChatRequest([Message("user", "hi")], native=Native("responses", body, only or ("truncation",)))


async def test_the_request_goes_on_as_it_was_and_nothing_is_stored_there(
    model: Any, endpoint: Endpoint
) -> None:
    await model.chat(request())
    assert endpoint.asked == [{"input": "hi", "truncation": "auto", "model": "gpt", "store": False}]


async def test_a_whole_answer(model: Any) -> None:
    answer = await model.chat(request())
    message = answer.raw["choices"][0]["message"]
    assert (answer.text, answer.finish_reason) == ("Sure.", "tool_calls")
    assert (message["reasoning_content"], message["reasoning_signature"]) == ("So.", "c2VhbA==")
    assert message["tool_calls"][0]["function"] == {"name": "send", "arguments": '{"to":"anna"}'}
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens) == (10, 6)
    assert answer.raw["usage"]["prompt_tokens_details"] == {"cached_tokens": 4}


async def test_a_stream_says_the_same(model: Any) -> None:
    chunks = [chunk async for chunk in model.stream(request())]
    deltas = [chunk.raw["choices"][0]["delta"] for chunk in chunks]
    calls = [delta["tool_calls"][0] for delta in deltas if "tool_calls" in delta]
    assert "".join(chunk.text for chunk in chunks) == "Sure."
    assert "".join(delta.get("reasoning_content", "") for delta in deltas) == "So."
    assert [delta["reasoning_signature"] for delta in deltas if "reasoning_signature" in delta] == [
        "c2VhbA=="
    ]
    assert calls[0]["id"] == "call_1" and calls[0]["function"]["name"] == "send"
    assert "".join(call["function"]["arguments"] for call in calls) == '{"to":"anna"}'
    assert (chunks[-1].finish_reason, chunks[-1].usage.completion_tokens) == ("tool_calls", 6)


@pytest.mark.parametrize(
    ("reason", "finish"), [("max_output_tokens", "length"), ("content_filter", "content_filter")]
)
async def test_an_answer_that_was_cut_says_why(
    model: Any, endpoint: Endpoint, reason: str, finish: str
) -> None:
    cut = {**WHOLE, "status": "incomplete", "incomplete_details": {"reason": reason}}
    endpoint.whole, endpoint.events = cut, [{"type": "response.incomplete", "response": cut}]
    assert (await model.chat(request())).finish_reason == finish
    assert [chunk.finish_reason async for chunk in model.stream(request())] == [finish]


@pytest.mark.parametrize("status", [404, 405])
@pytest.mark.parametrize("streamed", [False, True])
async def test_an_endpoint_without_them_does_not_offer_the_field(
    model: Any, endpoint: Endpoint, status: int, streamed: bool
) -> None:
    endpoint.status = status
    with pytest.raises(ModelUnsupportedError, match="'truncation'"):
        _ = [each async for each in model.stream(request())] if streamed else await model.chat(request())


async def test_a_failure_within_the_stream_has_its_status(model: Any, endpoint: Endpoint) -> None:
    error = {"code": "rate_limit_exceeded", "message": "slow down"}
    failed = {"type": "response.failed", "response": {"status": "failed", "error": error}}
    endpoint.events = [*EVENTS[:8], failed]
    with pytest.raises(ModelRefusedError) as raised:
        _ = [each async for each in model.stream(request())]
    assert raised.value.status == 429


@pytest.mark.parametrize(
    "whole", [{}, {"output": None}, {"output": ["x"]}, {"output": [{"type": "message"}]}, []]
)
async def test_what_is_no_answer_is_garbage(model: Any, endpoint: Endpoint, whole: Any) -> None:
    endpoint.whole = whole
    with pytest.raises(ModelGarbageError):
        await model.chat(request())


async def test_a_stream_that_stops_early_is_no_answer(model: Any, endpoint: Endpoint) -> None:
    endpoint.events = EVENTS[:-1]
    with pytest.raises(ModelGarbageError, match="ended before"):
        _ = [each async for each in model.stream(request())]


async def test_tools_and_items_that_nobody_knows_are_named_to_whoever_reads_on(
    model: Any, endpoint: Endpoint
) -> None:
    endpoint.whole = {**WHOLE, "output": [{"type": "web_search_call", "action": {"query": "x"}}, OUTPUT[1]]}
    message = (await model.chat(request())).raw["choices"][0]["message"]
    assert message["other_items"] is True
    assert "x" not in message.values()
