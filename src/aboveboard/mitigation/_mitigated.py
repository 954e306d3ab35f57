"""A model with a mitigation in front of it: to all above it, a model like any other."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from aboveboard.charter import Mitigation
from aboveboard.mitigation._blinding import Blinding
from aboveboard.mitigation._votes import most_typical
from aboveboard.models import (
    ChatChunk,
    ChatRequest,
    ChatResponse,
    EmbeddingModel,
    EmbeddingRequest,
    EmbeddingResponse,
    Message,
    Model,
    ModelInfo,
    Usage,
)
from aboveboard.values import digest_json

_WARMTH = 0.7
"""The temperature that votes are drawn at (Wang et al. 2023, arXiv:2203.11171), if the request has none."""


def mitigated(model: Model, mitigation: Mitigation | None) -> Model:
    """The model with the mitigation applied to every request and answer; the model itself without one.

    Its digest is another, so evidence on the one says nothing of the other. Requests for raw completions and
    likelihoods are not offered: what is done to a chat has no meaning for them.
    """
    if mitigation is None or mitigation == Mitigation():
        return model
    return (
        _Embedding(model, mitigation) if isinstance(model, EmbeddingModel) else _Mitigated(model, mitigation)
    )


class _Mitigated:
    """Instruction, examples and blinding before the model; votes, opening and closing after it."""

    def __init__(self, model: Model, mitigation: Mitigation) -> None:
        self._model = model
        self._mitigation = mitigation

    @property
    def info(self) -> ModelInfo:
        """Of the model with its mitigation."""
        info = self._model.info
        digest = digest_json({"mitigation": msgspec.to_builtins(self._mitigation), "model": info.digest})
        return replace(info, digest=digest, backend=f"{info.backend}, mitigated")

    async def chat(self, request: ChatRequest) -> ChatResponse:
        asked, blinding = self._asked(request)
        answers = [await self._model.chat(each) for each in self._drawn(asked)]
        best = answers[most_typical([each.text for each in answers])]
        return _with_text(best, self._finished(best.text, blinding), [each.usage for each in answers])

    async def stream(self, request: ChatRequest) -> AsyncGenerator[ChatChunk, None]:
        """Piece by piece where the answer passes as it is; whole where something is done to it."""
        if self._leaves_answers_alone:
            async for chunk in self._model.stream(self._asked(request)[0]):
                yield chunk
            return
        whole = await self.chat(request)
        for chunk in _as_chunks(whole):
            yield chunk

    async def next_token(self, request: ChatRequest, top: int = 20) -> Mapping[str, float]:
        """After instruction, examples and blinding; votes, opening and closing do not touch it."""
        return await self._model.next_token(self._asked(request)[0], top)

    async def close(self) -> None:
        await self._model.close()

    @property
    def _leaves_answers_alone(self) -> bool:
        is_one = self._mitigation.votes == 1 and not self._mitigation.blind
        return is_one and not self._mitigation.opening and not self._mitigation.closing

    def _asked(self, request: ChatRequest) -> tuple[ChatRequest, Blinding]:
        blinding = Blinding(self._mitigation.blind)
        turns = [
            each if each.role == "system" else replace(each, content=blinding.hide(each.content))
            for each in request.messages
        ]
        head = [each for each in turns if each.role == "system"][:1]
        rest = [each for each in turns if not head or each is not head[0]]
        messages = (*self._told(head), *self._shown(), *rest)
        # Another dialect's body would carry the request past all this.
        return replace(request, messages=messages, native=None), blinding

    def _told(self, head: list[Message]) -> list[Message]:
        said = self._mitigation.instruction
        if not said:
            return head
        if not head:
            return [Message("system", said)]
        return [replace(head[0], content=f"{head[0].content}\n\n{said}")]

    def _shown(self) -> list[Message]:
        pairs = ((each.user, each.assistant) for each in self._mitigation.examples)
        return [
            message
            for user, assistant in pairs
            for message in (Message("user", user), Message("assistant", assistant))
        ]

    def _drawn(self, request: ChatRequest) -> list[ChatRequest]:
        votes = self._mitigation.votes
        if votes == 1:
            return [request]
        first = request.seed or 0
        warmth = request.temperature or _WARMTH
        return [replace(request, seed=first + turn, temperature=warmth) for turn in range(votes)]

    def _finished(self, text: str, blinding: Blinding) -> str:
        parts = (self._mitigation.opening, blinding.show(text), self._mitigation.closing)
        return "\n\n".join(part for part in parts if part)


class _Embedding(_Mitigated):
    """The same of a model that makes vectors too: those pass as they are."""

    async def embed(self, request: EmbeddingRequest) -> EmbeddingResponse:
        assert isinstance(self._model, EmbeddingModel), "made for such a model"
        return await self._model.embed(request)


def _with_text(answer: ChatResponse, text: str, usages: list[Usage]) -> ChatResponse:
    """The answer with another text, in the provider's own object too, and the tokens of all drawn."""
    usage = Usage(sum(each.prompt_tokens for each in usages), sum(each.completion_tokens for each in usages))
    choices = list(answer.raw.get("choices") or [{}])
    message = {"role": "assistant", **(choices[0].get("message") or {}), "content": text}
    choices[0] = {**choices[0], "message": message}
    counted = {
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "total_tokens": usage.prompt_tokens + usage.completion_tokens,
    }
    raw = {**answer.raw, "choices": choices, "usage": {**(answer.raw.get("usage") or {}), **counted}}
    return replace(answer, text=text, usage=usage, raw=raw)


def _as_chunks(answer: ChatResponse) -> list[ChatChunk]:
    """A whole answer in the form of a stream."""

    def raw(delta: dict[str, str], finish: str | None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return {**answer.raw, "object": "chat.completion.chunk", "choices": [choice], "usage": None}

    return [
        ChatChunk(
            answer.text, None, None, raw({"role": "assistant", "content": answer.text}, None), answer.headers
        ),
        ChatChunk("", answer.finish_reason, None, raw({}, answer.finish_reason)),
        ChatChunk("", None, answer.usage, {**answer.raw, "object": "chat.completion.chunk", "choices": []}),
    ]
