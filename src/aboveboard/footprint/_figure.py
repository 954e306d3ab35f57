"""One figure from joules: energy, carbon, basis and the method in words."""

from functools import lru_cache

from aboveboard.evidence.records import Footprint
from aboveboard.footprint._grid import GridFactor, grid_factor
from aboveboard.footprint._power import DEFAULT_POWER, MODEL_ERROR, PowerModel
from aboveboard.footprint._span import Span
from aboveboard.values import Basis, Energy

_JOULES_PER_WH = 3600.0


def footprint_of(
    cpu_seconds: float | None,
    seconds: float,
    tokens: int,
    grid: str | GridFactor = "auto",
    power: PowerModel = DEFAULT_POWER,
) -> Footprint:
    """The estimated footprint of a piece of work in this process; a few microseconds.

    From CPU time where known; else from wall time as if one thread had been busy throughout; else from
    tokens. With none of the three the basis is `unmeasured`, and the zero in it is not to be shown as a
    figure. What a remote endpoint spends is not in it.
    """
    factor = grid if isinstance(grid, GridFactor) else grid_factor(grid)
    if cpu_seconds is not None and cpu_seconds > 0:
        return _footprint(power.by_cpu(cpu_seconds), Basis.ESTIMATED, factor, _method("CPU time", power))
    if seconds > 0:
        return _footprint(power.by_cpu(seconds), Basis.ESTIMATED, factor, _method("wall time", power))
    if tokens > 0:
        return _footprint(power.by_tokens(tokens), Basis.ESTIMATED, factor, _method("tokens", power))
    return _footprint(0.0, Basis.UNMEASURED, factor, "nothing was measured")


def footprint_from(energy: Energy, grid: str | GridFactor, method: str) -> Footprint:
    """The footprint of energy known otherwise: measured, or stated by an endpoint."""
    factor = grid if isinstance(grid, GridFactor) else grid_factor(grid)
    return _footprint(energy.joules, energy.basis, factor, method)


def believed(energy_wh: float, basis: Basis) -> Span:
    """Between what the energy lies: an estimate by the error of the power model, a measurement as it is."""
    return MODEL_ERROR.scaled(energy_wh) if basis is Basis.ESTIMATED else Span.exact(energy_wh)


def _footprint(joules: float, basis: Basis, factor: GridFactor, method: str) -> Footprint:
    energy_wh = joules / _JOULES_PER_WH
    return Footprint(
        energy_wh=energy_wh,
        basis=basis,
        carbon_g=energy_wh / 1000.0 * factor.g_per_kwh,
        grid=factor.label,
        grid_g_per_kwh=factor.g_per_kwh,
        method=method,
    )


@lru_cache(maxsize=64)
def _method(by: str, power: PowerModel) -> str:
    return f"{by} of this process x {power.words}; other machines not counted"
