"""The `openai` provider against a real endpoint on loopback that misbehaves on order."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from aboveboard.models import (
    ChatRequest,
    Message,
    Model,
    ModelError,
    ModelGarbageError,
    ModelOptionError,
    ModelRefusedError,
    ModelTimeoutError,
    open_model,
)
from aboveboard.testing import FakeUpstream, Fault

HELLO = ChatRequest([Message("user", "hello there, how are you?")], temperature=0.0)
KEY = "sk-very-secret-0123456789"


@pytest.fixture
async def upstream() -> AsyncIterator[FakeUpstream]:
    async with FakeUpstream(headers={"X-Aboveboard-Receipt": "01J"}) as server:
        yield server


def remote(upstream: FakeUpstream, **options: Any) -> Model:
    return open_model("remote", "openai", {"base_url": upstream.base_url, "retry_wait": 0.001, **options})


@pytest.fixture
async def model(upstream: FakeUpstream) -> AsyncIterator[Model]:
    opened = remote(upstream, api_key=KEY, model="their-name")
    yield opened
    await opened.close()


async def streamed(model: Model) -> str:
    return "".join([chunk.text async for chunk in model.stream(HELLO)])


async def test_the_key_and_the_models_name_there_are_sent(model: Model, upstream: FakeUpstream) -> None:
    await model.chat(HELLO)
    assert upstream.authorizations == [f"Bearer {KEY}"]
    assert upstream.requests[0]["model"] == "their-name"


async def test_headers_of_the_answer_reach_the_caller(model: Model) -> None:
    assert (await model.chat(HELLO)).headers["x-aboveboard-receipt"] == "01J"
    chunks = [chunk async for chunk in model.stream(HELLO)]
    assert chunks[0].headers["x-aboveboard-receipt"] == "01J"
    assert not any(chunk.headers for chunk in chunks[1:])


@pytest.mark.parametrize(
    "fault", [Fault.RATE_LIMIT, Fault.SERVER_ERROR, Fault.DISCONNECT, Fault.EMPTY, Fault.HTML]
)
async def test_a_passing_fault_is_survived(model: Model, upstream: FakeUpstream, fault: Fault) -> None:
    upstream.faults = [fault, fault]
    assert (await model.chat(HELLO)).text == HELLO.messages[0].content
    assert len(upstream.requests) == 3


@pytest.mark.parametrize("fault", [Fault.RATE_LIMIT, Fault.SERVER_ERROR, Fault.DISCONNECT])
async def test_a_stream_that_has_not_begun_is_retried(
    model: Model, upstream: FakeUpstream, fault: Fault
) -> None:
    upstream.faults = [fault]
    assert await streamed(model) == HELLO.messages[0].content


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.RATE_LIMIT, ModelRefusedError),
        (Fault.SERVER_ERROR, ModelRefusedError),
        (Fault.UNAUTHORIZED, ModelRefusedError),
        (Fault.REDIRECT, ModelRefusedError),
        (Fault.HTML, ModelGarbageError),
        (Fault.EMPTY, ModelGarbageError),
        (Fault.NOT_CHAT, ModelGarbageError),
        (Fault.HUGE, ModelGarbageError),
        (Fault.DISCONNECT, ModelTimeoutError),
        (Fault.HANG, ModelTimeoutError),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
async def test_a_lasting_fault_has_a_type(
    upstream: FakeUpstream, fault: Fault, error: type[ModelError], stream: bool
) -> None:
    patience = 0.2 if fault is Fault.HANG else 5.0
    model = remote(upstream, retries=0, read_timeout=patience, max_response_bytes=1 << 20, api_key=KEY)
    upstream.faults = [fault]
    with pytest.raises(error) as raised:
        await (streamed(model) if stream else model.chat(HELLO))
    assert upstream.base_url in str(raised.value)
    assert KEY not in repr(raised.value) + str(raised.value)
    await model.close()


@pytest.mark.parametrize("fault", [Fault.TRUNCATED, Fault.ERROR_FRAME])
async def test_a_stream_that_breaks_is_an_error_not_a_short_answer(
    model: Model, upstream: FakeUpstream, fault: Fault
) -> None:
    upstream.faults = [fault]
    with pytest.raises(ModelError):
        await streamed(model)
    assert len(upstream.requests) == 1, "what was already handed out must not be asked for again"


async def test_comments_odd_line_ends_and_cuts_are_understood(model: Model, upstream: FakeUpstream) -> None:
    upstream.faults = [Fault.SPLIT]
    assert await streamed(model) == HELLO.messages[0].content


async def test_a_wrong_key_is_not_tried_again(model: Model, upstream: FakeUpstream) -> None:
    upstream.faults = [Fault.UNAUTHORIZED]
    with pytest.raises(ModelRefusedError, match="api_key_env") as raised:
        await model.chat(HELLO)
    assert (raised.value.status, raised.value.type, raised.value.retryable) == (401, "ordered_fault", False)
    assert len(upstream.requests) == 1


async def test_what_the_endpoint_says_is_kept_out_of_the_errors_text(
    model: Model, upstream: FakeUpstream
) -> None:
    upstream.faults = [Fault.UNAUTHORIZED]
    with pytest.raises(ModelRefusedError) as raised:
        await model.chat(HELLO)
    assert raised.value.detail == "the fault that was ordered"
    assert raised.value.detail not in str(raised.value)


async def test_a_server_that_asks_for_a_short_wait_gets_it(model: Model, upstream: FakeUpstream) -> None:
    upstream.faults, upstream.retry_after = [Fault.RATE_LIMIT], "1"
    started = time.monotonic()
    await model.chat(HELLO)
    assert time.monotonic() - started >= 1.0


async def test_a_server_that_asks_for_an_hour_is_given_up_on(model: Model, upstream: FakeUpstream) -> None:
    upstream.faults, upstream.retry_after = [Fault.RATE_LIMIT], "3600"
    with pytest.raises(ModelRefusedError):
        await model.chat(HELLO)
    assert len(upstream.requests) == 1


async def test_no_more_than_its_share_at_once(upstream: FakeUpstream) -> None:
    model = remote(upstream, concurrency=3)
    upstream.faults = [Fault.SLOW] * 9
    await asyncio.gather(*(model.chat(HELLO) for _ in range(9)))
    assert upstream.most_active == 3
    await model.close()


async def test_leaving_a_stream_frees_its_turn(upstream: FakeUpstream) -> None:
    model = remote(upstream, concurrency=1)
    stream = model.stream(HELLO)
    await anext(stream)
    await stream.aclose()  # type: ignore[attr-defined]  # a stream is an async generator
    assert (await asyncio.wait_for(model.chat(HELLO), 5)).text
    await model.close()


@pytest.mark.parametrize("value", [float("nan"), object()])
async def test_what_json_cannot_hold_is_refused_before_it_is_sent(
    model: Model, upstream: FakeUpstream, value: object
) -> None:
    with pytest.raises(ModelRefusedError, match="as JSON"):
        await model.chat(ChatRequest([Message("user", "hi")], extra={"top_p": value}))
    assert not upstream.requests


async def test_nobody_there(unused_tcp_port: int) -> None:
    model = open_model("gone", "openai", {"base_url": f"http://127.0.0.1:{unused_tcp_port}/v1", "retries": 0})
    with pytest.raises(ModelTimeoutError, match="is it running"):
        await model.chat(HELLO)
    await model.close()


async def test_nothing_is_logged_that_must_not_be(
    model: Model, upstream: FakeUpstream, caplog: pytest.LogCaptureFixture
) -> None:
    upstream.faults = [Fault.SERVER_ERROR]
    with caplog.at_level(logging.DEBUG):
        await model.chat(HELLO)
    ours = "".join(record.getMessage() for record in caplog.records)
    assert KEY not in ours and "how are you" not in ours
    assert KEY not in repr(vars(model))


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"base_url": "ftp://x/v1"},
        {"base_url": "http://user:word@x/v1"},
        {"base_url": "http://x/v1?key=1"},
        {"base_url": "http://x/v1", "api_key": "a\r\nHost: evil"},
        {"base_url": "http://x/v1", "retries": -1},
        {"base_url": "http://x/v1", "retries": True},
        {"base_url": "http://x/v1", "time_out": 3},
    ],
)
def test_wrong_options_are_refused_at_once(options: dict[str, Any]) -> None:
    with pytest.raises(ModelOptionError, match="remote"):
        open_model("remote", "openai", options)


def test_an_endpoint_elsewhere_has_another_digest() -> None:
    here = open_model("m", "openai", {"base_url": "http://127.0.0.1:1/v1"}).info
    there = open_model("m", "openai", {"base_url": "http://127.0.0.1:2/v1"}).info
    assert here.digest != there.digest
