"""Which model answers a guarded request, and asking it."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

from aboveboard.gateway._disconnect import DisconnectWatch
from aboveboard.gateway._routing import check_offered, route
from aboveboard.gateway._services import GatewayServices
from aboveboard.gateway._standing import Orders
from aboveboard.gateway._turn import Turn
from aboveboard.gateway.dialects import AnyResponse, Dialect, ModelRequest
from aboveboard.models import ChatChunk, Model

# Answers sooner than this are not worth a watcher: nothing upstream would be saved.
WATCH_AFTER = 0.05


@dataclass(frozen=True, slots=True)
class Asked:
    """A model, the id by which clients know it, and what it is to answer."""

    name: str
    model: Model
    request: ModelRequest


@dataclass(frozen=True, slots=True)
class Asking:
    """Chooses among a gateway's models and speaks to them in one dialect's terms."""

    dialect: Dialect
    services: GatewayServices

    def choose(self, turn: Turn, orders: Orders) -> Asked:
        """Who answers; notes it in the account. Raises ApiError when nobody may, or nobody can."""
        name = route(turn.call.model, orders, self.services)
        model, request = self.services.models[name], turn.call.to_model(turn.account.data_subject)
        check_offered(model, request)
        turn.account.model, turn.account.prompt = model, turn.call.segments
        return Asked(name, model, request)

    async def whole(self, turn: Turn, asked: Asked) -> AnyResponse:
        """The whole answer, unguarded; raises ModelError, or Disconnected when nobody waits for it."""
        began = time.perf_counter()
        try:
            with DisconnectWatch(turn.wire.request.receive, WATCH_AFTER):
                response = await self.dialect.ask(asked.model, asked.request)
        finally:
            turn.account.waited = time.perf_counter() - began
        turn.account.usage = response.usage
        return response

    def streamed(self, turn: Turn, asked: Asked) -> AsyncIterator[ChatChunk] | None:
        """The answer in pieces, unguarded; None where it is not asked for, or the protocol has no pieces."""
        if turn.call.is_streamed and self.dialect.writer and self.dialect.ask_streamed:
            return self.dialect.ask_streamed(asked.model, asked.request)
        return None
