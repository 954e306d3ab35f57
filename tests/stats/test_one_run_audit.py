"""What one run of training tells of its epsilon: seldom more than is true, and near it for many canaries."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from aboveboard.stats import InputError, clopper_pearson, one_run_detectable, one_run_epsilon


def chance_of(epsilon: float) -> float:
    """How often the truth is told by a randomised response with that epsilon."""
    return 1 / (1 + math.exp(-epsilon))


@pytest.mark.parametrize(
    ("correct", "guesses", "canaries", "delta", "published"),
    [(75, 100, 1000, 1e-4, 0.673), (1439, 1510, 100_000, 1e-5, 2.675)],
)
def test_the_papers_own_examples(
    correct: int, guesses: int, canaries: int, delta: float, published: float
) -> None:
    # arXiv:2305.08846v1, appendix D (page 46) and section 7 (page 28).
    assert one_run_epsilon(correct, guesses, canaries, delta) == pytest.approx(published, abs=1e-3)


@settings(max_examples=25)
@given(st.integers(1, 400), st.data())
def test_without_delta_it_is_the_exact_limit_of_the_accuracy(guesses: int, data: st.DataObject) -> None:
    correct = data.draw(st.integers(0, guesses))
    limit = clopper_pearson(correct, guesses, 0.90).low  # 0.05 on either side
    want = max(0.0, math.log(limit / (1 - limit))) if limit > 0.5 else 0.0
    assert one_run_epsilon(correct, guesses, guesses) == pytest.approx(want, abs=1e-7)


@pytest.mark.parametrize("epsilon", [0.0, 0.5, 1.0, 3.0])
@pytest.mark.parametrize("guesses", [20, 60])
def test_a_randomised_response_is_blamed_for_too_much_in_at_most_one_of_twenty(
    epsilon: float, guesses: int
) -> None:
    # Over all outcomes and not a sample of them: the true error rate.
    bounds = [one_run_epsilon(right, guesses, guesses) for right in range(guesses + 1)]
    chances = scipy_stats.binom.pmf(np.arange(guesses + 1), guesses, chance_of(epsilon))
    wrong = sum(chance for bound, chance in zip(bounds, chances, strict=True) if bound > epsilon + 1e-9)
    assert wrong <= 0.05
    assert wrong > 0.005 or epsilon == 3.0, "and it is not so careful that it never speaks"


@pytest.mark.slow
@pytest.mark.parametrize(("epsilon", "delta"), [(0.5, 0.0), (1.0, 0.002), (2.0, 0.0005)])
def test_simulated_runs_stay_below_the_truth(epsilon: float, delta: float) -> None:
    """A response that names the bit outright with probability delta, and else answers as epsilon allows."""
    canaries, runs, generator = 500, 400, np.random.default_rng(7)
    outright = generator.random((runs, canaries)) < delta
    right = (outright | (generator.random((runs, canaries)) < chance_of(epsilon))).sum(axis=1)
    bound = {count: one_run_epsilon(count, canaries, canaries, delta) for count in set(right.tolist())}
    bounds = np.array([bound[count] for count in right.tolist()])
    assert np.mean(bounds <= epsilon) >= 0.95
    assert bounds.mean() > 0.2 * epsilon


@pytest.mark.parametrize("epsilon", [0.5, 1.0, 2.0, 4.0])
def test_with_many_canaries_the_bound_is_near_the_truth(epsilon: float) -> None:
    many = 20_000
    bound = one_run_epsilon(round(many * chance_of(epsilon)), many, many)
    assert epsilon - 0.1 < bound < epsilon


@settings(max_examples=25)
@given(st.integers(1, 200), st.data())
def test_more_right_shows_more_and_a_delta_less(guesses: int, data: st.DataObject) -> None:
    correct = data.draw(st.integers(0, guesses - 1))
    plain = one_run_epsilon(correct, guesses, guesses)
    assert plain <= one_run_epsilon(correct + 1, guesses, guesses)
    assert one_run_epsilon(correct, guesses, guesses, 1e-3) <= plain + 1e-9
    assert one_run_epsilon(correct, guesses, guesses, 0.0, 0.99) <= plain + 1e-9


def test_guessing_shows_nothing() -> None:
    assert one_run_epsilon(50, 100, 100) == 0.0
    assert one_run_epsilon(0, 100, 100) == 0.0


def test_what_an_audit_would_find_is_found_four_times_in_five() -> None:
    smallest = one_run_detectable(100, 100)
    needed = next(right for right in range(101) if one_run_epsilon(right, 100, 100) > 0)
    assert scipy_stats.binom.sf(needed - 1, 100, chance_of(smallest)) == pytest.approx(0.8)
    assert one_run_detectable(4, 4) == math.inf, "four of four right happens by chance in one of sixteen"


@pytest.mark.parametrize(
    ("correct", "guesses", "canaries", "delta"),
    [(5, 4, 4, 0.0), (1, 5, 4, 0.0), (1, 2, 3, 1.0), (1, 2, 3, -0.1)],
)
def test_counts_that_do_not_fit_are_refused(correct: int, guesses: int, canaries: int, delta: float) -> None:
    with pytest.raises(InputError):
        one_run_epsilon(correct, guesses, canaries, delta)
