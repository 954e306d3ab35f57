"""Estimates for a population, against populations that were made and counted."""

import numpy as np
import numpy.typing as npt
import pytest
from scipy.special import hyp2f1

from aboveboard.privacy.risk import PopulationRisk, assess_risk
from aboveboard.privacy.risk._population import expected_inverse

Numbers = npt.NDArray[np.int64]


def sampled(people: Numbers, rows: int, seed: int) -> tuple[PopulationRisk, Numbers, Numbers]:
    """The estimate from a sample, and the sample's and population's class sizes for the sample's rows."""
    drawn = np.random.default_rng(seed).choice(people, rows, replace=False)
    found = assess_risk({"q": drawn}, ["q"], population=len(people)).population  # type: ignore[dict-item]
    assert found is not None
    inside, everywhere = np.bincount(drawn, minlength=people.max() + 1), np.bincount(people)
    return found, inside[drawn], everywhere[drawn]


def people(spread: str) -> Numbers:
    random = np.random.default_rng(7)
    if spread == "even":
        return random.integers(0, 20_000, 100_000)
    if spread == "ages":  # age and sex, and one of many occupations
        ages = np.clip(random.normal(45, 18, 100_000), 0, 99).astype(int) * 2 + random.integers(0, 2, 100_000)
        return ages * 500 + np.minimum(random.zipf(1.3, 100_000), 499)
    return np.minimum(random.zipf(1.4, 100_000), 500_000)


@pytest.mark.parametrize("spread", ["even", "uneven", "ages"])
@pytest.mark.parametrize("rows", [5_000, 20_000, 60_000])
def test_how_often_a_match_with_a_unique_row_is_right(spread: str, rows: int) -> None:
    found, inside, everywhere = sampled(people(spread), rows, 1)
    truth = 1 / everywhere[inside == 1].mean()  # of all matches with unique rows, those with the right person
    assert found.unique_match == pytest.approx(truth, rel=0.15)


@pytest.mark.parametrize("spread", ["ages", "uneven"])
@pytest.mark.parametrize("rows", [10_000, 30_000, 60_000])
def test_how_many_are_unique_in_the_population_is_right_within_a_fifth(spread: str, rows: int) -> None:
    everybody = people(spread)
    found, _, _ = sampled(everybody, rows, 2)
    truth = (np.bincount(everybody) == 1).sum() / len(everybody)
    assert found.unique_share == pytest.approx(truth, rel=0.2)


@pytest.mark.parametrize("rows", [1_000, 10_000, 60_000])
def test_nothing_is_said_of_a_population_that_the_model_does_not_fit(rows: int) -> None:
    assert sampled(people("even"), rows, 2)[0].unique_share is None


def test_a_sample_tells_a_marketer_less_than_the_whole() -> None:
    found, inside, everywhere = sampled(people("uneven"), 20_000, 3)
    truth = (1 / everywhere).mean()
    assert truth / 2 < found.marketer < truth * 2
    assert found.marketer < (1 / inside).mean()


@pytest.mark.parametrize("size", [1, 2, 3, 10, 80])
@pytest.mark.parametrize("fraction", [0.9, 0.5, 0.1, 0.01])
def test_the_series_is_the_hypergeometric_function(size: int, fraction: float) -> None:
    expected = fraction**size / size * hyp2f1(size, size, size + 1, 1 - fraction)
    assert expected_inverse(size, fraction) == pytest.approx(float(expected), rel=1e-3)


def test_rows_that_are_the_population_need_no_estimate() -> None:
    found = assess_risk({"q": [1, 1, 2]}, ["q"], population=3).population
    assert found == PopulationRisk(3, 1.0, pytest.approx(2 / 3), 1.0, pytest.approx(1 / 3))  # type: ignore[arg-type]


def test_where_nothing_is_unique_nothing_is_estimated() -> None:
    found = assess_risk({"q": [1, 1, 2, 2]}, ["q"], population=100).population
    assert found is not None
    assert (found.unique_match, found.unique_share) == (None, None)
