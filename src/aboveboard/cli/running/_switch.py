"""Which application answers: one at a time, and for each request the same from beginning to end."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

App = Callable[..., Any]
Send = Callable[[Any], Awaitable[None]]

_CLOSE = (b"connection", b"close")


@dataclass(slots=True)
class _Held:
    """An application, and how many requests it is answering."""

    app: App
    running: int = 0
    is_replaced: bool = False
    idle: asyncio.Event = field(default_factory=asyncio.Event)

    def leave(self) -> None:
        self.running -= 1
        self.settle()

    def settle(self) -> None:
        if self.is_replaced and not self.running:
            self.idle.set()


class Switch:
    """An ASGI application that is another from one moment to the next. Used within one event loop."""

    def __init__(self, app: App) -> None:
        self._held = _Held(app)
        self.is_ending = False

    @property
    def running(self) -> int:
        """Requests that the present application is answering."""
        return self._held.running

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        held = self._held
        held.running += 1
        try:
            await held.app(scope, receive, _closing(send) if self.is_ending else send)
        finally:
            held.leave()

    def turn_to(self, app: App) -> asyncio.Event:
        """Requests that come from now on are for `app`; the event is set when the last before them is
        answered.
        """
        before, self._held = self._held, _Held(app)
        before.is_replaced = True
        before.settle()
        return before.idle


def _closing(send: Send) -> Send:
    """Asks the client to make a new connection for its next request: to a gateway that stays."""

    async def sent(message: Any) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], _CLOSE]}
        await send(message)

    return sent
