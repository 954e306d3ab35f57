"""Means and shares of independent or clustered observations."""

import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats as scipy_stats

from aboveboard.stats import (
    InputError,
    TooFewError,
    UndefinedError,
    clustered_mean,
    clustered_proportion,
    clustered_standard_error,
    effective_size,
    mean,
)

values = arrays(np.float64, st.integers(2, 60), elements=st.floats(-1e3, 1e3).map(lambda x: round(x, 3)))
LIMITS = (-1e3, 1e3)
"""Of the values: without them, values that are all the same have no interval."""


@st.composite
def clustered(draw: st.DrawFn) -> tuple[np.ndarray, list[str]]:
    array = draw(values)
    keys = draw(st.lists(st.sampled_from("abcdefgh"), min_size=array.size, max_size=array.size))
    return array, ["a", "b", *keys[2:]]


@given(values)
def test_the_mean_agrees_with_scipy(array: np.ndarray) -> None:
    estimate = mean(array, limits=LIMITS)
    error = array.std(ddof=1) / math.sqrt(array.size)
    if np.ptp(array) > 0:
        ends = scipy_stats.t.interval(0.95, array.size - 1, loc=array.mean(), scale=error)
        expected = np.clip(ends, *LIMITS)
        assert (estimate.low, estimate.high) == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert estimate.value == pytest.approx(array.mean())


@given(clustered())
def test_the_standard_error_is_the_written_formula(data: tuple[np.ndarray, list[str]]) -> None:
    array, keys = data
    groups = sorted(set(keys))
    without = [np.mean([x for x, key in zip(array, keys, strict=True) if key != g]) for g in groups]
    count = len(groups)
    expected = math.sqrt((count - 1) / count * sum((mean - array.mean()) ** 2 for mean in without))
    assert clustered_standard_error(array, keys) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_the_standard_error_agrees_with_statsmodels_on_clusters_of_one_size() -> None:
    generator = np.random.default_rng(3)
    keys = generator.permutation(np.arange(96) % 12)
    array = generator.standard_normal(12)[keys] + generator.standard_normal(96)
    fit = sm.OLS(array, np.ones(96)).fit(cov_type="cluster", cov_kwds={"groups": keys})
    assert clustered_standard_error(array, keys) == pytest.approx(fit.bse[0], rel=1e-12)


def test_the_interval_over_clusters_of_one_size_uses_t_with_one_less_than_the_clusters() -> None:
    generator = np.random.default_rng(4)
    keys, array = np.repeat(np.arange(6), 5), generator.standard_normal(30)
    estimate = clustered_mean(array, keys, confidence=0.9)
    reach = scipy_stats.t.ppf(0.95, 5) * clustered_standard_error(array, keys)
    assert estimate.high - estimate.value == pytest.approx(reach, rel=1e-10)
    assert (estimate.n, estimate.clusters) == (30, 6)


@given(values)
def test_singleton_clusters_change_nothing(array: np.ndarray) -> None:
    assert clustered_mean(array, list(range(array.size)), limits=LIMITS) == mean(array, limits=LIMITS)


@given(values, st.integers(2, 5))
def test_copies_within_clusters_add_no_information(array: np.ndarray, copies: int) -> None:
    keys = np.repeat(np.arange(array.size), copies)
    repeated = clustered_mean(np.repeat(array, copies), keys, limits=LIMITS)
    alone = mean(array, limits=LIMITS)
    assert repeated.interval.half_width == pytest.approx(alone.interval.half_width, rel=1e-9, abs=1e-9)


@given(clustered(), st.floats(0.5, 0.99), st.floats(0.5, 0.99))
def test_more_confidence_is_a_wider_interval(
    data: tuple[np.ndarray, list[str]], first: float, second: float
) -> None:
    narrow, wide = (clustered_mean(*data, level, LIMITS).interval for level in sorted([first, second]))
    assert wide.low <= narrow.low <= narrow.high <= wide.high


