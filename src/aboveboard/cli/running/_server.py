"""uvicorn's server without its signal handlers: who ends it is decided in `_ending.py`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

_MOST_CONNECTIONS = 2048  # beyond it uvicorn answers 503; half-open ones count too


class Server(uvicorn.Server):
    """A server that is told by `should_exit` to end, and by `cut_off` to end at once."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """None are: uvicorn would close the listener on the first, and send itself the signal again."""
        yield

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
        limit_concurrency=_MOST_CONNECTIONS,
    )
    config.timeout_graceful_shutdown = limit  # type: ignore[assignment]  # annotated int, given to wait_for
    return Server(config)
