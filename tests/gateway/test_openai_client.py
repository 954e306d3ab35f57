"""The official client, unchanged, over a real socket and the production server."""

import asyncio
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, Literal

import openai
import pydantic
import pytest

from aboveboard.gateway import AsgiApp
from aboveboard.guards import Pipeline, build_pipeline
from aboveboard.models import ModelRefusedError, ModelTimeoutError, open_model
from aboveboard.testing import FakeUpstream, Fault
from aboveboard.values import is_ulid

CLIENT = openai.OpenAI
MakeRig = Callable[..., Any]
Serve = Callable[[AsgiApp], str]
CALL = {"id": "call_1", "type": "function", "function": {"name": "send", "arguments": '{"to":"anna"}'}}
USER: Any = [{"role": "user", "content": "Grüße 👋 from 東京"}]


def test_a_whole_answer(make_rig: MakeRig, client_of: Any) -> None:
    completion = client_of(make_rig()).chat.completions.create(model="m", messages=USER)
    assert completion.choices[0].message.content == "Hello there."
    assert completion.choices[0].finish_reason == "stop"
    assert completion.usage.total_tokens == 12


def test_a_streamed_answer(make_rig: MakeRig, client_of: Any) -> None:
    client = client_of(make_rig())
    chunks = list(client.chat.completions.create(model="m", messages=USER, stream=True))
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == "Hello there."
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert len({chunk.id for chunk in chunks}) == 1


def test_characters_of_every_kind_survive_both_ways(make_rig: MakeRig, scripted: Any, client_of: Any) -> None:
    text = 'Grüße 👋🏽 \u2028 東京 \\n "quoted" \t \u0000 end'
    rig = make_rig(scripted(pieces=list(text)))
    client = client_of(rig)
    chunks = list(client.chat.completions.create(model="m", messages=USER, stream=True))
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == text
    assert client.chat.completions.create(model="m", messages=USER).choices[0].message.content == text
    assert rig.model.asked[0].messages[0].content == USER[0]["content"]


def test_the_headers_come_with_the_raw_response(make_rig: MakeRig, client_of: Any) -> None:
    client = client_of(make_rig())
    raw = client.chat.completions.with_raw_response.create(model="m", messages=USER)
    receipt = raw.headers["X-Aboveboard-Receipt"]
    assert is_ulid(receipt)
    assert raw.parse().id == f"chatcmpl-{receipt}"
    with client.chat.completions.with_streaming_response.create(
        model="m", messages=USER, stream=True
    ) as streamed:
        assert is_ulid(streamed.headers["X-Aboveboard-Receipt"])
        assert b"x-aboveboard-decision: allow" in streamed.read()


def test_tool_calls_whole_and_streamed(make_rig: MakeRig, scripted: Any, piece: Any, client_of: Any) -> None:
    opening = {**CALL, "index": 0, "function": {"name": "send", "arguments": ""}}
    deltas = [{"tool_calls": [opening]}] + [
        {"tool_calls": [{"index": 0, "function": {"arguments": part}}]} for part in ('{"to"', ':"anna"}')
    ]
    message = {"role": "assistant", "content": None, "tool_calls": [CALL]}
    chunks = [*map(piece, deltas), piece({}, "tool_calls")]
    client = client_of(make_rig(scripted(message=message, chunks=chunks)))
    whole = client.chat.completions.create(model="m", messages=USER)
    assert whole.choices[0].message.tool_calls[0].function.arguments == '{"to":"anna"}'
    with client.chat.completions.stream(model="m", messages=USER) as stream:
        final = stream.get_final_completion()
    assert final.choices[0].message.tool_calls[0].function.arguments == '{"to":"anna"}'


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (ModelRefusedError("bad", status=400), openai.BadRequestError),
        (ModelRefusedError("busy", status=429), openai.RateLimitError),
        (ModelTimeoutError("slow"), openai.InternalServerError),
    ],
)
@pytest.mark.parametrize("streamed", [False, True])
def test_errors_raise_what_the_client_knows(
    make_rig: MakeRig, scripted: Any, client_of: Any, fault: Exception, error: type[Exception], streamed: bool
) -> None:
    client = client_of(make_rig(scripted(fail=fault)))
    with pytest.raises(error):
        client.chat.completions.create(model="m", messages=USER, stream=streamed)


