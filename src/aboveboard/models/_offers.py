"""What some models offer beside a chat: completions of raw text, embeddings, a dialect of their own."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from aboveboard.models._model import ChatChunk, ChatResponse, Usage


@dataclass(frozen=True, slots=True)
class CompletionRequest:
    """Texts to go on with, each by itself. Other fields as in ChatRequest."""

    prompts: Sequence[str]
    max_tokens: int | None = None
    temperature: float | None = None
    seed: int | None = None
    stop: Sequence[str] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EmbeddingRequest:
    """Texts to turn into vectors; `extra` passes to the provider."""

    texts: Sequence[str]
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EmbeddingResponse:
    """One vector of finite numbers for each text, in their order, all of one length."""

    vectors: Sequence[Sequence[float]]
    usage: Usage = field(default_factory=Usage)
    headers: Mapping[str, str] = field(default_factory=dict)


@runtime_checkable
class CompletingModel(Protocol):
    """A model that goes on with a text. Answers have the form of a chat's, so that they are guarded alike."""

    async def complete(self, request: CompletionRequest) -> ChatResponse:
        """The whole answer; choices are numbered through all prompts, as OpenAI's endpoint does."""
        ...

    def stream_complete(self, request: CompletionRequest) -> AsyncIterator[ChatChunk]:
        """The answer piece by piece."""
        ...


@runtime_checkable
class EmbeddingModel(Protocol):
    """A model that turns texts into vectors."""

    async def embed(self, request: EmbeddingRequest) -> EmbeddingResponse:
        """One vector for each text; raises ModelError."""
        ...


@runtime_checkable
class NativeModel(Protocol):
    """A model that understands `ChatRequest.native` of these dialects as it is."""

    @property
    def dialects(self) -> frozenset[str]: ...


def speaks(model: object, dialect: str) -> bool:
    """Whether the model takes requests of that dialect as their clients wrote them."""
    return isinstance(model, NativeModel) and dialect in model.dialects
