"""What is masked in JSON leaves JSON: whole numbers go, and only what stands in strings stays unquoted."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.privacy import PersonalData
from aboveboard.privacy.masking import Masking, mask

TELLING = st.sampled_from(
    [4111111111111111, -4111111111111111, 48.137154, 1e300, 536904399, "a@b.org", "4111111111111111", '"\\é']
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6) | TELLING,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["lat", "lon", "card", "ssn", "a"]), inner)
    ),
    max_leaves=12,
)
CUTS = st.lists(st.tuples(st.integers(0, 120), st.integers(1, 20)), max_size=6)


@settings(deadline=None, max_examples=80)
@given(VALUES, st.sampled_from([None, 1, 12]), st.booleans())
def test_masked_json_is_json(value: object, indent: int | None, is_ascii: bool) -> None:
    json.loads(mask(json.dumps(value, indent=indent, ensure_ascii=is_ascii), is_json=True).text)


@settings(deadline=None, max_examples=200)
@given(VALUES, CUTS, st.booleans())
def test_masked_json_is_json_wherever_the_findings_lie(
    value: object, cuts: list[tuple[int, int]], is_ascii: bool
) -> None:
    def find(text: str) -> list[PersonalData]:
        spans = [(start, min(start + length, len(text))) for start, length in cuts]
        return [PersonalData(start, end, "age") for start, end in spans if start < end]

    masked = Masking(find_in=find).mask(json.dumps(value, ensure_ascii=is_ascii), is_json=True)
    json.loads(masked.text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-4111111111111111", '"<CARD_1>"'),
        ("  4111111111111111 ", '  "<CARD_1>" '),
        ('{"card":            4111111111111111}', '{"card":            "<CARD_1>"}'),
        ('{"a": {"b": [1, 4111111111111111]}}', '{"a": {"b": [1, "<CARD_1>"]}}'),
        ('{"card": "no. 4111111111111111"}', '{"card": "no. <CARD_1>"}'),
    ],
)
def test_a_number_goes_whole_and_becomes_a_string(text: str, expected: str) -> None:
    assert mask(text, is_json=True).text == expected


def test_coordinates_that_are_numbers_leave_json() -> None:
    masked = mask('{"lat":48.137154, "lon":11.576124}', is_json=True)
    assert "48.137154" not in masked.text
    assert all(isinstance(value, str) for value in json.loads(masked.text).values())


def test_text_that_is_no_json_keeps_its_findings_whole() -> None:
    masked = Masking().mask_spans("call 030 901820 now", [PersonalData(5, 15, "phone")], is_json=True)
    assert masked.text == "call <PHONE_1> now"
