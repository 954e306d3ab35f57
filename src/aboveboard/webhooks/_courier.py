"""Takes what waits in the outbox to its receivers, on threads of its own: no answer ever waits for one."""

import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from aboveboard.values import Clock, SystemClock
from aboveboard.webhooks._errors import UndeliveredError
from aboveboard.webhooks._outbox import GIVEN_UP, SENT, Delivery, Outbox
from aboveboard.webhooks._patience import Patience
from aboveboard.webhooks._posting import post
from aboveboard.webhooks._signing import Secret, signed_headers

Post = Callable[[str, bytes, Mapping[str, str]], None]
_KEPT_SECONDS = 7 * 24 * 3600
_MOST_AT_ONCE = 8
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hook:
    """A receiver: where, signed with what, and what it is told."""

    url: str = field(repr=False)
    secrets: tuple[Secret, ...]
    on: tuple[str, ...]


class Courier:
    """Delivers for one gateway. Several gateways may have the same outbox: each delivery is taken by one.

    `given_up` is called, with the receiver's address, when one has not taken something in all that time.
    """

    def __init__(
        self,
        outbox: Outbox,
        *,
        patience: Patience | None = None,
        clock: Clock | None = None,
        send: Post = post,
        given_up: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._outbox = outbox
        self._patience = patience or Patience()
        self._clock = clock or SystemClock()
        self._send = send
        self._given_up = given_up
        self._pool = ThreadPoolExecutor(_MOST_AT_ONCE, thread_name_prefix="aboveboard-webhook")
        self._busy: dict[str, Future[None]] = {}

    def round(self, hooks: Sequence[Hook]) -> None:
        """Begins to deliver what is due to each receiver that is not being told something already."""
        for hook in hooks:
            running = self._busy.get(hook.url)
            if running is None or running.done():
                _log_failure(running)
                self._busy[hook.url] = self._pool.submit(self._deliver_all, hook)

    def settle(self) -> None:
        """Waits until what was begun has come to an end; raises what went wrong in it."""
        for future in list(self._busy.values()):
            future.result()

    def tidy(self, hooks: Sequence[Hook]) -> int:
        """Gives up what waits for nobody's receivers, and forgets what was settled a week ago; returns how
        many of these. `hooks` are this gateway's own, who have their time in full whenever it was away.
        """
        urls = [hook.url for hook in hooks]
        self._outbox.abandon(urls, self._now() - self._milliseconds(self._patience.in_all))
        return self._outbox.purge(self._now() - 1000 * _KEPT_SECONDS)

    def close(self) -> None:
        """Begins nothing more. What is on its way ends by itself, or is sent again by whoever comes next."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _deliver_all(self, hook: Hook) -> None:
        """Until nothing is due any more, or the receiver does not take something."""
        while due := self._outbox.due(hook.url, self._now()):
            for delivery in due:
                is_ours = self._outbox.take(delivery, self._now() + self._milliseconds(self._patience.lease))
                if is_ours and not self._deliver(delivery, hook):
                    return

    def _deliver(self, delivery: Delivery, hook: Hook) -> bool:
        try:
            self._send(hook.url, delivery.body, self._headers(delivery, hook))
        except UndeliveredError as error:
            self._again(delivery, hook, error)
            return False
        self._outbox.settle(delivery, SENT)
        return True

    def _headers(self, delivery: Delivery, hook: Hook) -> Mapping[str, str]:
        seconds = int(self._clock.now().timestamp())
        return signed_headers(hook.secrets, delivery.id, seconds, delivery.body)

    def _again(self, delivery: Delivery, hook: Hook, error: UndeliveredError) -> None:
        wait = self._milliseconds(self._patience.wait(delivery.attempts + 1))
        end = delivery.created + self._milliseconds(self._patience.in_all)
        now = self._now()
        if error.is_final or now >= end:
            self._outbox.settle(delivery, GIVEN_UP)
            _log.error("webhook %s is given up: %s", delivery.id, error.what)
            self._given_up(hook.url)
            return
        _log.warning("webhook %s is tried again: %s", delivery.id, error.what)
        self._outbox.put_off(delivery, min(now + wait, end))

    def _now(self) -> int:
        return self._milliseconds(self._clock.now().timestamp())

    @staticmethod
    def _milliseconds(seconds: float) -> int:
        return int(seconds * 1000)


def _log_failure(ended: Future[None] | None) -> None:
    """Says what no receiver is to blame for, such as an outbox that cannot be read; it is tried again."""
    error = ended.exception() if ended is not None else None
    if error is not None:
        _log.error("webhooks could not be delivered: %s", type(error).__name__)
