"""Energy and carbon of work on this machine: measured where it can be, else estimated and labelled so."""

from aboveboard.footprint._cpu import CpuShares, Share, cpu_seconds
from aboveboard.footprint._errors import FootprintError, UnknownGridError
from aboveboard.footprint._figure import footprint_from, footprint_of
from aboveboard.footprint._grid import GridFactor, grid_codes, grid_factor
from aboveboard.footprint._meter import Meter, Reading
from aboveboard.footprint._power import DEFAULT_POWER, PowerModel
from aboveboard.footprint._rapl import RaplCounters
from aboveboard.footprint._sparing_clock import SparingClock

__all__ = [
    "DEFAULT_POWER",
    "CpuShares",
    "FootprintError",
    "GridFactor",
    "Meter",
    "PowerModel",
    "RaplCounters",
    "Reading",
    "Share",
    "SparingClock",
    "UnknownGridError",
    "cpu_seconds",
    "footprint_from",
    "footprint_of",
    "grid_codes",
    "grid_factor",
]
