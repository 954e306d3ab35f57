"""Tests that assume nothing of how answers spread, against scipy and by their error rate."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from aboveboard.stats import InputError, mcnemar, sign_flip

answers = st.lists(
    st.tuples(st.sampled_from([0.0, 1.0]), st.sampled_from([0.0, 1.0])), min_size=1, max_size=60
)


@given(answers)
def test_mcnemar_is_the_sign_test_of_the_answers_that_differ(pairs: list[tuple[float, float]]) -> None:
    first, second = ([*column] for column in zip(*pairs, strict=True))
    up = sum(left > right for left, right in pairs)
    down = sum(left < right for left, right in pairs)
    expected = scipy_stats.binomtest(up, up + down).pvalue if up + down else 1.0
    assert mcnemar(first, second) == pytest.approx(expected)


def test_mcnemar_does_not_overflow() -> None:
    assert mcnemar([1.0] * 3000, [0.0] * 3000) == 0.0


def test_mcnemar_takes_yes_and_no_only() -> None:
    with pytest.raises(InputError, match="0 or 1"):
        mcnemar([0.5], [1.0])


@given(st.lists(st.integers(-5, 5), min_size=2, max_size=9))
def test_all_patterns_of_signs_give_what_scipy_gives(differences: list[int]) -> None:
    expected = scipy_stats.permutation_test(
        (np.asarray(differences, dtype=float), np.zeros(len(differences))),
        lambda x, y: np.mean(x) - np.mean(y),
        permutation_type="samples",
        n_resamples=np.inf,
    ).pvalue
    assert sign_flip(differences, [0] * len(differences)) == pytest.approx(expected)


def test_drawn_patterns_come_close_to_all_of_them() -> None:
    generator = np.random.default_rng(3)
    values = generator.normal(0.4, 1, size=40)
    expected = scipy_stats.ttest_1samp(values, 0).pvalue
    assert sign_flip(values, np.zeros(40)) == pytest.approx(expected, abs=0.01)


def test_clusters_are_swapped_whole() -> None:
    first, second = [1.0] * 30, [0.0] * 30
    assert sign_flip(first, second, [index // 6 for index in range(30)]) == pytest.approx(2 / 2**5)


def test_false_alarms_are_as_rare_as_promised() -> None:
    generator = np.random.default_rng(2)
    alarms = 0
    for _ in range(500):
        pairs = generator.integers(0, 2, size=(2, 24)).astype(float)
        alarms += sign_flip(pairs[0], pairs[1], [index // 2 for index in range(24)]) < 0.05
    assert alarms <= 40
