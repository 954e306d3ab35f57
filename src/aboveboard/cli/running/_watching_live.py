"""Live promises while a server runs: the record is read on, and probes are asked, beside the answers."""

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aboveboard.cli._release import Release

_IDLE, _BUSY = 1.0, 0.05
_log = logging.getLogger(__name__)


async def keep_watching(release: "Callable[[], Release]") -> None:
    """Watches what the charter in force has watched, until cancelled."""
    while True:
        is_busy = await watch_once(release())
        await asyncio.sleep(_BUSY if is_busy else _IDLE)


async def watch_once(release: "Release") -> bool:
    """Reads on by a page and asks a probe; says whether there is more to do. What fails is tried again, and
    costs nobody an answer.
    """
    try:
        monitor = await asyncio.to_thread(lambda: release.monitor)
        if monitor is None or release.prober is None:
            return False
        has_more = await asyncio.to_thread(monitor.round)
        return await release.prober.round() or has_more
    except Exception as error:  # noqa: BLE001  # a task that ends would watch no more, and nobody would know
        _log.warning("live promises were not watched, which is tried again: %s", error)
        return False
