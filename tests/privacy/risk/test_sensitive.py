"""l-diversity and t-closeness against the definitions."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.privacy.risk import SensitiveRisk, assess_risk


def risk(classes: list[int], values: Sequence[object]) -> SensitiveRisk:
    return assess_risk({"q": [*classes], "s": values}, ["q"], ["s"]).sensitive[0]


def by_definition(classes: list[int], values: list[float], *, is_ordered: bool) -> float:
    """The farthest class: total variation, or the mean of |P − Q| over the steps between ranks."""
    order = sorted(set(values))
    worst = 0.0
    for name in set(classes):
        inside = [value for value, of in zip(values, classes, strict=True) if of == name]
        p = [inside.count(value) / len(inside) for value in order]
        q = [values.count(value) / len(values) for value in order]
        gaps = [a - b for a, b in zip(p, q, strict=True)]
        if not is_ordered:
            worst = max(worst, sum(map(abs, gaps)) / 2)
        elif len(order) > 1:
            worst = max(
                worst, sum(abs(sum(gaps[: place + 1])) for place in range(len(gaps) - 1)) / (len(order) - 1)
            )
    return worst


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6)), min_size=1, max_size=60))
def test_closeness_is_what_its_definition_says(rows: list[tuple[int, int]]) -> None:
    classes, values = [row[0] for row in rows], [row[1] for row in rows]
    assert risk(classes, [*values]).closeness == pytest.approx(
        by_definition(classes, [*values], is_ordered=True)
    )
    texts = [f"v{value}" for value in values]
    assert risk(classes, texts).closeness == pytest.approx(
        by_definition(classes, [*values], is_ordered=False)
    )


def test_the_example_of_the_paper() -> None:
    """Li et al. 2007, section 4.2: salaries 3k to 11k; the class {3k, 4k, 5k} is 0.375 from all of them."""
    salaries = [3, 4, 5, 6, 11, 8, 7, 9, 10]
    assert risk([1, 1, 1, 2, 2, 2, 3, 3, 3], salaries).closeness == pytest.approx(0.375)


def test_diversity_counts_values_and_their_evenness() -> None:
    found = risk([1, 1, 1, 1, 2, 2, 2, 2], ["a", "a", "a", "b", "a", "b", "c", "d"])
    assert found.diversity == 2
    assert found.entropy_diversity == pytest.approx(
        math.exp(-(0.75 * math.log(0.75) + 0.25 * math.log(0.25)))
    )
    assert found.told == 0.0


def test_a_class_with_one_value_tells_it_however_many_rows_it_has() -> None:
    found = risk([1] * 50 + [2] * 50, ["hiv"] * 50 + ["flu", "cold"] * 25)
    assert (found.diversity, found.told) == (1, 0.5)
