"""What a gateway knows of itself, whichever charter is in force."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from aboveboard.footprint import CpuShares, SparingClock
from aboveboard.gateway.telemetry._metrics import Metrics
from aboveboard.gateway.telemetry._observation import Observation
from aboveboard.gateway.telemetry._trace import Tracing

_TRIED_AGAIN_AFTER = 10.0


def _cpu_shares() -> CpuShares:
    return CpuShares(SparingClock())


@dataclass(slots=True)
class Vitals:
    """Figures and state that outlive a charter: the applications before and after a reload share one.

    `is_draining`: the process is about to end, so it wants no new work. `refused` says why the newest charter
    is not the one in force (empty: it is). `unrecorded` is when an answer could not be recorded, if that was
    the last one; in seconds of `clock`. `observe` is told of each request that is over; `tracing` gives ids
    to those that are to be traced. `changes` counts what may have changed how the promises stand.
    """

    metrics: Metrics = field(default_factory=Metrics)
    cpu: CpuShares = field(default_factory=_cpu_shares)
    is_draining: bool = False
    refused: str = ""
    unrecorded: float | None = None
    observe: Callable[[Observation], None] | None = None
    tracing: Tracing | None = None
    clock: Callable[[], float] = time.monotonic
    changes: int = 0

    def promises_changed(self) -> None:
        """An alarm was raised: who keeps the promises' status at hand should ask for it again, and soon."""
        self.changes += 1

    def failed_to_record(self) -> None:
        """An answer could not be recorded."""
        self.unrecorded = self.clock()

    @property
    def cannot_record(self) -> bool:
        """Whether answers cannot be recorded. Some seconds after a failure it is worth another try: where
        nobody asks a gateway that is not ready, nothing else would find out that it could again.
        """
        return self.unrecorded is not None and self.clock() - self.unrecorded < _TRIED_AGAIN_AFTER
