"""How a server ends: told once, it lets everybody finish; told twice, it goes."""

import asyncio
import logging
import signal
from typing import TYPE_CHECKING, Any

from aboveboard.cli._operation import Patience
from aboveboard.cli.running._switch import Switch

if TYPE_CHECKING:
    from aboveboard.cli.running._server import Server
    from aboveboard.gateway import Vitals

_log = logging.getLogger(__name__)

_RECORDED_WITHIN = 5.0
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Ending:
    """Takes the signals of one server. Used within its event loop.

    The first signal: `/readyz` says 503 at once; after the delay (none for Ctrl-C, where somebody waits) the
    listener closes; what is being answered is, up to the limit, and then cut off with an error and a record.
    The second signal cuts off at once, and the process says by its exit code that it was cut.
    """

    def __init__(self, server: "Server", switch: Switch, vitals: "Vitals", patience: Patience) -> None:
        self.code = 0
        self._server = server
        self._switch = switch
        self._vitals = vitals
        self._patience = patience

    def listen(self) -> None:
        """From now on SIGTERM and SIGINT are asked here."""
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            loop.add_signal_handler(number, self.told, number)

    def told(self, number: signal.Signals) -> None:
        """A signal came."""
        if self._vitals.is_draining:
            self._cut_off(number)
        else:
            self._begin(0.0 if number == signal.SIGINT else self._patience.delay)

    async def settled(self) -> None:
        """Returns when what was cut off is recorded, or will not be."""
        tasks: set[asyncio.Task[Any]] = set(self._server.server_state.tasks)
        if tasks:
            await asyncio.wait(tasks, timeout=_RECORDED_WITHIN)
        self._server.hang_up()

    def _begin(self, delay: float) -> None:
        self._vitals.is_draining = self._switch.is_ending = True
        _log.info("ending: not ready any more, %d requests on their way", self._switch.running)
        asyncio.get_running_loop().call_later(delay, self._stop)

    def _stop(self) -> None:
        self._server.should_exit = True

    def _cut_off(self, number: signal.Signals) -> None:
        self.code = 128 + number
        _log.warning("ending at once: told twice")
        self._server.cut_off()
