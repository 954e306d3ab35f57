"""Water and the making of machines, at a site that a charter describes or nobody does."""

import pytest

from aboveboard.charter import FootprintPlan, Hardware
from aboveboard.footprint import UNKNOWN_DEVICE, Device, FootprintError, Site, Span, grid_factor, site_of

ONE_WH = Span(0.5, 1.0, 2.0)


def test_water_is_that_of_the_power_stations_and_of_cooling_on_the_spot() -> None:
    grid = grid_factor("DE")
    dry, wet = (Site("DE", wue).water_ml(Span.exact(2.0), grid) for wue in (0.0, 1.5))
    assert dry.likely == pytest.approx(2.0 * grid.water.likely)
    assert wet.likely == pytest.approx(dry.likely + 3.0)


def test_cooling_on_the_spot_is_for_the_machines_energy_alone() -> None:
    """WUE is litres for the machines' kilowatt-hours; energy that has the PUE in it is divided by it."""
    grid = grid_factor("DE")
    plain, lossy = (Site("DE", 1.0).water_ml(Span.exact(3.0), grid, pue) for pue in (1.0, 1.5))
    assert plain.likely - lossy.likely == pytest.approx(1.0)


def test_water_is_less_sure_than_the_energy_and_than_the_grid() -> None:
    water, grid = Site().water_ml(ONE_WH, grid_factor()), grid_factor().water
    assert water.low < min(0.5 * grid.likely, grid.low) < max(2 * grid.likely, grid.high) < water.high


def test_an_hour_of_a_thread_has_its_share_of_the_machine() -> None:
    assert Site().embodied_g(1800.0).likely == pytest.approx(UNKNOWN_DEVICE.g_per_hour.likely / 2)


def test_of_several_machines_any_may_have_worked() -> None:
    small, large = (Device(Span.exact(kg), Span.exact(4.0), Span.exact(0.5)) for kg in (10.0, 30.0))
    both = Site(devices=(small, large)).embodied_g(3600.0)
    assert (both.low, both.high) == pytest.approx((small.g_per_hour.likely, large.g_per_hour.likely))


def test_a_charter_describes_the_site() -> None:
    machine = Hardware(asset="a", bought=2024, life_years=6.0, embodied_kg=800.0, threads=64, at_work=0.5)
    site = site_of(FootprintPlan(grid="FR", hardware=(machine,), wue=0.4))
    assert (site.grid, site.wue) == ("FR", 0.4)
    assert site.devices[0].kg_per_thread == Span.exact(12.5)
    assert site_of(FootprintPlan()) == Site()


def test_an_impossible_site_is_refused() -> None:
    with pytest.raises(FootprintError, match="WUE"):
        Site(wue=-1)
    with pytest.raises(FootprintError, match="machine"):
        Site(devices=())
