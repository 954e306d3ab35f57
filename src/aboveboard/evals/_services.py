"""What a run is given from outside: where to keep state, whom to tell, what measures energy, when to stop."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from aboveboard.evidence.records import Footprint
from aboveboard.footprint import Costs
from aboveboard.models import ModelInfo


class Reading(Protocol):
    """A measurement of energy that has begun."""

    def stop(self, tokens: int = 0) -> Footprint: ...

    def costs(self, tokens: int = 0) -> Costs: ...


class EnergyMeter(Protocol):
    """Begins a measurement of energy; `aboveboard.footprint.Meter` is one."""

    def start(self) -> Reading: ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `eta_seconds` is None until something is known; `energy_wh` without a meter."""

    suite: str
    done: int
    total: int
    cached: int
    failed: int
    tokens: int
    seconds: float
    eta_seconds: float | None
    energy_wh: float | None = None


@dataclass(frozen=True, slots=True)
class StopRules:
    """When to stop of oneself: after a time, or when the model fails so many times in a row."""

    max_seconds: float | None = None
    max_failures_in_a_row: int = 20


def _ignore(_: Progress) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything a run needs besides the plan and the model.

    `state` is the state directory (`runs/` and `cache.db` are kept in it). `concurrency` None means one
    request at a time for a model in this process (where prefixes are shared best) and eight otherwise.
    `fresh`: no answer that was given before the run is used again.
    """

    state: Path
    progress: Callable[[Progress], None] = _ignore
    meter: EnergyMeter | None = None
    concurrency: int | None = None
    stop: StopRules = field(default_factory=StopRules)
    actor: str = "role:assessor"
    fresh: bool = False

    def parallel(self, info: ModelInfo) -> int:
        """How many requests may be under way at once."""
        if self.concurrency is not None:
            return max(1, self.concurrency)
        return 1 if info.is_in_process else 8
