"""Trying again until it is kept."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.stats import InputError, clopper_pearson, confidence_of_try, mean, stretch


def test_the_first_try_is_judged_at_the_confidence_promised_and_later_ones_at_more() -> None:
    assert [confidence_of_try(0.95, number) for number in (1, 2, 3, 4)] == pytest.approx(
        [0.95, 1 - 0.05 / 2, 1 - 0.05 / 6, 1 - 0.05 / 12]
    )
    with pytest.raises(InputError, match="counted from 1"):
        confidence_of_try(0.95, 0)


@given(st.floats(0.5, 0.999), st.integers(2, 2000))
def test_all_tries_err_together_no_more_often_than_the_confidence_allows(
    confidence: float, tries: int
) -> None:
    one_sided = math.fsum((1 - confidence_of_try(confidence, k)) / 2 for k in range(1, tries + 1))
    assert one_sided <= 1 - confidence


@given(st.integers(4, 60), st.sampled_from([0.975, 0.99, 0.999]))
def test_an_interval_that_is_stretched_reaches_as_far_as_one_at_the_stricter_confidence(
    n: int, stricter: float
) -> None:
    values = [float(i % 3) for i in range(n)]
    plain, strict = mean(values), mean(values, stricter)
    assert plain.interval.half_width * stretch(0.95, stricter, n) >= strict.interval.half_width * (1 - 1e-9)
    never, surer = clopper_pearson(0, n).high, clopper_pearson(0, n, stricter).high
    assert never * stretch(0.95, stricter, n) >= surer * (1 - 1e-9)


def test_no_more_confidence_is_no_stretch() -> None:
    assert stretch(0.99, 0.95, 30) == stretch(0.95, 0.95, 30) == 1.0
    assert stretch(0.95, 0.975, 1000) < 1.2
