"""Completions and embeddings: the wire of OpenAI's endpoints, and what is made of odd answers."""

import math
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from aboveboard.models import (
    CompletingModel,
    CompletionRequest,
    EmbeddingModel,
    EmbeddingRequest,
    Model,
    ModelGarbageError,
    open_model,
)

COMPLETION = {
    "choices": [
        {
            "index": 0,
            "text": "one two",
            "finish_reason": "stop",
            "logprobs": {
                "tokens": ["one", " two"],
                "token_logprobs": [-0.1, -0.2],
                "top_logprobs": [{"one": -0.1, "1": -2.5}, None],
            },
        }
    ],
    "usage": {"prompt_tokens": 1, "completion_tokens": 2},
}
FRAMES = (
    b'data: {"choices":[{"index":0,"text":"one ","finish_reason":null}]}\n\n'
    b'data: {"choices":[{"index":0,"text":"two","finish_reason":"stop"}]}\n\n'
    b'data: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}\n\ndata: [DONE]\n\n'
)


class Endpoint:
    """Answers with what it is told to."""

    def __init__(self) -> None:
        self.requests: list[Any] = []
        self.vectors: list[Any] = [[0.5, 1], [0.25, -3e-2]]

    async def completions(self, request: web.Request) -> web.Response:
        self.requests.append(await request.json())
        if self.requests[-1].get("stream"):
            return web.Response(body=FRAMES, content_type="text/event-stream")
        return web.json_response(COMPLETION)

    async def embeddings(self, request: web.Request) -> web.Response:
        self.requests.append(await request.json())
        data = [{"index": number, "embedding": vector} for number, vector in enumerate(self.vectors)]
        return web.json_response({"data": data[::-1], "usage": {"prompt_tokens": 4, "total_tokens": 4}})


@pytest.fixture
def endpoint() -> Endpoint:
    return Endpoint()


@pytest.fixture
async def model(endpoint: Endpoint) -> AsyncIterator[Model]:
    app = web.Application()
    app.router.add_post("/v1/completions", endpoint.completions)
    app.router.add_post("/v1/embeddings", endpoint.embeddings)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    opened = open_model("far", "openai", {"base_url": url, "retries": 0})
    yield opened
    await opened.close()
    await runner.cleanup()


async def test_a_completion_has_the_form_of_a_chat(model: Model, endpoint: Endpoint) -> None:
    assert isinstance(model, CompletingModel)
    answer = await model.complete(
        CompletionRequest(("Once",), max_tokens=5, stop=("x",), extra={"logprobs": 2})
    )
    assert (answer.text, answer.finish_reason, answer.usage.completion_tokens) == ("one two", "stop", 2)
    rows = answer.raw["choices"][0]["logprobs"]["content"]
    assert [(row["token"], row["logprob"]) for row in rows] == [("one", -0.1), (" two", -0.2)]
    assert [one["token"] for one in rows[0]["top_logprobs"]] == ["one", "1"]
    sent = {"model": "far", "prompt": "Once", "max_tokens": 5, "stop": ["x"], "logprobs": 2}
    assert endpoint.requests == [sent]


async def test_a_streamed_completion_too(model: Model, endpoint: Endpoint) -> None:
    assert isinstance(model, CompletingModel)
    chunks = [chunk async for chunk in model.stream_complete(CompletionRequest(("a", "b")))]
    assert "".join(chunk.text for chunk in chunks) == "one two"
    assert chunks[-1].usage is not None
    assert endpoint.requests[0]["prompt"] == ["a", "b"]
    assert endpoint.requests[0]["stream_options"] == {"include_usage": True}


async def test_vectors_come_in_the_order_of_the_texts(model: Model, endpoint: Endpoint) -> None:
    assert isinstance(model, EmbeddingModel)
    answer = await model.embed(EmbeddingRequest(("a", "b"), {"dimensions": 2}))
    assert answer.vectors == [[0.5, 1], [0.25, -0.03]]
    assert answer.usage.prompt_tokens == 4
    assert endpoint.requests[0] == {
        "model": "far", "input": ["a", "b"], "encoding_format": "float", "dimensions": 2
    }  # fmt: skip


@pytest.mark.parametrize(
    "vectors",
    [
        [[0.5]],
        [[0.5], [0.5], [0.5]],
        [[0.5], [0.5, 1.0]],
        [[0.5], ["a word"]],
        [[0.5], [True]],
        [[0.5], [1e30]],
        [[0.5], []],
        [[0.5], "AACAPw=="],
        [[0.5], [math.nan]],
    ],
)
async def test_what_is_no_vector_for_each_text_is_garbage(
    model: Model, endpoint: Endpoint, vectors: list[Any]
) -> None:
    assert isinstance(model, EmbeddingModel)
    endpoint.vectors = vectors
    with pytest.raises(ModelGarbageError):
        await model.embed(EmbeddingRequest(("a", "b")))


@pytest.mark.slow
async def test_the_local_model_goes_on_with_a_text() -> None:
    model = open_model("near", "local")
    assert isinstance(model, CompletingModel)
    request = CompletionRequest(("The capital of France is",), max_tokens=4, temperature=0.0)
    whole = await model.complete(request)
    chunks = [chunk async for chunk in model.stream_complete(request)]
    assert "Paris" in whole.text
    assert "".join(chunk.text for chunk in chunks) == whole.text
    assert whole.usage.completion_tokens == 4
    await model.close()
