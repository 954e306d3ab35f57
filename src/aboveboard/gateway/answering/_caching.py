"""Giving the same answer again to the same request, where the charter says so."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aboveboard.errors import AboveboardError
from aboveboard.evidence.records import GuardOutcome
from aboveboard.gateway._services import AnswerMemory, GatewayServices
from aboveboard.gateway.accounting import Reuse
from aboveboard.gateway.answering._turn import Turn
from aboveboard.gateway.caching import (
    Scope,
    as_response,
    is_repeatable,
    joined,
    kept,
    sameness,
    wording,
)
from aboveboard.gateway.dialects import ModelRequest
from aboveboard.gateway.telemetry import Counter
from aboveboard.gateway.upstreams import Asked
from aboveboard.models import ChatChunk, ChatResponse

ATTACHMENT = "reusable"
_HARMLESS = ("allow", "annotate")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Remembering:
    """Finds answers and keeps them. What goes wrong here costs a call to a model, and never an answer."""

    services: GatewayServices
    faults: Counter

    async def find(self, turn: Turn, asked: Asked) -> ChatResponse | None:
        """An answer that the model gave before to this very request, unguarded as it came; where the charter
        says so, also to one in other words.
        """
        memory = self.services.memory
        if memory is None or not self._may_be_remembered(turn, asked):
            return None
        reuse = turn.account.reuse = self._reuse(memory, self._scope(turn, asked), asked.request)
        if reuse is None:
            return None
        try:
            found = await asyncio.to_thread(memory.find, reuse.tag)
        except AboveboardError as error:
            self._failed(error)
            return None
        if found is None:
            return None
        reuse.source, data = found
        response, words = as_response(data)
        reuse.is_reworded = words != reuse.words
        return response

    def _may_be_remembered(self, turn: Turn, asked: Asked) -> bool:
        """Whether the charter and the client let it. Who wants none of it does not choose either what others
        get: asking again until an answer suits would.
        """
        services = self.services
        if not services.keeps_payloads:
            return False
        if not is_repeatable(asked.request, always=services.charter.routing.cache.always):
            return False
        wishes = turn.wire.request.header(b"cache-control").lower()
        return "no-cache" not in wishes and "no-store" not in wishes

    def _reuse(self, memory: AnswerMemory, scope: Scope, request: ModelRequest) -> Reuse | None:
        text = sameness(scope, request)
        if text is None:
            return None
        form = wording(request) if self.services.charter.routing.cache.reworded else None
        if form is None:
            return Reuse(memory.tag(text))
        return Reuse(memory.tag(sameness(scope, request, form) or text), words=memory.tag(text))

    def _scope(self, turn: Turn, asked: Asked) -> Scope:
        return Scope(
            tenant=turn.account.tenant,
            key=turn.account.key,
            data_subject=turn.account.data_subject,
            charter=self.services.charter.digest,
            model=asked.name,
            model_digest=asked.model.info.digest,
        )

    def attach(self, turn: Turn) -> None:
        """Puts a good answer beside its record-to-be. One that a guard objected to is never given again."""
        account, reuse = turn.account, turn.account.reuse
        if reuse is None or reuse.source or not reuse.raws or account.error or turn.guarded.is_held:
            return
        if all(map(_is_harmless, account.guards)):
            data = kept(reuse.raws[0] if reuse.is_whole else joined(reuse.raws), reuse.words)
            if data:
                account.attached[ATTACHMENT] = data

    async def keep(self, turn: Turn) -> None:
        """Remembers where the answer is, once its record is durable."""
        memory, reuse = self.services.memory, turn.account.reuse
        if memory is None or reuse is None or ATTACHMENT not in turn.account.attached:
            return
        try:
            await asyncio.to_thread(memory.keep, reuse.tag, turn.account.id)
        except AboveboardError as error:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        self.faults.add("answer-cache")
        _log.warning("the answer cache failed: %s", type(error).__name__)


async def collected(
    chunks: AsyncIterator[ChatChunk], raws: list[Mapping[str, Any]]
) -> AsyncIterator[ChatChunk]:
    """A stream again, each piece noted on the way."""
    try:
        async for chunk in chunks:
            raws.append(chunk.raw)
            yield chunk
    finally:
        closing = getattr(chunks, "aclose", None)
        if closing:
            await closing()


async def nothing_more() -> AsyncIterator[ChatChunk]:
    """What comes after an answer that is there already."""
    pieces: Sequence[ChatChunk] = ()
    for piece in pieces:
        yield piece


def _is_harmless(outcome: GuardOutcome) -> bool:
    return outcome.mode == "input" or (outcome.action in _HARMLESS and not outcome.error)
