"""What a protocol is to the one endpoint that serves them all."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from aboveboard.gateway.dialects._call import Call, ModelRequest
from aboveboard.gateway.http import ApiError, Limits
from aboveboard.models import ChatChunk, ChatResponse, EmbeddingResponse, Model

NO_USAGE: Mapping[str, Any] = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}


@dataclass(frozen=True, slots=True)
class Identity:
    """What every frame of an answer carries. `receipt` is a ULID: the answer names its own proof."""

    receipt: str
    created: int
    model: str


class Writer(Protocol):
    """The frames of one streamed answer. Everything it is given has passed the guards.

    Deltas have the form of OpenAI's chat chunks. `is_sequential`: the protocol has one text at a time, so
    what guards hold of one is let out before the next begins.
    """

    identity: Identity
    is_sequential: bool

    def begin(self, raw: Mapping[str, Any]) -> None:
        """The model's first chunk: what names its build may be taken from it. Called once, first."""
        ...

    def text(self, index: int, text: str) -> bytes:
        """Text of a choice's content: most of all there is."""
        ...

    def delta(self, index: int, delta: dict[str, Any]) -> bytes:
        """Anything else of a choice."""
        ...

    def end(self, reasons: Mapping[int, str], usage: Mapping[str, Any]) -> bytes:
        """The last frames, once the decision is durable: why each choice ended, and the counts of tokens."""
        ...

    def error(self, error: ApiError) -> bytes:
        """The typed frame that ends a stream which cannot go on."""
        ...


@runtime_checkable
class StopWriter(Protocol):
    """A writer whose protocol says which of the client's stop sequences an answer ended at."""

    def stopped_by(self, sequence: object) -> None:
        """The model named one; it may be anything."""
        ...


WriterOf = Callable[[Identity, Call], Writer]
AnyResponse = ChatResponse | EmbeddingResponse


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One protocol. `param` names the field that holds the texts, `lengths` those that say how many tokens an
    answer may have; `done` closes a stream.

    `whole` writes an answer from the guarded chat completion, which has no envelope; `error` is the object of
    a refusal. Protocols without an answer in words have neither `whole` nor `writer`: they answer in vectors.
    """

    path: str
    param: str
    read: Callable[[dict[str, Any], Limits], Call]
    ask: Callable[[Model, ModelRequest], Awaitable[AnyResponse]]
    error: Callable[[ApiError], Mapping[str, Any]]
    whole: Callable[[Identity, Call, dict[str, Any]], dict[str, Any]] | None = None
    writer: WriterOf | None = None
    ask_streamed: Callable[[Model, ModelRequest], AsyncIterator[ChatChunk]] | None = None
    lengths: tuple[str, ...] = ()
    done: bytes = b""
