"""Hands observations to whoever asked for them, on a thread of its own."""

import logging
import queue
import threading
from collections.abc import Callable, Sequence

from aboveboard.gateway.telemetry._observation import Observation

_log = logging.getLogger(__name__)

_MOST_WAITING = 20_000

Observer = Callable[[Observation], None]


class Observers:
    """Call it with an observation: it returns at once. What nobody can keep up with is left out and counted:
    the record is what counts, and an answer must not wait for somebody's log. Use as a context manager.
    """

    def __init__(self, observers: Sequence[Observer], at_loss: Callable[[], None] = lambda: None) -> None:
        self.lost = 0
        self._at_loss = at_loss
        self._observers = observers
        self._waiting: queue.SimpleQueue[Observation | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="aboveboard-observers", daemon=True)

    def __call__(self, observation: Observation) -> None:
        if self._waiting.qsize() < _MOST_WAITING:
            self._waiting.put(observation)
        else:
            self.lost += 1
            self._at_loss()

    def __enter__(self) -> "Observers":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.put(None)
        self._thread.join()

    def _serve(self) -> None:
        while (observation := self._waiting.get()) is not None:
            for observer in self._observers:
                try:
                    observer(observation)
                except Exception as error:  # noqa: BLE001 - one that fails must not silence the others
                    _log.error("an observer failed: %s", type(error).__name__)
