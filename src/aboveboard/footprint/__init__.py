"""What work on this machine costs: measured where it can be, else estimated and labelled so."""

from aboveboard.footprint._cpu import CpuShares, Share, cpu_seconds
from aboveboard.footprint._device import UNKNOWN_DEVICE, Device
from aboveboard.footprint._errors import FootprintError, UnknownGridError
from aboveboard.footprint._figure import believed, footprint_from, footprint_of
from aboveboard.footprint._grid import GridFactor, grid_codes, grid_factor
from aboveboard.footprint._meter import Costs, Meter, Reading
from aboveboard.footprint._power import DEFAULT_POWER, PowerModel
from aboveboard.footprint._rapl import RaplCounters
from aboveboard.footprint._site import Site, site_of
from aboveboard.footprint._span import Span
from aboveboard.footprint._sparing_clock import SparingClock

__all__ = [
    "DEFAULT_POWER",
    "UNKNOWN_DEVICE",
    "Costs",
    "CpuShares",
    "Device",
    "FootprintError",
    "GridFactor",
    "Meter",
    "PowerModel",
    "RaplCounters",
    "Reading",
    "Share",
    "Site",
    "Span",
    "SparingClock",
    "UnknownGridError",
    "believed",
    "cpu_seconds",
    "footprint_from",
    "footprint_of",
    "grid_codes",
    "grid_factor",
    "site_of",
]
