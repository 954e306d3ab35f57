"""What the making of the machine adds: its embodied greenhouse gas, by the share of its life that is used.

M = TE × TS × RS (Software Carbon Intensity, ISO/IEC 21031:2024): all embodied emissions, times the share of
the machine's life, times the share of the machine. One hardware thread is the share; its life is counted in
hours at work, since the hours that it idles are there for those in which it works.

Kilograms of CO₂e for a thread of a machine that nobody described: 30, between 10 and 75. A server of 64
threads is reckoned at 763 kg (Tailpipe, AWS c6gd.metal), 12 a thread; a MacBook Pro of 2019 at 319 to 377 kg
without its use (Apple), 20 to 31 a thread; a PowerEdge R710 of 16 threads at 636 kg at most (Dell 2011), 40;
a ThinkPad A275 of 4 threads at 286 kg (Lenovo 2017), 72. Life: 4 years as in the SCI's example, 3 to 6. At
work: half of the time (Cloud Carbon Footprint's default), from 12 % (NRDC 2014) to always.
"""

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aboveboard.footprint._errors import FootprintError
from aboveboard.footprint._span import Span

if TYPE_CHECKING:
    from aboveboard.charter import Hardware

_HOURS_A_YEAR = 8766.0


@dataclass(frozen=True, slots=True)
class Device:
    """A machine: kilograms of CO₂e of a hardware thread's making, years of life, and the share at work."""

    kg_per_thread: Span
    life_years: Span
    at_work: Span

    def __post_init__(self) -> None:
        if min(self.kg_per_thread.low, self.life_years.low, self.at_work.low) <= 0 or self.at_work.high > 1:
            raise FootprintError(
                "a machine needs embodied kilograms and years above 0, and a share at work of at most 1",
                where="footprint.hardware",
            )

    @property
    def g_per_hour(self) -> Span:
        """Grams of CO₂e for an hour of one busy thread."""
        hours = self.life_years.times(self.at_work).scaled(_HOURS_A_YEAR)
        return self.kg_per_thread.scaled(1000.0).times(hours.inverse())


UNKNOWN_DEVICE = Device(Span(10.0, 30.0, 75.0), Span(3.0, 4.0, 6.0), Span(0.12, 0.5, 1.0))


def device_of(machine: "Hardware") -> Device:
    """A machine as its owner describes it; what is not stated is as for one that nobody described.

    Without its threads they are this machine's.
    """
    shared_by = machine.threads or os.cpu_count() or 1
    known, unknown = Span.exact, UNKNOWN_DEVICE
    return Device(
        known(machine.embodied_kg / shared_by) if machine.embodied_kg else unknown.kg_per_thread,
        known(machine.life_years),
        known(machine.at_work) if machine.at_work else unknown.at_work,
    )
