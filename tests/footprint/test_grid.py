"""Grid factors: facts with year and source, and no guesses."""

import pytest

from aboveboard.footprint import UnknownGridError, grid_codes, grid_factor


@pytest.mark.parametrize("code", ["DE", "DEU", "de", "deu"])
def test_two_and_three_letters_name_the_same_country(code: str) -> None:
    factor = grid_factor(code)
    assert (factor.code, factor.name) == ("DEU", "Germany")


def test_no_country_is_the_worlds_average_and_says_so() -> None:
    factor = grid_factor("auto")
    assert factor == grid_factor() == grid_factor("world")
    assert "average, no country given" in factor.label
    assert 400 < factor.g_per_kwh < 550  # Ember's own figure for 2023 is about 480


def test_every_factor_is_plausible_and_has_year_and_source() -> None:
    factors = {grid_factor(code) for code in grid_codes()}
    assert len(factors) > 190
    for factor in factors:
        assert 5 < factor.g_per_kwh < 1400, factor
        assert 2015 <= factor.year <= 2026 and "Our World in Data" in factor.source


def test_clean_and_coal_grids_differ_as_they_should() -> None:
    assert grid_factor("NO").g_per_kwh < grid_factor("FR").g_per_kwh < grid_factor("DE").g_per_kwh
    assert grid_factor("DE").g_per_kwh < grid_factor("PL").g_per_kwh


@pytest.mark.parametrize("code", ["XX", "", "Germany", "ZZZ", "../etc"])
def test_an_unknown_code_is_an_error(code: str) -> None:
    with pytest.raises(UnknownGridError, match="no grid factor"):
        grid_factor(code)


def test_every_grid_has_its_water_between_two_bounds() -> None:
    for factor in (grid_factor(code) for code in grid_codes()):
        assert 0 < factor.water.low <= factor.water.likely <= factor.water.high < 70, factor


@pytest.mark.parametrize(
    ("code", "litres"),
    [("US", 3.14), ("DE", 1.93), ("FR", 3.67), ("CN", 6.02), ("IN", 3.44), ("NO", 6.66), ("world", 3.91)],
)
def test_figures_by_country_of_others_lie_within_the_bounds(code: str, litres: float) -> None:
    """Those that EcoLogits uses (its `electricity_mixes.csv`), which come from elsewhere."""
    water = grid_factor(code).water
    assert water.low < litres < water.high
    assert 0.4 < water.likely / litres < 2.5


def test_reservoirs_evaporate_more_than_towers_and_towers_more_than_wind() -> None:
    assert grid_factor("NO").water.likely > grid_factor("FR").water.likely > grid_factor("DK").water.likely
