"""Clusters of uneven size: how many even ones they are worth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.stats import clustered_mean, clustered_proportion, paired_difference
from aboveboard.stats._cluster_sizes import effective_clusters, effective_freedom

DESIGNS = {
    "30 of one size": [8] * 30,
    "8 of one size": [8] * 8,
    "5, one with half of the items": [32, 8, 8, 8, 8],
    "20 of 1 to 40 items": [1 + round(39 * i / 19) for i in range(20)],
    "3 of one size": [8] * 3,
    "10, one with 30 of 39 items": [30] + [1] * 9,
    "2 of 20 and 2 items": [20, 2],
}
sizes = st.lists(st.integers(1, 50), min_size=2, max_size=30)


def codes_of(counts: list[int]) -> np.ndarray:
    return np.repeat(np.arange(len(counts)), counts)


def by_matrices(counts: list[int]) -> float:
    """(tr B)² / tr B² of B = A·Aᵀ, A how far each item moves the mean when each cluster is left out."""
    codes, n = codes_of(counts), sum(counts)
    left_out = [(codes == code) / (n - counts[code]) for code in range(len(counts))]
    centred = np.eye(n) - np.full((n, n), 1 / n)
    covariance = np.array(left_out) @ centred @ np.array(left_out).T
    return float(np.trace(covariance) ** 2 / np.trace(covariance @ covariance))


@given(sizes)
def test_the_degrees_of_freedom_are_those_of_the_written_formula(counts: list[int]) -> None:
    found = effective_freedom(codes_of(counts))
    assert found == pytest.approx(by_matrices(counts), rel=1e-6)
    assert 1 <= found <= len(counts) - 1


@given(st.integers(2, 60), st.integers(1, 9))
def test_clusters_of_one_size_are_what_they_count(count: int, size: int) -> None:
    assert effective_freedom(codes_of([size] * count)) == pytest.approx(count - 1)
    assert effective_clusters(codes_of([size] * count)) == pytest.approx(count)


def test_one_cluster_with_nearly_everything_is_worth_little_more_than_one() -> None:
    assert effective_clusters(codes_of([97, 1, 1, 1])) < 1.1
    assert effective_freedom(codes_of([97, 1, 1, 1])) < 1.1


@pytest.mark.slow
@pytest.mark.parametrize("design", DESIGNS)
def test_intervals_of_means_over_uneven_clusters_cover_as_often_as_they_say(design: str) -> None:
    """Half of the variance lies between clusters. With C − 1 degrees of freedom: 0.93 for the five, 0.87 for
    the ten."""
    counts, generator, runs = np.array(DESIGNS[design]), np.random.default_rng(11), 2500
    between = generator.standard_normal((runs, counts.size)) * 0.5**0.5
    within = generator.standard_normal((runs, counts.sum())) * 0.5**0.5
    codes = codes_of(DESIGNS[design])
    hits = sum(0.0 in clustered_mean(row, codes).interval for row in between[:, codes] + within)
    assert hits / runs >= 0.94


@pytest.mark.slow
@pytest.mark.parametrize("design", ["5, one with half of the items", "20 of 1 to 40 items", "3 of one size"])
@pytest.mark.parametrize("share", [0.1, 0.5])
def test_intervals_of_shares_over_uneven_clusters_cover_nearly_as_often_as_they_say(
    design: str, share: float
) -> None:
    """Rare ones are the hardest: the few clusters that have any are too few to tell how uneven they are."""
    counts, generator, runs = np.array(DESIGNS[design]), np.random.default_rng(12), 800
    codes, strength = codes_of(DESIGNS[design]), 1 / 0.3 - 1
    hits = 0
    for _ in range(runs):
        chances = generator.beta(share * strength, (1 - share) * strength, size=counts.size)
        outcomes = (generator.random(codes.size) < chances[codes]).astype(float)
        hits += share in clustered_proportion(outcomes, codes).interval
    assert hits / runs >= 0.92


@pytest.mark.slow
@pytest.mark.parametrize("counts", [[5, 5], [20, 2], [3, 3, 3]])
def test_differences_of_yes_and_no_over_few_clusters_cover_as_often_as_they_say(counts: list[int]) -> None:
    """Over two clusters that agree by chance the interval was a point: it held the truth in 0.88 of all."""
    codes, generator, runs = codes_of(counts), np.random.default_rng(13), 1000
    hits = 0
    for _ in range(runs):
        first, second = generator.random((2, codes.size)) < np.array([[0.6], [0.4]])
        hits += 0.2 in paired_difference(first.astype(float), second.astype(float), codes).interval
    assert hits / runs >= 0.94
