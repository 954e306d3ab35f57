"""Figures that are known within a factor, and what becomes of them together."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.footprint import Span
from aboveboard.footprint._span import hull

FACTORS = st.floats(1.0, 50.0)
SPANS = st.builds(
    lambda value, down, up: Span(value / down, value, value * up), st.floats(1e-3, 1e3), FACTORS, FACTORS
)


@given(SPANS, SPANS)
def test_a_product_reaches_farther_than_either_and_less_far_than_both(first: Span, second: Span) -> None:
    product = first.times(second)
    assert product.likely == pytest.approx(first.likely * second.likely)
    for side in ("low", "high"):
        reaches = [abs(math.log(getattr(each, side) / each.likely)) for each in (first, second, product)]
        assert max(reaches[:2]) - 1e-9 <= reaches[2] <= sum(reaches[:2]) + 1e-9


def test_reaches_add_like_the_sides_of_a_right_angle() -> None:
    product = Span(1 / math.exp(3), 1, math.exp(3)).times(Span(1 / math.exp(4), 1, math.exp(4)))
    assert (math.log(product.low), math.log(product.high)) == pytest.approx((-5, 5))


def test_what_is_stated_adds_no_error() -> None:
    product = Span.exact(2.0).times(Span(1, 2, 3))
    assert (product.low, product.likely, product.high) == pytest.approx((2, 4, 6))


def test_a_product_with_nothing_is_nothing_likely() -> None:
    assert Span.exact(0.0).times(Span(1, 2, 3)) == Span(0, 0, 0)
    assert Span(0, 1, 2).times(Span.exact(1.0)).low == 0


def test_turned_over_the_ends_change_places() -> None:
    assert Span(2, 4, 5).inverse() == Span(0.2, 0.25, 0.5)


def test_of_several_none_is_left_out() -> None:
    assert hull([Span(1, 2, 3), Span(2, 4, 9)]) == Span(1, 3, 9)
