"""The jackknife against closed forms, and its error rate."""

import numpy as np
import pytest
from scipy import stats as scipy_stats

from aboveboard.stats import TooFewError, clustered_standard_error, jackknife, values_only
from aboveboard.stats._sparing import draws


def left_out(values: np.ndarray) -> list[float]:
    return [float(np.delete(values, index).mean()) for index in range(values.size)]


def test_of_a_mean_it_is_the_standard_error_of_the_mean() -> None:
    values = np.random.default_rng(0).normal(size=25)
    found = jackknife(float(values.mean()), left_out(values))
    assert found.error == pytest.approx(values.std(ddof=1) / 5)
    assert found.error == pytest.approx(clustered_standard_error(values))
    assert found.p_value == pytest.approx(scipy_stats.ttest_1samp(values, 0).pvalue)
    interval = scipy_stats.t.interval(0.9, 24, values.mean(), found.error)
    assert (found.interval(0.9).low, found.interval(0.9).high) == pytest.approx(interval)


def test_no_spread_at_all_is_no_certainty() -> None:
    assert jackknife(1.0, [1.0] * 5).p_value == 2**-4
    assert jackknife(0.0, [0.0] * 5).p_value == 1.0


def test_one_group_has_no_spread() -> None:
    with pytest.raises(TooFewError):
        jackknife(1.0, [1.0])


def test_false_alarms_are_as_rare_as_promised() -> None:
    generator = np.random.default_rng(1)
    alarms = 0
    for _ in range(1000):
        values = generator.normal(size=12)
        alarms += jackknife(float(values.mean()), left_out(values)).p_value < 0.05
    assert 25 <= alarms <= 75


def test_fewer_resamples_are_drawn_only_where_asked_for() -> None:
    with values_only():
        assert draws(4000) == 20
    assert draws(4000) == 4000


def worst_ratio(outcomes: np.ndarray) -> float:
    rates = outcomes.mean(axis=0)
    return float(rates.min() / rates.max())


@pytest.mark.slow
def test_where_groups_tie_for_the_worst_no_difference_is_found_more_often_than_stated() -> None:
    """Two models alike, eight intersections, two of them worst: what `compare` does with impact ratios."""
    rates, found = np.array([0.5] * 6 + [0.4, 0.4]), 0
    for seed in range(300):
        chance = np.random.default_rng([seed, 5])
        merit = chance.random((60, 1))
        first, second = (
            (np.where(chance.random((60, 8)) < 0.8, merit, chance.random((60, 8))) < rates) for _ in "ab"
        )
        parts = [
            worst_ratio(np.delete(second, slice(start, None, 30), 0))
            - worst_ratio(np.delete(first, slice(start, None, 30), 0))
            for start in range(30)
        ]
        found += jackknife(worst_ratio(second) - worst_ratio(first), parts).p_value < 0.05
    assert found <= 26, f"{found} of 300: more than 5 % would be found so often one time in a thousand"
