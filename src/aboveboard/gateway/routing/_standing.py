"""How the promises stand, and what the charter says to do about a broken one."""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from aboveboard.evidence import PromiseStatus
from aboveboard.gateway.telemetry import Counter
from aboveboard.stats import Verdict

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Orders:
    """The broken promises by what their `if_broken` asks for, strongest first to obey.

    `is_known` is false while the promises' status could not be read even once. `fit` are the models of which
    every promise is kept, among those that the charter's `routing.auto` chooses from.
    """

    stop: tuple[str, ...] = ()
    hold: tuple[str, ...] = ()
    fallback: tuple[str, ...] = ()
    warn: tuple[str, ...] = ()
    is_known: bool = True
    fit: frozenset[str] = frozenset()

    @property
    def broken(self) -> tuple[str, ...]:
        """The ids of all broken promises."""
        return self.stop + self.hold + self.fallback + self.warn


def orders_from(statuses: Sequence[PromiseStatus]) -> Orders:
    """What the broken promises order. Undecided ones order nothing: they are shown, not enforced."""
    found: dict[str, list[str]] = {"stop": [], "hold": [], "fallback": [], "warn": []}
    for status in statuses:
        if status.verdict is Verdict.BROKEN:
            found[status.promise.if_broken].append(status.promise.id)
    named = {order: tuple(ids) for order, ids in found.items()}
    return Orders(named["stop"], named["hold"], named["fallback"], named["warn"])


@dataclass(slots=True)
class Standing:
    """Keeps the orders at hand. The first request waits for them; later ones never do.

    A status that cannot be had keeps the last orders known and shows at `/readyz` and in the metrics. Once
    `changes` has counted on, what is known is old.
    """

    status: Callable[[], Sequence[PromiseStatus]]
    seconds: float
    faults: Counter
    fit: Callable[[], Collection[str]] = tuple
    problem: str = ""
    changes: Callable[[], int] = int
    _orders: Orders | None = None
    _asked: float = 0.0
    _seen: int = 0
    _refresh: asyncio.Task[None] | None = field(default=None, repr=False)

    async def orders(self) -> Orders:
        """The present orders, at most `seconds` and one refresh old."""
        is_old = time.monotonic() - self._asked > self.seconds or self.changes() != self._seen
        if self._orders is None or is_old:
            self._start()
        if self._orders is None and self._refresh is not None:
            await asyncio.shield(self._refresh)
        return self._orders or Orders(is_known=False)

    def _start(self) -> None:
        if self._refresh is None or self._refresh.done():
            self._asked, self._seen = time.monotonic(), self.changes()
            self._refresh = asyncio.create_task(self._ask())

    def _read(self) -> Orders:
        return replace(orders_from(self.status()), fit=frozenset(self.fit()))

    async def _ask(self) -> None:
        try:
            self._orders = await asyncio.to_thread(self._read)
            self.problem = ""
        except Exception as error:  # noqa: BLE001 - whatever fails there must not stop the gateway unnoticed
            self.problem = f"the promises' status cannot be read: {type(error).__name__}"
            self.faults.add("status")
            _log.warning("%s", self.problem)
