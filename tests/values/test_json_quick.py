"""The quick encoder writes exactly what the reference implementation of RFC 8785 writes."""

import math
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.values import CanonicalJsonError, canonical_json

_EDGES = [
    0.0,
    -0.0,
    1e-5,
    9.999999999999999e-6,
    1e-6,
    1e-7,
    5e-324,
    2.0**53,
    2.0**53 - 1,
    1e15 + 0.5,
    1e16,
    1e21,
]
_NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(min_value=-1, max_value=1),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.sampled_from([*_EDGES, *(-each for each in _EDGES)]),
)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
_KEYS = st.one_of(_TEXTS, st.text(st.characters(max_codepoint=127), max_size=5))
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), _NUMBERS, _TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(_KEYS, inner, max_size=5),
    ),
    max_leaves=20,
)


@given(_VALUES)
def test_every_value_has_the_same_bytes_by_the_quick_way_as_by_the_book(value: Any) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_has_the_same_bytes(number: float) -> None:
    assert canonical_json(number) == rfc8785.dumps(number)


@given(st.lists(st.text(st.characters(max_codepoint=127)), unique=True))
def test_ascii_keys_are_in_the_order_of_the_book(keys: list[str]) -> None:
    value = dict.fromkeys(keys, 1)
    assert canonical_json(value) == rfc8785.dumps(value)


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, 2**53, -(2**53), {1: 2}, "\udc00", {"\ud800": 1}, object()]
)
def test_what_the_book_refuses_is_refused_wherever_it_stands(value: Any) -> None:
    for holder in (value, [1, value], {"a": {"b": value}}):
        with pytest.raises(CanonicalJsonError):
            canonical_json(holder)


@given(st.integers(1, 10**17 - 1), st.integers(-30, -5), st.booleans())
def test_tiny_numbers_have_the_same_bytes(digits: int, exponent: int, is_negative: bool) -> None:
    number = float(f"{'-' * is_negative}{digits}e{exponent - len(str(digits))}")
    assert canonical_json(number) == rfc8785.dumps(number)
