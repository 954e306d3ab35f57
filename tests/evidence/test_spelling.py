"""One spelling for all of a name, and a name found wherever it stands as whole words."""

import time
import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from aboveboard.evidence._spelling import (
    canonical,
    holds_name,
    is_number,
    is_telling,
    other_spellings,
    possible_names,
    without_name,
)

ZOE, ZOE_PARTED = "Zoë", "Zoe\u0308"
NAMES = st.text(min_size=1, max_size=30).filter(lambda name: bool(name.strip()))


@given(name=NAMES)
def test_every_spelling_of_a_name_comes_to_one(name: str) -> None:
    chosen = canonical(name)
    assert canonical(chosen) == chosen
    assert canonical(f" {name}\n") == chosen
    assert canonical(unicodedata.normalize("NFD", name)) == chosen


def test_a_plain_name_has_one_spelling_and_costs_no_look() -> None:
    assert other_spellings("customer-17") == set()
    assert other_spellings(ZOE) == {ZOE_PARTED}
    assert other_spellings(ZOE_PARTED) == {ZOE_PARTED}
    assert other_spellings(" ann") == {" ann"}


@pytest.mark.parametrize(
    "text",
    [
        "letters-of-customer-17",
        "cache/customer-17.json",
        "CUSTOMER_17",
        "x%2Fcustomer%2D17",
        "x%252Fcustomer%252D17",
        "ｃｕｓｔｏｍｅｒ-17",
    ],
)
def test_a_name_is_found_in_any_case_and_coding(text: str) -> None:
    assert holds_name(text, "customer-17")
    assert "17" not in without_name(text, "customer-17", "…")


@pytest.mark.parametrize("text", ["customer-170", "xcustomer-17", "customer", "17-customer", ""])
def test_a_piece_of_another_word_is_no_name(text: str) -> None:
    assert not holds_name(text, "customer-17")
    assert without_name(text, "customer-17", "…") == text


@pytest.mark.parametrize("name", [ZOE, ZOE_PARTED, "a@b.example", "🦊🦊", "山田太郎", "a/../b", "%_'; --"])
def test_whatever_the_name_is_made_of(name: str) -> None:
    for text in (
        f"letters of {name}.json",
        quote(f"x/{name}/y", safe=""),
        unicodedata.normalize("NFD", name),
    ):
        assert holds_name(text, name)
        assert name not in without_name(text, name, "…")


@given(text=st.text(max_size=60), name=NAMES)
@example(text="", name=".")
def test_what_is_without_a_name_holds_it_no_more(text: str, name: str) -> None:
    instead = " \u2026 "
    assume(not holds_name(instead, name))
    assert not holds_name(without_name(f"{text} {name} {text}", name, instead), name)


def test_the_possible_names_of_a_text_are_its_runs_of_words() -> None:
    found = possible_names("letters-of-Ann-17.json")
    assert {"Ann-17", "ann-17", "of-Ann", "letters-of-Ann-17.json"} <= found
    assert ZOE in possible_names(f"of-{ZOE_PARTED}") & possible_names("of-Zo%C3%AB")


def test_what_names_many_things_is_told_from_what_names_one() -> None:
    assert [is_number(each) for each in ("17", "170017", "a17")] == [True, False, False]
    assert [is_telling(each) for each in ("ann", "customer-17")] == [False, True]


def test_hostile_lengths_take_no_longer_than_they_are() -> None:
    marks = "a" + "\u0315\u0300" * 500_000
    words = "a b" * 3_000_000
    begun = time.process_time()
    assert not any(holds_name(each, words) for each in ["letters"] * 1000)
    canonical(marks)
    holds_name(marks, "customer-17")
    holds_name("customer-17", marks)
    other_spellings(marks)
    assert time.process_time() - begun < 5