def test_values_without_spread_have_an_interval_only_where_their_limits_are_known() -> None:
    with pytest.raises(UndefinedError, match="all 3 have the same value"):
        mean([0.1, 0.1, 0.1])
    found = mean([0.1, 0.1, 0.1], limits=(-1.0, 2.0))
    unseen = 1 - 0.025 ** (1 / 3)  # the exact upper limit for none of three
    ends = (0.1 - 1.1 * unseen, 0.1 + 1.9 * unseen)
    assert (found.value, found.low, found.high) == pytest.approx((0.1, *ends))
    assert found.interval.method == "clopper-pearson (no spread seen)"
    with pytest.raises(InputError, match="does not lie in"):
        mean([0.1, 0.1], limits=(0.2, 1.0))


def test_clusters_that_agree_have_no_spread_whatever_lies_within_them() -> None:
    outcomes, keys = [0.0, 1.0] * 5, [i // 2 for i in range(10)]
    found = clustered_mean(outcomes, keys, limits=(0.0, 1.0))
    unseen = 1 - 0.025 ** (1 / 5)
    assert (found.low, found.high) == pytest.approx((0.5 - unseen / 2, 0.5 + unseen / 2))


def test_equal_values_in_one_large_cluster_and_small_ones_tell_less_than_in_as_many_equal_ones() -> None:
    even, uneven = [i % 4 for i in range(40)], [0] * 37 + [1, 2, 3]
    for known in (
        clustered_mean([0.0] * 40, uneven, limits=(0, 1)),
        clustered_proportion([0.0] * 40, uneven),
    ):
        assert known.high > 0.9, "40² / (37² + 3) is little more than one cluster"
    assert clustered_proportion([0.0] * 40, even).high == pytest.approx(1 - 0.025 ** (1 / 4))


def test_one_cluster_is_too_few_for_a_mean() -> None:
    with pytest.raises(TooFewError, match="one cluster"):
        clustered_mean([1.0, 2.0], ["a", "a"])
    with pytest.raises(TooFewError):
        mean([1.0])


@given(st.lists(st.sampled_from([0.0, 1.0]), min_size=1, max_size=80), st.integers(1, 20))
def test_a_clustered_share_stays_in_0_1_and_is_never_certain(outcomes: list[float], clusters: int) -> None:
    estimate = clustered_proportion(outcomes, [i % clusters for i in range(len(outcomes))])
    assert 0.0 <= estimate.low <= estimate.value <= estimate.high <= 1.0
    assert estimate.low < estimate.high
    assert estimate.mde > 0.0


def test_a_clustered_share_is_the_clustered_mean_away_from_the_edges() -> None:
    generator = np.random.default_rng(5)
    keys = np.repeat(np.arange(60), 4)
    outcomes = (generator.random(240) < 0.5).astype(float)
    by_share, by_mean = clustered_proportion(outcomes, keys), clustered_mean(outcomes, keys)
    assert (by_share.low, by_share.high) == pytest.approx((by_mean.low, by_mean.high), rel=1e-12)


def test_the_same_outcome_everywhere_counts_each_cluster_once() -> None:
    estimate = clustered_proportion([0.0] * 100, [i % 10 for i in range(100)])
    assert estimate.high == pytest.approx(1 - 0.025 ** (1 / 10), abs=1e-12)  # exact, 0 of 10


def test_one_cluster_alone_leaves_a_share_open() -> None:
    estimate = clustered_proportion([1.0, 1.0], ["a", "a"])
    assert (estimate.low, estimate.high, estimate.mde) == (0.0, 1.0, 1.0)


def test_a_share_must_lie_in_0_1() -> None:
    with pytest.raises(InputError, match=r"\[0, 1\]"):
        clustered_proportion([0.0, 2.0])


def test_the_effective_size_of_clusters_that_repeat_themselves_is_about_their_number() -> None:
    values, keys = [float(i // 8 % 2) for i in range(128)], [i // 8 for i in range(128)]
    assert 12 < effective_size(values, keys) < 16
    assert effective_size(values) == pytest.approx(127)
    assert effective_size([1.0] * 8, [0, 0, 1, 1, 2, 2, 3, 3]) == 4
    assert effective_size([1.0, 0.0], ["one", "one"]) == 1