def test_an_error_in_mid_stream_raises_too(make_rig: MakeRig, scripted: Any, client_of: Any) -> None:
    client = client_of(make_rig(scripted(fail=ModelTimeoutError("slow"), fail_after=2, gap=0.005)))
    with pytest.raises(openai.APIError, match="in time"):
        list(client.chat.completions.create(model="m", messages=USER, stream=True))


def test_models_and_unknown_models(make_rig: MakeRig, client_of: Any) -> None:
    client = client_of(make_rig())
    assert [model.id for model in client.models.list()] == ["m"]
    assert client.models.retrieve("m").owned_by == "scripted"
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("other")
    with pytest.raises(openai.NotFoundError):
        client.chat.completions.create(model="other", messages=USER)


def test_a_client_that_closes_its_stream_stops_the_model(
    make_rig: MakeRig, scripted: Any, client_of: Any
) -> None:
    rig = make_rig(scripted(pieces=["x"] * 500, gap=0.02))
    stream = client_of(rig).chat.completions.create(model="m", messages=USER, stream=True)
    next(iter(stream))
    stream.close()
    assert rig.model.ended.wait(5)
    waited = threading.Event()
    while not rig.recorder.decisions and not waited.wait(0.02):
        pass
    assert rig.recorder.last.error == "client_disconnected"


def test_the_first_text_does_not_wait_for_the_last(make_rig: MakeRig, scripted: Any, client_of: Any) -> None:
    rig = make_rig(scripted(pieces=["Some words here. "] * 20, gap=0.05))
    stream = client_of(rig).chat.completions.create(model="m", messages=USER, stream=True)
    next(iter(stream))
    assert not rig.model.ended.is_set()
    stream.close()


async def test_through_the_openai_provider_and_a_fake_upstream(make_rig: MakeRig, serve: Serve) -> None:
    async with FakeUpstream() as upstream:
        model = open_model("m", "openai", {"base_url": upstream.base_url, "retries": 0, "read_timeout": 2.0})
        rig = make_rig(model)
        base_url = serve(closing(rig.app, model))
        async with openai.AsyncOpenAI(base_url=base_url, api_key="any", max_retries=0) as client:
            completion = await client.chat.completions.create(model="m", messages=USER, top_p=0.5)
            assert completion.choices[0].message.content == USER[0]["content"]
            assert upstream.requests[-1]["top_p"] == 0.5
            assert "any" not in upstream.authorizations[-1]
            stream = await client.chat.completions.create(model="m", messages=USER, stream=True)
            assert (
                "".join([part.choices[0].delta.content or "" async for part in stream]) == USER[0]["content"]
            )
            await faults_are_told(upstream, client)
    assert len(rig.recorder.decisions) == 2 + len(FAULTS)


FAULTS = {
    Fault.RATE_LIMIT: 429,
    Fault.SERVER_ERROR: 502,
    Fault.UNAUTHORIZED: 502,
    Fault.HTML: 502,
    Fault.EMPTY: 502,
    Fault.NOT_CHAT: 502,
    Fault.HANG: 504,
}


async def faults_are_told(upstream: FakeUpstream, client: openai.AsyncOpenAI) -> None:
    for fault, status in FAULTS.items():
        upstream.faults.append(fault)
        with pytest.raises(openai.APIStatusError) as caught:
            await asyncio.wait_for(client.chat.completions.create(model="m", messages=USER), 10)
        assert caught.value.status_code == status, fault


def closing(app: AsgiApp, model: Any) -> AsgiApp:
    """The application, closing the model in the server's own loop when it ends."""

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        await app(scope, receive, send)
        if scope["type"] == "lifespan":
            await model.close()

    return wrapped


