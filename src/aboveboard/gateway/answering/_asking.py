"""Which models may answer a guarded request, and asking them."""

import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

from aboveboard.gateway._services import GatewayServices
from aboveboard.gateway.answering._caching import Remembering, collected, nothing_more
from aboveboard.gateway.answering._lining_up import LineUp
from aboveboard.gateway.answering._turn import Turn
from aboveboard.gateway.caching import as_chunk
from aboveboard.gateway.dialects import AnyResponse, Dialect, ModelRequest
from aboveboard.gateway.guarding import WholeAnswer, attempts_header, header, model_headers
from aboveboard.gateway.http import ApiError, DisconnectWatch
from aboveboard.gateway.routing import Orders
from aboveboard.gateway.upstreams import Answered, Asked, Failover, OpenedStream, first_words
from aboveboard.models import ChatChunk, ChatResponse, Model, note_waste

T = TypeVar("T")
AskStreamed = Callable[[Model, ModelRequest], AsyncIterator[ChatChunk]]

# Answers sooner than this are not worth a watcher: nothing upstream would be saved.
WATCH_AFTER = 0.05


@dataclass(frozen=True, slots=True)
class Asking:
    """Chooses among a gateway's models and speaks to them in one dialect's terms."""

    dialect: Dialect
    services: GatewayServices
    remembering: Remembering

    def choose(self, turn: Turn, orders: Orders) -> Sequence[Asked]:
        """Who answers, and who in their place, in order. Raises ApiError when nobody may, or the first cannot
        say what is asked; others who cannot are left out.
        """
        account, models = turn.account, self.services.models
        request = turn.call.to_model(account.data_subject)
        names = LineUp(self.services).of(account, turn.call, request, orders)
        account.model, account.prompt = models[names[0]], turn.call.segments
        return [Asked(name, models[name], request) for name in names]

    def is_streamed(self, turn: Turn) -> bool:
        """Whether the answer comes in pieces: it is asked for, and the protocol has them."""
        return bool(turn.call.is_streamed and self.dialect.writer and self.dialect.ask_streamed)

    async def whole(self, turn: Turn, line: Sequence[Asked]) -> tuple[Asked, AnyResponse]:
        """The whole answer, unguarded, and who gave it.

        Raises ModelError, ApiError, or Disconnected when nobody waits for it.
        """

        async def ask(asked: Asked) -> AnyResponse:
            response = await self.dialect.ask(asked.model, asked.request)
            if isinstance(response, ChatResponse):
                self._check(turn, response)
            return response

        found = await self.remembering.find(turn, line[0])
        if found is not None:
            self._give_again(turn, line[0])
            return line[0], found
        with DisconnectWatch(turn.wire.request.receive, WATCH_AFTER):
            answered = await self._first(turn, line, ask)
        answered.permit.succeeded()
        result, reuse = answered.result, turn.account.reuse
        if reuse is not None and answered.asked is line[0] and isinstance(result, ChatResponse):
            reuse.raws, reuse.is_whole = [result.raw], True
        turn.account.usage = result.usage
        return answered.asked, result

    async def opened(self, turn: Turn, line: Sequence[Asked]) -> tuple[Asked, OpenedStream]:
        """The answer in pieces, unguarded, of which the first words have come; raises ModelError, ApiError.

        Only for dialects and requests that are streamed.
        """

        async def ask(asked: Asked) -> tuple[deque[ChatChunk], AsyncIterator[ChatChunk]]:
            chunks = ask_streamed(asked.model, asked.request)
            if turn.account.reuse is not None and asked is line[0]:
                chunks = collected(chunks, turn.account.reuse.raws)
            return await first_words(chunks), chunks

        found = await self.remembering.find(turn, line[0])
        if found is not None:
            self._give_again(turn, line[0])
            return line[0], OpenedStream(deque([as_chunk(found)]), nothing_more())
        ask_streamed = cast(AskStreamed, self.dialect.ask_streamed)
        answered = await self._first(turn, line, ask)
        return answered.asked, OpenedStream(*answered.result, answered.permit)

    def _check(self, turn: Turn, response: ChatResponse) -> None:
        try:
            WholeAnswer(turn.guarded, self.services.limits).check(response)
        except ApiError:
            note_waste(response.usage)
            raise

    def _give_again(self, turn: Turn, asked: Asked) -> None:
        reuse = turn.account.reuse
        how = "reworded" if reuse is not None and reuse.is_reworded else "hit"
        turn.wire.opening.extend([*model_headers(asked.name, 0), header("cache", how)])

    async def _first(
        self, turn: Turn, line: Sequence[Asked], ask: Callable[[Asked], Awaitable[T]]
    ) -> Answered[T]:
        """The first answer; what it took is written down, whatever comes of it."""
        account, began = turn.account, time.perf_counter()
        within = self.services.charter.routing.within.total_seconds()
        try:
            answered = await Failover(self.services.circuits, within).answer(line, account.trail, ask)
        except BaseException:
            turn.wire.opening.append(attempts_header(account.trail.count))
            raise
        finally:
            account.waited += time.perf_counter() - began
        account.model = answered.asked.model
        turn.wire.opening.extend(model_headers(answered.asked.name, account.trail.count))
        return answered
