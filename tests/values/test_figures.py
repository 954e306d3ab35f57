"""Figures as people read them."""

import math

import pytest

from aboveboard.values import figure


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (-0.05, ".3f", "−0.050"),
        (0.05, "+.3f", "+0.050"),
        (-1234.5, "+,.1f", "−1,234.5"),
        (-0.0, ".3f", "0.000"),
        (-0.0004, ".3f", "0.000"),
        (-0.0004, "+.3f", "+0.000"),
        (-math.inf, ".3f", "−inf"),
        (1e-07, ".3g", "1e−07"),
    ],
)
def test_a_figure_has_the_true_minus(value: float, form: str, shown: str) -> None:
    assert figure(value, form) == shown
