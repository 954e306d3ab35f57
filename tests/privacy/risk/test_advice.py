"""Advice that, followed, does what it says."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.privacy.risk import Advice, assess_risk
from aboveboard.privacy.risk._coding import code_columns
from aboveboard.privacy.risk._ladders import ladder


def advice(columns: dict[str, list[object]], target: int = 5) -> Advice:
    found = assess_risk(columns, list(columns), target=target).advice
    assert found is not None
    return found


def test_rows_that_are_well_need_none() -> None:
    assert advice({"a": ["x", "y"] * 5}) == Advice(5, (), 0.0)


def test_ages_are_banded_before_anything_is_left_out() -> None:
    ages: list[object] = [*range(20, 70)] * 2
    found = advice({"age": ages, "sex": ["f", "m"] * 50})
    assert dict(found.steps)["age"].startswith("bands of ")
    assert "sex" not in dict(found.steps)


def test_postcodes_lose_their_end_and_dates_their_day() -> None:
    chance = random.Random(3)
    days: list[object] = [f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" for _ in range(400)]
    codes: list[object] = [f"0{chance.randint(1000, 1200)}" for _ in range(400)]
    found = dict(advice({"date": days, "plz": codes}).steps)
    assert found["date"] in ("month only", "year only")
    assert found["plz"].startswith("first ")


def test_too_few_rows_can_have_none() -> None:
    assert assess_risk({"a": [1, 2]}, ["a"], target=5).advice is None


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.tuples(st.integers(18, 80), st.sampled_from("ABC"), st.integers(10115, 10130)),
        min_size=5,
        max_size=80,
    ),
    st.integers(2, 5),
)
def test_following_it_reaches_k(rows: list[tuple[int, str, int]], target: int) -> None:
    columns: dict[str, list[object]] = {
        name: [row[n] for row in rows] for n, name in enumerate(("age", "c", "zip"))
    }
    found = advice(columns, target)
    followed: dict[str, list[object]] = {}
    for coded in code_columns(columns, list(columns)):
        (level,) = [level for level in ladder(coded) if level.words == dict(found.steps).get(coded.name, "")]
        followed[coded.name] = level.mapping[coded.codes].tolist()
    assert assess_risk(followed, list(followed), target=target).small_share == pytest.approx(found.dropped)
    assert found.dropped <= 0.01


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(st.none(), st.integers(-500, 500), st.text(max_size=5), st.floats()),
        min_size=1,
        max_size=30,
    )
)
def test_each_level_only_joins(values: list[object]) -> None:
    (coded,) = code_columns({"a": values}, ["a"])
    levels = ladder(coded)
    for fine, coarse in pairwise(levels):
        assert len(set(coarse.mapping.tolist())) < len(set(fine.mapping.tolist())) or len(levels) == 2
