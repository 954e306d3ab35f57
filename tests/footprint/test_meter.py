"""A meter measures where it can and says estimated where it cannot."""

from pathlib import Path

import pytest

import aboveboard.footprint
from aboveboard.footprint import Meter, Site, UnknownGridError
from aboveboard.values import Basis


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "intel-rapl:0"
    path.mkdir()
    (path / "name").write_text("package-0\n")
    (path / "energy_uj").write_text("1000000\n")
    (path / "max_energy_range_uj").write_text("262143328850\n")
    return path


def spend(package: Path, joules: float) -> None:
    now = int((package / "energy_uj").read_text())
    (package / "energy_uj").write_text(f"{now + int(joules * 1e6)}\n")


def test_readable_counters_give_a_measured_figure(package: Path) -> None:
    meter = Meter("FR", powercap=package.parent)
    reading = meter.start()
    spend(package, 7200.0)
    figure = reading.stop(tokens=10)
    assert (meter.basis, figure.basis) == (Basis.MEASURED, Basis.MEASURED)
    assert figure.energy_wh == pytest.approx(2.0)
    assert figure.grid.startswith("FRA") and "no idle baseline" in figure.method


def test_an_idle_baseline_gives_what_the_work_added(package: Path) -> None:
    meter = Meter(powercap=package.parent, idle_watts=1.0)
    reading = meter.start()
    spend(package, 3600.0)
    marginal = reading.marginal()
    assert marginal and 3599.0 < marginal.joules < 3600.0
    assert "beyond idling" in reading.stop().method


def test_work_that_costs_less_than_idling_added_nothing(package: Path) -> None:
    reading = Meter(powercap=package.parent, idle_watts=1e9).start()
    marginal = reading.marginal()
    assert marginal and marginal.joules == 0.0


def test_the_baseline_is_measured_while_waiting(package: Path) -> None:
    meter = Meter(powercap=package.parent)
    assert meter.measure_idle(0.01) == 0.0 == meter.idle_watts


def test_what_was_measured_has_water_within_the_grids_bounds_alone(package: Path) -> None:
    meter = Meter("FR", powercap=package.parent)
    reading = meter.start()
    spend(package, 7200.0)
    costs, grid = reading.costs(tokens=10), meter.grid.water
    water = (costs.water_ml.low, costs.water_ml.likely, costs.water_ml.high)
    assert costs.footprint.basis is Basis.MEASURED
    assert water == pytest.approx((2 * grid.low, 2 * grid.likely, 2 * grid.high))


def test_what_is_estimated_has_water_within_wider_bounds(tmp_path: Path) -> None:
    meter = Meter(Site("FR", wue=1.0), powercap=tmp_path)
    reading = meter.start()
    sum(range(2_000_000))
    costs = reading.costs(tokens=10)
    per_wh = meter.grid.water.likely + 1.0
    assert costs.water_ml.likely == pytest.approx(costs.footprint.energy_wh * per_wh)
    assert costs.water_ml.low < 0.5 * costs.water_ml.likely
    assert 0 < costs.embodied_g.low < costs.embodied_g.likely < costs.embodied_g.high


def test_without_counters_the_figure_is_an_estimate(tmp_path: Path) -> None:
    meter = Meter(powercap=tmp_path)
    reading = meter.start()
    sum(range(2_000_000))
    figure = reading.stop(tokens=10)
    assert (meter.basis, figure.basis) == (Basis.ESTIMATED, Basis.ESTIMATED)
    assert figure.energy_wh > 0 and meter.measure_idle(0.0) is None and reading.marginal() is None


def test_counters_lost_on_the_way_leave_an_estimate(package: Path) -> None:
    reading = Meter(powercap=package.parent).start()
    (package / "energy_uj").unlink()
    sum(range(2_000_000))
    assert reading.stop(tokens=1).basis is Basis.ESTIMATED


def test_counters_that_appear_on_the_way_do_not_count(package: Path) -> None:
    text = (package / "energy_uj").read_text()
    (package / "energy_uj").unlink()
    reading = Meter(powercap=package.parent).start()
    (package / "energy_uj").write_text(text)
    assert reading.stop(tokens=1).basis is Basis.ESTIMATED


def test_an_unknown_grid_is_an_error_at_once() -> None:
    with pytest.raises(UnknownGridError):
        Meter("Atlantis")


def test_the_face_is_complete_and_sorted() -> None:
    names = aboveboard.footprint.__all__
    assert names == sorted(names, key=lambda name: (not name.isupper(), not name[0].isupper(), name))
    assert all(hasattr(aboveboard.footprint, name) for name in names)
