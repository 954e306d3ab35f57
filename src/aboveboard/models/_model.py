"""What a language model is to everything above: chat, a stream, and next-token log-probabilities."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Role = Literal["system", "user", "assistant", "tool"]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn. `extra` holds fields of the wire format that pass through (name, tool_calls, …)."""

    role: str
    content: str
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Native:
    """A request as its client wrote it, guarded: `dialect` is the protocol (`messages`, `responses`).

    `only` names the fields that the canonical form has no room for. A model that does not speak the dialect
    must not be asked when there are any: nothing is left out silently.
    """

    dialect: str
    body: Mapping[str, Any]
    only: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """One request. `temperature` 0 asks for the most likely answer; `extra` passes to the provider.

    `native` is the same request in another dialect, for providers that speak it.
    """

    messages: Sequence[Message]
    max_tokens: int | None = None
    temperature: float | None = None
    seed: int | None = None
    stop: Sequence[str] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    native: Native | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens read and written."""

    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True, slots=True)
class ChatResponse:
    """A whole answer. `raw` is the provider's own JSON object (OpenAI chat completion shape).

    `headers` are those of the HTTP answer in lower case, when there was one: a gateway's receipt is there.
    """

    text: str
    finish_reason: str
    usage: Usage
    raw: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChatChunk:
    """A piece of a streamed answer. `raw` is the provider's own chunk; `text` is of its first choice.

    `finish_reason` is set on the last piece that has a choice; one more with `usage` and no choice may follow
    it. `headers` are set on the first piece only.
    """

    text: str
    finish_reason: str | None
    usage: Usage | None
    raw: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


_IN_PROCESS = frozenset({"local", "transformers"})


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What identifies a model in evidence. `digest` is of the weights, or of what the endpoint says it is."""

    id: str
    provider: str
    digest: str
    backend: str

    @property
    def is_in_process(self) -> bool:
        """Whether it runs in this process: nobody charges, and all energy is this machine's."""
        return self.provider in _IN_PROCESS

    @property
    def is_known_by_weights(self) -> bool:
        """Whether the digest is of what answers: the same digest, the same answers."""
        return self.is_in_process or self.provider == "fake"


class Model(Protocol):
    """A language model behind any provider.

    Failures are raised as ModelError (see `_errors.py`), which says whether a retry can help.
    """

    @property
    def info(self) -> ModelInfo: ...

    async def chat(self, request: ChatRequest) -> ChatResponse:
        """The whole answer."""
        ...

    def stream(self, request: ChatRequest) -> AsyncIterator[ChatChunk]:
        """The answer piece by piece; concatenated texts equal what `chat` would have returned."""
        ...

    async def next_token(self, request: ChatRequest, top: int = 20) -> Mapping[str, float]:
        """Natural-log probabilities of the `top` most likely first tokens of the answer, by token text."""
        ...

    async def close(self) -> None:
        """Frees what the model holds; further calls fail."""
        ...