class Meeting(pydantic.BaseModel):
    """What the structured answer must look like."""

    title: str
    with_whom: list[str] = pydantic.Field(description="everybody's name")
    kind: Literal["in person", "by telephone"] = "in person"


def test_a_structured_answer_is_parsed_and_its_schema_arrives_whole(
    make_rig: MakeRig, scripted: Any, client_of: Any
) -> None:
    answer = '{"title":"Budget","with_whom":["Anna"],"kind":"by telephone"}'
    rig = make_rig(scripted(pieces=list(answer)), pipeline=every_guard())
    client = client_of(rig)
    parsed = client.chat.completions.parse(model="m", messages=USER, response_format=Meeting)
    with client.chat.completions.stream(model="m", messages=USER, response_format=Meeting) as stream:
        streamed = stream.get_final_completion()
    expected = Meeting(title="Budget", with_whom=["Anna"], kind="by telephone")
    assert parsed.choices[0].message.parsed == streamed.choices[0].message.parsed == expected
    schema = rig.model.asked[0].extra["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["kind"]["enum"] == ["in person", "by telephone"]
    assert schema["properties"]["with_whom"]["description"] == "everybody's name"


def test_a_tool_loop_goes_round(make_rig: MakeRig, scripted: Any, client_of: Any) -> None:
    rig = make_rig(
        scripted(message={"role": "assistant", "content": None, "tool_calls": [CALL]}),
        pipeline=every_guard(),
    )
    client = client_of(rig)
    tools: Any = [openai.pydantic_function_tool(Meeting, name="send")]
    first = client.chat.completions.create(
        model="m", messages=USER, tools=tools, tool_choice={"type": "function", "function": {"name": "send"}}
    )
    turn = first.choices[0].message
    result = {"role": "tool", "tool_call_id": turn.tool_calls[0].id, "content": "sent"}
    messages: Any = [*USER, turn, result, {"role": "user", "content": "and now?"}]
    assert client.chat.completions.create(model="m", messages=messages, tools=tools, stop=["\n\n", "END"])
    asked = rig.model.asked[1]
    assert asked.messages[1].extra["tool_calls"][0]["function"]["arguments"] == '{"to":"anna"}'
    assert (asked.extra["tools"], asked.stop) == (tools, ("\n\n", "END"))
    assert rig.recorder.last.outcome == "allow"


def test_images_and_many_optional_fields_pass(make_rig: MakeRig, client_of: Any) -> None:
    rig = make_rig(pipeline=every_guard())
    image = {"url": "data:image/png;base64,iVBORw0KGgo=", "detail": "low"}
    messages: Any = [
        {
            "role": "user",
            "content": [{"type": "text", "text": "see"}, {"type": "image_url", "image_url": image}],
        }
    ]
    fields: Any = {
        "metadata": {"ticket": "A-1"},
        "logit_bias": {"50256": -100},
        "reasoning_effort": "low",
        "verbosity": "low",
        "service_tier": "auto",
        "prompt_cache_key": "desk",
        "prediction": {"type": "content", "content": "a draft"},
    }
    beyond: Any = {"top_k": 4, "chat_template_kwargs": {"enable_thinking": False}}
    create = client_of(rig).chat.completions.create
    answer = create(model="m", messages=messages, extra_body=beyond, **fields)
    assert answer.choices[0].message.content == "Hello there."
    asked = rig.model.asked[0]
    assert asked.messages[0].extra["content"][1]["image_url"] == image
    assert asked.extra == {**fields, **beyond}


def every_guard() -> Pipeline:
    """All built-in guards, as a charter for people sets them."""
    actions = {"personal-data": "mask", "secrets": "block", "crisis": "escalate"}
    entries: Any = [
        SimpleNamespace(
            guard=guard, mode=("input",), action=action, on_error="closed", timeout_ms=2000, options={}
        )
        for guard, action in actions.items()
    ]
    return build_pipeline(entries, "general", ("EU",))
