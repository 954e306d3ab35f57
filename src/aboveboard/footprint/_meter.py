"""Energy of a stretch of work: by the processor's counters where they can be read, else estimated."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aboveboard.evidence.records import Footprint
from aboveboard.footprint._cpu import cpu_seconds
from aboveboard.footprint._figure import believed, footprint_from, footprint_of
from aboveboard.footprint._grid import GridFactor, grid_factor
from aboveboard.footprint._power import DEFAULT_POWER, PowerModel
from aboveboard.footprint._rapl import POWERCAP, RaplCounters
from aboveboard.footprint._site import Site
from aboveboard.footprint._span import Span
from aboveboard.values import Basis, Energy


@dataclass(frozen=True, slots=True)
class Costs:
    """All that a stretch of work cost: energy and carbon, the water of its electricity and of cooling in
    millilitres, and the grams of CO₂e of the machine's making that fall to it."""

    footprint: Footprint
    water_ml: Span
    embodied_g: Span


class Meter:
    """Measures on one machine, at one site (its grid's code alone will do). `idle_watts` is set by
    `measure_idle`, or given.

    Raises UnknownGridError for a grid without a factor.
    """

    def __init__(
        self,
        site: str | Site = "auto",
        *,
        power: PowerModel = DEFAULT_POWER,
        powercap: Path = POWERCAP,
        idle_watts: float | None = None,
    ) -> None:
        self.site = Site(site) if isinstance(site, str) else site
        self.grid: GridFactor = grid_factor(self.site.grid)
        self.power = power
        self.idle_watts = idle_watts
        self.counters = RaplCounters(powercap)

    @property
    def basis(self) -> Basis:
        """What its figures will be: measured where the counters can be read, else estimated."""
        return Basis.MEASURED if self.counters.is_readable else Basis.ESTIMATED

    def start(self) -> "Reading":
        """Begins a stretch of work."""
        return Reading(self, self.counters.read(), cpu_seconds(), time.monotonic())

    def measure_idle(self, seconds: float = 2.0) -> float | None:
        """Watts while this process waits; None (and no baseline) where the counters cannot be read."""
        reading = self.start()
        time.sleep(seconds)
        measured = reading.measured()
        self.idle_watts = measured.joules / reading.seconds() if measured else None
        return self.idle_watts


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch of work in progress. Its figures are from its start until they are asked for."""

    meter: Meter
    counters: Mapping[str, int] | None
    cpu_start: float
    started: float

    def stop(self, tokens: int = 0) -> Footprint:
        """The footprint so far: by counters where readable at both ends, else an estimate that says so."""
        measured = self.measured()
        if measured is not None:
            return footprint_from(measured, self.meter.grid, self._measured_method())
        return footprint_of(self.cpu(), self.seconds(), tokens, self.meter.grid, self.meter.power)

    def costs(self, tokens: int = 0) -> Costs:
        """The footprint so far, with water and the machine's making."""
        footprint, site = self.stop(tokens), self.meter.site
        energy = believed(footprint.energy_wh, footprint.basis)
        busy = self.cpu() or self.seconds()
        return Costs(
            footprint, site.water_ml(energy, self.meter.grid, self.meter.power.pue), site.embodied_g(busy)
        )

    def measured(self) -> Energy | None:
        """Energy of processors and memory since the start, other processes' too; None if unreadable."""
        after = self.meter.counters.read()
        if self.counters is None or after is None:
            return None
        return Energy(self.meter.counters.joules(self.counters, after), Basis.MEASURED)

    def marginal(self) -> Energy | None:
        """What the work added: the measured energy less an idle machine's. None without a baseline."""
        total, idle = self.measured(), self.meter.idle_watts
        if total is None or idle is None:
            return None
        return Energy(max(0.0, total.joules - idle * self.seconds()), Basis.MEASURED)

    def cpu(self) -> float:
        """CPU seconds of this process and its ended children since the start."""
        return max(0.0, cpu_seconds() - self.cpu_start)

    def seconds(self) -> float:
        """Wall seconds since the start."""
        return time.monotonic() - self.started

    def _measured_method(self) -> str:
        marginal = self.marginal()
        beyond = f"; {marginal.watt_hours:.6f} Wh of it beyond idling" if marginal else "; no idle baseline"
        return f"RAPL counters of processors and memory, all processes, idling included{beyond}"
