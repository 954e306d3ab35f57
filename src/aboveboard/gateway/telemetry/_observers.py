"""Hands observations to whoever asked for them, on a thread of its own."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence

from aboveboard.gateway.telemetry._observation import Observation

_log = logging.getLogger(__name__)

_MOST_WAITING = 20_000
_LOOK_SECONDS = 0.05

Observer = Callable[[Observation], None]


class Observers:
    """Call it with an observation: it returns at once. What nobody can keep up with is left out and counted:
    the record is what counts, and an answer must not wait for somebody's log. Use as a context manager.

    The thread looks now and then instead of being woken: waking one for each request costs more than what it
    does then.
    """

    def __init__(self, observers: Sequence[Observer], at_loss: Callable[[], None] = lambda: None) -> None:
        self.lost = 0
        self._at_loss = at_loss
        self._observers = observers
        self._waiting: deque[Observation] = deque()
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="aboveboard-observers", daemon=True)

    def __call__(self, observation: Observation) -> None:
        if len(self._waiting) < _MOST_WAITING:
            self._waiting.append(observation)
        else:
            self.lost += 1
            self._at_loss()

    def __enter__(self) -> "Observers":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _serve(self) -> None:
        while not self._is_over.wait(_LOOK_SECONDS):
            self._tell_all()
        self._tell_all()

    def _tell_all(self) -> None:
        while self._waiting:
            observation = self._waiting.popleft()
            for observer in self._observers:
                try:
                    observer(observation)
                except Exception as error:  # noqa: BLE001 - one that fails must not silence the others
                    _log.error("an observer failed: %s", type(error).__name__)
