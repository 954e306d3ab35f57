"""Stops work for a client that went away."""

import asyncio
from dataclasses import dataclass, field
from types import TracebackType

from aboveboard.gateway.http._asgi import AsgiReceive
from aboveboard.gateway.http._errors import Disconnected


@dataclass(slots=True)
class DisconnectWatch:
    """While entered, cancels the current task when the client closes, and turns that into Disconnected.

    Enter it only after the whole body was read: it takes what the server says next. Watching begins after
    `delay` seconds, since most answers are given before a watcher would pay for itself.
    """

    receive: AsgiReceive
    delay: float = 0.0
    _gone: bool = False
    _owner: asyncio.Task[object] | None = field(default=None, repr=False)
    _watcher: asyncio.Task[None] | None = field(default=None, repr=False)
    _timer: asyncio.TimerHandle | None = field(default=None, repr=False)

    def __enter__(self) -> "DisconnectWatch":
        self._owner = asyncio.current_task()
        self._timer = asyncio.get_running_loop().call_later(self.delay, self._begin)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer:
            self._timer.cancel()
        if self._watcher:
            self._watcher.cancel()
        if self._gone and kind is asyncio.CancelledError and self._owner:
            self._owner.uncancel()
            raise Disconnected from None

    def _begin(self) -> None:
        self._watcher = asyncio.get_running_loop().create_task(self._watch())

    async def _watch(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            pass
        self._gone = True
        if self._owner:
            self._owner.cancel()
