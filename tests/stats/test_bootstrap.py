"""The BCa bootstrap."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from aboveboard.stats import (
    InputError,
    TooFewError,
    UndefinedError,
    bootstrap,
    bootstrap_mean,
    mean,
    values_only,
)

SKEWED = np.random.default_rng(7).exponential(size=80)


def test_the_mean_agrees_with_scipys_bca_within_resampling_noise() -> None:
    expected = scipy_stats.bootstrap(
        (SKEWED,), np.mean, method="BCa", n_resamples=40_000, vectorized=True, rng=np.random.default_rng(1)
    ).confidence_interval
    estimate = bootstrap_mean(SKEWED, resamples=40_000)
    width = expected.high - expected.low
    assert estimate.low == pytest.approx(expected.low, abs=0.015 * width)
    assert estimate.high == pytest.approx(expected.high, abs=0.015 * width)


def test_any_statistic_agrees_with_scipys_bca_within_resampling_noise() -> None:
    expected = scipy_stats.bootstrap(
        (SKEWED,), np.std, method="BCa", n_resamples=20_000, rng=np.random.default_rng(1)
    ).confidence_interval
    estimate = bootstrap(lambda rows: float(np.std(rows)), SKEWED)
    width = expected.high - expected.low
    assert (estimate.low, estimate.high) == pytest.approx((expected.low, expected.high), abs=0.05 * width)


def test_the_same_seed_gives_the_same_interval() -> None:
    assert bootstrap_mean(SKEWED, seed=3) == bootstrap_mean(SKEWED, seed=3)
    assert bootstrap_mean(SKEWED, seed=3).interval != bootstrap_mean(SKEWED, seed=4).interval
    assert bootstrap(np.median, SKEWED[:9], seed=3) == bootstrap(np.median, SKEWED[:9], seed=3)


def test_the_two_ways_to_a_mean_agree() -> None:
    one, other = bootstrap_mean(SKEWED), bootstrap(lambda rows: float(rows.mean()), SKEWED)
    assert (one.low, one.high) == pytest.approx((other.low, other.high), abs=0.05 * one.interval.half_width)


def test_the_interval_leans_towards_the_long_tail_as_the_t_interval_cannot() -> None:
    estimate, symmetric = bootstrap_mean(SKEWED), mean(SKEWED)
    assert estimate.high - estimate.value > estimate.value - estimate.low
    assert estimate.interval.half_width == pytest.approx(symmetric.interval.half_width, rel=0.15)


def test_whole_clusters_are_drawn() -> None:
    copies, keys = np.repeat(SKEWED, 5), np.repeat(np.arange(80), 5)
    clustered, alone, ignored = bootstrap_mean(copies, keys), bootstrap_mean(SKEWED), bootstrap_mean(copies)
    assert (clustered.low, clustered.high) == pytest.approx((alone.low, alone.high))
    assert ignored.interval.half_width < 0.6 * clustered.interval.half_width
    assert (clustered.n, clustered.clusters) == (400, 80)


def test_whole_clusters_are_drawn_for_any_statistic() -> None:
    copies, keys = np.repeat(SKEWED, 5), np.repeat(np.arange(80), 5)
    clustered, ignored = bootstrap(np.median, copies, keys), bootstrap(np.median, copies)
    assert ignored.interval.half_width < 0.7 * clustered.interval.half_width


def _correlation(rows: np.ndarray) -> float:
    x, y = (rows - rows.mean(axis=0)).T
    return float((x * y).sum() / np.sqrt((x * x).sum() * (y * y).sum()))


def test_rows_may_have_columns() -> None:
    generator = np.random.default_rng(2)
    table = generator.standard_normal((60, 2)) @ np.array([[1.0, 0.8], [0.0, 0.6]])
    estimate = bootstrap(lambda rows: _correlation(rows), table)
    assert estimate.low < 0.8 < estimate.high


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-100, 100).map(lambda x: round(x, 2)), min_size=2, max_size=20))
def test_the_value_belongs_to_its_interval(values: list[float]) -> None:
    assume(min(values) < max(values))
    estimate = bootstrap_mean(values, resamples=200)
    assert min(values) - 1e-9 <= estimate.low <= estimate.value <= estimate.high <= max(values) + 1e-9


def test_values_without_spread_say_so() -> None:
    with pytest.raises(UndefinedError, match="all 3 have the same value"):
        bootstrap_mean([2.0, 2.0, 2.0])
    with pytest.raises(UndefinedError, match="all 4 have the same value"):
        bootstrap(np.median, [2.0] * 4)
    unseen = 1 - 0.025 ** (1 / 4)
    found = bootstrap(np.median, [2.0] * 4, limits=(0.0, 5.0))
    assert (found.low, found.high) == pytest.approx((2 - 2 * unseen, 2 + 3 * unseen))
    with values_only():
        assert bootstrap(np.median, [2.0] * 4).value == 2.0


def test_one_cluster_cannot_be_resampled() -> None:
    with pytest.raises(TooFewError):
        bootstrap_mean([1.0, 2.0], ["a", "a"])
    with pytest.raises(TooFewError):
        bootstrap(np.median, [1.0])


@pytest.mark.filterwarnings("ignore:divide by zero:RuntimeWarning")
def test_a_statistic_that_breaks_on_a_resample_is_named() -> None:
    with pytest.raises(InputError, match="every resample"):
        bootstrap(lambda rows: float(np.float64(1.0) / rows.sum()), [0.0, 0.0, 1.0])
