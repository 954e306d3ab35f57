"""A client of Responses before an endpoint that speaks them: through the gateway, streamed and not."""

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web
from openai.types.responses import Response

from aboveboard.charter import GuardEntry
from aboveboard.guards import build_pipeline
from aboveboard.models import open_model

MakeRig = Callable[..., Any]
Raw = dict[str, Any]
TEXT = "Write to anna@example.org, then send."
ARGUMENTS = '{"to":"anna@example.org"}'
TOOL: Raw = {
    "type": "function",
    "name": "send",
    "parameters": {"type": "object", "properties": {"to": {"type": "string"}}},
}
USAGE = {"input_tokens": 10, "output_tokens": 6, "total_tokens": 16}
CALL: Raw = {"type": "function_call", "id": "fc_1", "call_id": "call_1", "name": "send"}
MESSAGE: Raw = {"type": "message", "id": "msg_1", "role": "assistant"}


def whole(*, cut: bool = False) -> Raw:
    said = {"type": "output_text", "text": TEXT, "annotations": []}
    ended: Raw = {"status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}}
    return {
        "object": "response",
        **(ended if cut else {"status": "completed"}),
        "output": [{**MESSAGE, "content": [said]}, {**CALL, "arguments": ARGUMENTS}],
        "usage": USAGE,
        "error": None,
    }


def events() -> list[Raw]:
    words = [{"type": "response.output_text.delta", "delta": each} for each in _cut(TEXT)]
    pieces = [
        {"type": "response.function_call_arguments.delta", "output_index": 1, "delta": each}
        for each in _cut(ARGUMENTS)
    ]
    return [
        {"type": "response.created", "response": {}},
        {"type": "response.output_item.added", "output_index": 0, "item": MESSAGE},
        *words,
        {"type": "response.output_item.added", "output_index": 1, "item": {**CALL, "arguments": ""}},
        *pieces,
        {"type": "response.completed", "response": whole()},
    ]


def _cut(text: str) -> list[str]:
    return [text[start : start + 3] for start in range(0, len(text), 3)]


class Endpoint:
    """Speaks `/v1/responses` and nothing else; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Raw] = []
        self.events = events()
        self.whole = whole()
        self.status = 200
        self.base_url = ""

    async def answer(self, request: web.Request) -> web.Response:
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
    made.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    yield made
    await runner.cleanup()


@pytest.fixture
async def rig(make_rig: MakeRig, endpoint: Endpoint) -> AsyncIterator[Any]:
    model = open_model("m", "openai", {"base_url": endpoint.base_url, "model": "there", "retries": 0})
    guard = GuardEntry(
        guard="personal-data", mode=("input", "output"), action="mask", options={"restore": True}
    )
    yield make_rig(model, pipeline=build_pipeline([guard]))
    await model.close()


async def ask(rig: Any, text: str = "Write to ben@example.net.", **fields: Any) -> Any:
    given = {"truncation": "auto", "tools": [TOOL], **fields}
    return await rig.ask("/v1/responses", text, **given)


async def test_the_endpoint_gets_the_request_as_it_was_but_masked(rig: Any, endpoint: Endpoint) -> None:
    assert (await ask(rig, reasoning={"effort": "low"})).status == 200
    (asked,) = endpoint.asked
    assert (asked["model"], asked["store"], asked["truncation"]) == ("there", False, "auto")
    assert asked["tools"][0]["name"] == "send"
    assert "ben@example.net" not in json.dumps(asked)


async def test_a_whole_answer_is_guarded_with_its_tool_calls(rig: Any) -> None:
    answer = await ask(rig)
    assert answer.json["status"] == "completed"
    kinds = [item["type"] for item in answer.json["output"]]
    assert kinds == ["message", "function_call"]
    assert "anna@" not in answer.body.decode()
    call = answer.json["output"][1]
    assert (call["name"], call["call_id"]) == ("send", "call_1")
    assert isinstance(json.loads(call["arguments"])["to"], str)
    decision = rig.recorder.last
    assert (decision.prompt_tokens, decision.completion_tokens) == (10, 6)
    assert [each.action for each in decision.guards if each.mode == "output"] == ["mask"]


async def test_a_stream_says_the_same_however_it_was_cut(rig: Any, endpoint: Endpoint) -> None:
    said = await ask(rig)
    streamed = await ask(rig, stream=True)
    assert endpoint.asked[1]["stream"] is True
    assert streamed.text == said.text
    assert "anna@" not in streamed.body.decode()
    done = streamed.frames[-1]
    assert done["type"] == "response.completed"
    assert done["response"]["output"][1]["arguments"] == said.json["output"][1]["arguments"]
    assert done["response"]["usage"]["output_tokens"] == 6


@pytest.mark.parametrize("streamed", [False, True])
async def test_values_of_the_client_come_back(rig: Any, endpoint: Endpoint, streamed: bool) -> None:
    text = "Sent to <EMAIL_1>."
    endpoint.whole["output"] = [{**MESSAGE, "content": [{"type": "output_text", "text": text}]}]
    endpoint.events = [
        {"type": "response.created", "response": {}},
        *({"type": "response.output_text.delta", "delta": each} for each in _cut(text)),
        {"type": "response.completed", "response": endpoint.whole},
    ]
    assert (await ask(rig, stream=streamed)).text == "Sent to ben@example.net."


async def test_an_answer_that_was_cut_says_so(rig: Any, endpoint: Endpoint) -> None:
    endpoint.whole = whole(cut=True)
    answer = await ask(rig)
    assert answer.json["status"] == "incomplete"
    assert answer.json["incomplete_details"] == {"reason": "max_output_tokens"}


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(("status", "code"), [(404, "unsupported_parameter"), (500, "upstream")])
async def test_an_endpoint_that_refuses_is_reported_and_recorded(
    rig: Any, endpoint: Endpoint, status: int, code: str, streamed: bool
) -> None:
    endpoint.status = status
    answer = await ask(rig, stream=streamed)
    assert answer.status >= 400
    assert code in rig.recorder.last.error


async def test_a_stream_that_breaks_off_is_no_finished_answer(rig: Any, endpoint: Endpoint) -> None:
    endpoint.events = events()[:-1]
    answer = await ask(rig, stream=True)
    assert not any(frame["type"] == "response.completed" for frame in answer.frames)
    assert rig.recorder.last.error


@pytest.mark.parametrize("streamed", [False, True])
async def test_the_official_client_reads_it(rig: Any, streamed: bool) -> None:
    answer = await ask(rig, stream=streamed)
    response = Response.construct(**(answer.frames[-1]["response"] if streamed else answer.json))
    assert [item.type for item in response.output] == ["message", "function_call"]
    assert response.output_text.endswith("then send.")
