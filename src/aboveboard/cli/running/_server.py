"""uvicorn's server without its signal handlers: who ends it is decided in `_ending.py`."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from aboveboard.cli.running._connection import Connection

_MOST_CONNECTIONS = 2048  # beyond it uvicorn answers 503; half-open ones count too


class Server(uvicorn.Server):
    """A server that is told by `should_exit` to end, and by `cut_off` to end at once."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """None are: uvicorn would close the listener on the first, and send itself the signal again."""
        yield

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second; every second, whoever is late is hung up on."""
        if counter % 10 == 0:
            self._drop_the_late()
        return await super().on_tick(counter)

    def _drop_the_late(self) -> None:
        now = asyncio.get_running_loop().time()
        for each in list(self.server_state.connections):
            if isinstance(each, Connection) and each.is_late(now):
                each.transport.abort()

    def cut_off(self) -> None:
        """Cancels what is being answered; what waits for nothing more is closed."""
        self.should_exit = self.force_exit = True
        for task in list(self.server_state.tasks):
            task.cancel()

    def hang_up(self) -> None:
        """Drops the connections that are left."""
        for connection in list(self.server_state.connections):
            connection.transport.abort()


def server_of(app: Any, limit: float) -> Server:
    """A server for an application that lets running answers take `limit` seconds more once it is to end."""
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        http=Connection,
        ws="none",
        limit_concurrency=_MOST_CONNECTIONS,
    )
    config.timeout_graceful_shutdown = limit  # type: ignore[assignment]  # annotated int, given to wait_for
    return Server(config)
