"""A stream is open when its first words have come: until then another model can take over."""

from collections import deque
from collections.abc import AsyncIterator, Awaitable
from types import TracebackType
from typing import Any

from aboveboard.gateway.dialects import garbage
from aboveboard.gateway.http import UpstreamError
from aboveboard.models import ChatChunk, ModelError, Permit, note_waste

_MOST_EMPTY = 64
"""Pieces without a word are kept waiting up to this many; then the stream counts as open."""


class OpenedStream:
    """A stream again from its first piece. Entered while it is passed on, it tells the permit its end."""

    __slots__ = ("_chunks", "_held", "_permit")

    def __init__(
        self, held: deque[ChatChunk], chunks: AsyncIterator[ChatChunk], permit: Permit | None = None
    ) -> None:
        self._held = held
        self._chunks = chunks
        self._permit = permit
        if permit:
            permit.began()

    def __aiter__(self) -> AsyncIterator[ChatChunk]:
        return self

    def __anext__(self) -> Awaitable[ChatChunk]:
        # The model's own awaitable: a coroutine of ours around it would cost every piece.
        return _ready(self._held.popleft()) if self._held else self._chunks.__anext__()

    async def aclose(self) -> None:
        """Stops the model: an abandoned stream would go on costing."""
        await close(self._chunks)

    def __enter__(self) -> "OpenedStream":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._permit is None:
            return
        if error is None:
            self._permit.succeeded()
        elif isinstance(error, ModelError | UpstreamError):
            self._permit.failed()
        self._permit.abandoned()


async def _ready(chunk: ChatChunk) -> ChatChunk:
    return chunk


async def first_words(chunks: AsyncIterator[ChatChunk]) -> deque[ChatChunk]:
    """The pieces up to the first that says something; raises ModelError, UpstreamError, and then the stream
    is closed.
    """
    held: deque[ChatChunk] = deque()
    try:
        async for chunk in chunks:
            held.append(chunk)
            if _says_something(chunk) or len(held) > _MOST_EMPTY:
                return held
    except BaseException:
        _waste(held)
        await close(chunks)
        raise
    _waste(held)
    raise UpstreamError(502, "the model's answer ended before it began", "upstream_incomplete")


def _waste(held: deque[ChatChunk]) -> None:
    """A later count of a stream takes in the ones before."""
    note_waste(next((chunk.usage for chunk in reversed(held) if chunk.usage), None))


def _says_something(chunk: ChatChunk) -> bool:
    choices = chunk.raw.get("choices")
    if choices is None:
        return bool(chunk.text or chunk.finish_reason)
    if not isinstance(choices, list):
        raise garbage()
    return any(list(map(_is_begun, choices)))  # each is looked at


def _is_begun(choice: Any) -> bool:
    delta = (choice.get("delta") or {}) if isinstance(choice, dict) else None
    if not isinstance(delta, dict) or not isinstance(choice.get("index", 0), int):
        raise garbage()
    return bool(choice.get("finish_reason")) or any(delta[name] for name in delta if name != "role")


async def close(chunks: AsyncIterator[ChatChunk]) -> None:
    """Ends a stream that can be ended."""
    ends = getattr(chunks, "aclose", None)
    if ends:
        await ends()
