"""Families of tests."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from aboveboard.stats import benjamini_hochberg, holm

families = st.lists(st.floats(0, 1), min_size=1, max_size=40)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)  # the peer takes 0.15 s a family
@given(families)
def test_holm_agrees_with_statsmodels(p_values: list[float]) -> None:
    assert holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1], abs=1e-14)


@given(families)
def test_benjamini_hochberg_agrees_with_statsmodels(p_values: list[float]) -> None:
    expected = multipletests(p_values, method="fdr_bh")[1]
    assert benjamini_hochberg(p_values) == pytest.approx(expected, abs=1e-14)


@given(families)
def test_adjusting_never_helps_a_test_and_holm_is_the_stricter(p_values: list[float]) -> None:
    for p, gate, board in zip(p_values, holm(p_values), benjamini_hochberg(p_values), strict=True):
        assert p <= board + 1e-15 <= gate + 2e-15 <= 1 + 2e-15


def test_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert benjamini_hochberg([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.04, 0.04])


def test_an_empty_family_has_nothing_to_adjust() -> None:
    assert holm([]) == benjamini_hochberg([]) == []
