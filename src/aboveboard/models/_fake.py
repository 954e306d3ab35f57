"""A scripted model: deterministic, with delays and failures on order. For tests and dry runs."""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import replace
from typing import Any

from aboveboard.models._errors import (
    ModelError,
    ModelGarbageError,
    ModelRefusedError,
    ModelTimeoutError,
)
from aboveboard.models._fake_script import Script, choose, read_script, split_tokens
from aboveboard.models._model import ChatChunk, ChatRequest, ChatResponse, Message, ModelInfo, Usage
from aboveboard.models._offers import CompletionRequest, EmbeddingRequest, EmbeddingResponse
from aboveboard.models._options import Options
from aboveboard.models._wire import sum_by_text
from aboveboard.values import digest_json

OPTIONS = (
    *("chunk_delay", "chunk_size", "delay", "failures", "next_token", "reply", "replies", "rules"),
    "digest",
)
FAILURES: Mapping[str, Callable[[str], ModelError]] = {
    "error": lambda where: ModelError("the scripted failure", where=where),
    "garbage": lambda where: ModelGarbageError("the scripted garbage", where=where),
    "refused": lambda where: ModelRefusedError("the scripted refusal", status=429, where=where),
    "timeout": lambda where: ModelTimeoutError("the scripted timeout", where=where),
}


class FakeModel:
    """Replies by rule. Options:

    `rules`: a list of `{contains, reply, next_token}`, the first whose `contains` is in the last user message
    (any case) wins; `replies`: what to say otherwise, one chosen by the seed (temperature 0: the first);
    `reply`: a text, or a Python callable from ChatRequest to text; default: echo the last user message.
    `next_token`: probabilities by token. `delay` before and `chunk_delay` between pieces in seconds;
    `chunk_size` of a streamed piece in characters (4). `failures`: one entry used by each call, in order:
    error, garbage, refused, timeout, or null for none. `digest`: what `info` shows.
    """

    def __init__(self, model_id: str, options: Mapping[str, Any]) -> None:
        read = Options(model_id, options, OPTIONS)
        self._id = model_id
        self._script: Script = read_script(read, options)
        self._delay = read.number("delay", 0.0)
        self._chunk_delay = read.number("chunk_delay", 0.0)
        self._chunk_size = read.whole("chunk_size", 4)
        self._failures = list(read.of("failures", list, []))
        self._digest = read.text("digest", "")
        self._closed = False
        self.requests: list[ChatRequest] = []
        self.embedded: list[EmbeddingRequest] = []

    @property
    def info(self) -> ModelInfo:
        """The digest is of the script, so that another script is another model in the evidence."""
        return ModelInfo(self._id, "fake", self._digest or digest_json(self._script.description), "fake 1")

    async def chat(self, request: ChatRequest) -> ChatResponse:
        await self._begin(request)
        said = self._script.say(request)
        raw = {
            **self._envelope("chat.completion"),
            "choices": [
                {
                    "index": 0,
                    "finish_reason": said.finish_reason,
                    "message": {"role": "assistant", "content": said.text},
                    "logprobs": said.logprobs(request),
                }
            ],
            "usage": _usage_json(said.usage),
        }
        return ChatResponse(said.text, said.finish_reason, said.usage, raw)

    async def stream(self, request: ChatRequest) -> AsyncGenerator[ChatChunk, None]:
        await self._begin(request)
        said = self._script.say(request)
        yield self._chunk({"role": "assistant", "content": ""}, "", None)
        for start in range(0, len(said.text), self._chunk_size):
            text = said.text[start : start + self._chunk_size]
            yield self._chunk({"content": text}, text, None)
            await asyncio.sleep(self._chunk_delay)
        yield self._chunk({}, "", said.finish_reason)
        raw = {**self._envelope("chat.completion.chunk"), "choices": [], "usage": _usage_json(said.usage)}
        yield ChatChunk("", None, said.usage, raw)

    async def complete(self, request: CompletionRequest) -> ChatResponse:
        """As a chat whose only message is the prompt; one choice a prompt."""
        answers = [await self.chat(asked) for asked in _as_chats(request)]
        choices = [{**one.raw["choices"][0], "index": number} for number, one in enumerate(answers)]
        usage = Usage(
            sum(one.usage.prompt_tokens for one in answers),
            sum(one.usage.completion_tokens for one in answers),
        )
        raw = {**answers[0].raw, "choices": choices, "usage": _usage_json(usage)}
        return ChatResponse(answers[0].text, answers[0].finish_reason, usage, raw)

    async def stream_complete(self, request: CompletionRequest) -> AsyncGenerator[ChatChunk, None]:
        for number, asked in enumerate(_as_chats(request)):
            async for chunk in self.stream(asked):
                choices = [{**choice, "index": number} for choice in chunk.raw["choices"]]
                yield replace(chunk, raw={**chunk.raw, "choices": choices})

    async def embed(self, request: EmbeddingRequest) -> EmbeddingResponse:
        """Eight numbers that depend on the text alone."""
        await self._begin()
        self.embedded.append(request)
        tokens = sum(len(split_tokens(text)) for text in request.texts)
        return EmbeddingResponse([_vector(text) for text in request.texts], Usage(tokens, 0))

    async def next_token(self, request: ChatRequest, top: int = 20) -> Mapping[str, float]:
        await self._begin(request)
        candidates = self._script.candidates(request)
        likely = sorted(candidates, key=lambda one: -float(one["logprob"]))[:top]
        return sum_by_text(likely)

    async def close(self) -> None:
        self._closed = True

    async def _begin(self, request: ChatRequest | None = None) -> None:
        where = f"model {self._id!r}"
        if self._closed:
            raise ModelError("the model was closed", where=where, cure="open it again")
        if request is not None:
            self.requests.append(request)
        failure = self._failures.pop(0) if self._failures else None
        await asyncio.sleep(self._delay)
        if failure:
            raise choose(FAILURES, str(failure), where)(where)

    def _envelope(self, kind: str) -> dict[str, Any]:
        return {"id": "chatcmpl-fake", "object": kind, "created": 0, "model": self._id}

    def _chunk(self, delta: Mapping[str, str], text: str, finish_reason: str | None) -> ChatChunk:
        choice = {"index": 0, "delta": dict(delta), "finish_reason": finish_reason}
        return ChatChunk(
            text, finish_reason, None, {**self._envelope("chat.completion.chunk"), "choices": [choice]}
        )


def _as_chats(request: CompletionRequest) -> list[ChatRequest]:
    return [
        ChatRequest(
            [Message("user", prompt)],
            max_tokens=request.max_tokens,
            temperature=request.temperature,
            seed=request.seed,
            stop=request.stop,
            extra={**request.extra, "top_logprobs": request.extra.get("logprobs")},
        )
        for prompt in request.prompts
    ]


def _vector(text: str) -> list[float]:
    digest = hashlib.sha256(text.encode("utf-8", "replace")).digest()
    return [byte / 255 for byte in digest[:8]]


def _usage_json(usage: Usage) -> dict[str, int]:
    total = usage.prompt_tokens + usage.completion_tokens
    return {
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "total_tokens": total,
    }
