"""Where the work is done and on what: grid, cooling water, machines."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aboveboard.footprint._device import UNKNOWN_DEVICE, Device, device_of
from aboveboard.footprint._errors import FootprintError
from aboveboard.footprint._grid import GridFactor
from aboveboard.footprint._span import Span, hull

if TYPE_CHECKING:
    from aboveboard.charter import FootprintPlan


@dataclass(frozen=True, slots=True)
class Site:
    """`grid` is a code of `grid_factor`; `wue` the litres that cooling evaporates on the spot for a
    kilowatt-hour of the machines (water usage effectiveness, ISO/IEC 30134-9), 0 for a laptop or an office.
    Of several `devices` it is not known which one worked.
    """

    grid: str = "auto"
    wue: float = 0.0
    devices: tuple[Device, ...] = (UNKNOWN_DEVICE,)

    def __post_init__(self) -> None:
        if not (self.wue >= 0 and self.devices):
            raise FootprintError(
                "a site needs a WUE of at least 0 and at least one machine", where="footprint.wue"
            )

    def water_ml(self, energy_wh: Span, factor: GridFactor, pue: float = 1.0) -> Span:
        """Millilitres of fresh water consumed: energy ÷ PUE × WUE + energy × the grid's litres per kWh.

        (Li et al. 2023, arXiv:2304.03271, §3: e·ρ_on + e·PUE·ρ_off; `energy_wh` has the PUE in it already. A
        watt-hour times a litre per kilowatt-hour is a millilitre.)
        """
        return energy_wh.scaled(self.wue / pue) + energy_wh.times(factor.water)

    def embodied_g(self, cpu_seconds: float) -> Span:
        """Grams of CO₂e of the machines' making that fall to so much processor time."""
        return hull(each.g_per_hour for each in self.devices).scaled(cpu_seconds / 3600.0)


def site_of(plan: "FootprintPlan") -> Site:
    """The site that a charter describes; without machines, one that nobody described."""
    return Site(plan.grid, plan.wue, tuple(map(device_of, plan.hardware)) or (UNKNOWN_DEVICE,))
