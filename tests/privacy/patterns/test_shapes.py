"""Numbers that countries give: valid ones are found in any surroundings, random ones rarely."""

import re
from functools import cache
from random import Random
from string import ascii_uppercase

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from aboveboard.privacy import find
from aboveboard.privacy.patterns._scripts import set_apart
from aboveboard.privacy.patterns.families._health import HEALTH_IDS
from aboveboard.privacy.patterns.families._national import NATIONAL_IDS
from aboveboard.privacy.patterns.families._shapes import Kind, ShapedNumbers
from aboveboard.privacy.patterns.families._tax import TAX_IDS
from aboveboard.values import normalise

TABLES = (NATIONAL_IDS, TAX_IDS, HEALTH_IDS)
KINDS = [(table, kind) for table in TABLES for kind in table.kinds]
TRIES = 30_000


# Where drawing blindly would take too long: beginnings with a province, a birth date, a country.
BEGINNINGS = {
    ("CN", "9"): "110101199001",
    ("MX", "AAAA999999AAAAAA99"): "QXEP900412HDFXYZ",
    ("MX", "AAAA999999AAAAAAA9"): "QXEP000412HDFXYZA",
    ("FR", "9 99 99 9A 999 999 99"): "1 84 12 2A ",
    ("FR", "999999A99999999"): "184122A",
    ("CH", "AAA-"): "CHE-",
    ("CH", "9"): "756",
    ("CH", "999.9"): "756.",
    ("CH", "999 9"): "756 ",
    ("EU", "AA999999999"): "DE",
    ("EU", "AA99999999"): "DK",
    ("EU", "AA99999999999"): "IT",
    ("EU", "AAA99999999"): "ATU",
    ("EU", "AA999999999A99"): "NL",
    ("EU", "AA9999999999"): "PL",
    ("EU", "AA999999999999"): "SE",
    ("EU", "AAA9999999A"): "ESX",
    ("EU", "AA9999999A"): "IE",
    ("EU", "AA9999999AA"): "IE",
    ("EU", "AA 999999999"): "DE ",
    ("EU", "AA 9999999999"): "PL ",
    ("EU", "AA 99999999999"): "IT ",
    ("EU", "AA 999 999 999"): "DE ",
    ("EU", "AA 9999.999.999"): "BE 0",
    ("EU", "AA 999999999 A99"): "NL ",
    ("EU", "AA 99 999999999"): "FR ",
    ("EU", "AA99 999 999 999"): "FR",
    ("EU", "AA 99 999 999 999"): "FR ",
    ("EU", "AAA 99999999"): "ATU ",
    ("EU", "AA 99 99 99 99"): "DK ",
    ("LU", "9999999999999"): "19900101",
    ("UY", "999999999999"): "21",
    ("SV", "9999-999999-999-9"): "0614-050707-10",
}


def beginning(kind: Kind, shape: str) -> str:
    whole = BEGINNINGS.get((kind.country, shape))
    fitting = (
        text for (name, form), text in BEGINNINGS.items() if name == kind.country and shape.startswith(form)
    )
    return whole if whole is not None else next(fitting, "") if kind.country in ("CN", "CH") else ""


def filled(shape: str, chance: Random) -> str:
    choices = {"9": "0123456789", "A": ascii_uppercase}
    return "".join(chance.choice(choices.get(character, character)) for character in shape)


@cache
def valid(kind: Kind, shape: str, seed: int) -> str:
    """A number that nobody was given on purpose: drawn until the check digits are right."""
    chance = Random(f"{kind.country} {shape} {seed}")
    begin = beginning(kind, shape)
    for _ in range(TRIES):
        number = begin + filled(shape[len(begin) :], chance)
        if kind.is_valid is None or kind.is_valid(number):
            return number
    raise AssertionError(f"no valid {kind.country} number of shape {shape}")


def word_of(kind: Kind) -> str:
    """One of the words that the kind needs, without what its expression makes optional."""
    first = re.split(r"\|(?![^(]*\))", kind.words)[0]
    return re.sub(r"\(\?:[^()]*\)\??|\\\.\??|\?|\\", "", first).strip()


def as_read_by_finders(text: str) -> str:
    return set_apart(normalise(text).text)


@pytest.mark.parametrize(
    ("table", "kind"), KINDS, ids=lambda value: getattr(value, "country", getattr(value, "type", ""))
)
def test_a_valid_number_is_found_after_the_word_it_needs(table: ShapedNumbers, kind: Kind) -> None:
    for shape in kind.shapes:
        number = valid(kind, shape, seed=1)
        text = as_read_by_finders(f"for the file, {word_of(kind)}: {number}, please")
        found = list(table.find(text, 0, len(text)))
        assert [text[item.start : item.end] for item in found] == [number], text
        assert {item.type for item in found} == {table.type}


BARE = [(table, kind) for table, kind in KINDS if not kind.words]


@settings(deadline=None, max_examples=60, phases=[Phase.generate])  # shrinking would draw numbers for minutes
@given(st.sampled_from(BARE), st.integers(0, 5), st.text(alphabet=" ,;:()\n é", max_size=6), st.data())
def test_a_number_that_needs_no_word_is_found_in_any_surroundings(
    entry: tuple[ShapedNumbers, Kind], seed: int, edge: str, data: st.DataObject
) -> None:
    _, kind = entry
    number = valid(kind, data.draw(st.sampled_from(kind.shapes)), seed)
    text = f"they wrote {edge} {number} {edge[::-1]} yesterday"
    at = text.index(number)
    assert any(item.start <= at and item.end >= at + len(number) for item in find(text)), text


def test_a_number_that_needs_a_word_is_left_alone_without_it() -> None:
    named = [(table, kind) for table, kind in KINDS if kind.words and kind.is_valid]
    for table, kind in named:
        text = f"there were {valid(kind, kind.shapes[0], seed=2)} of them"
        found = {item.type for item in table.named().find(text, 0, len(text))}
        assert not found, text


def test_of_random_digits_without_a_word_fewer_than_one_in_two_hundred_is_taken_for_somebodys() -> None:
    chance, taken = Random("random digits"), 0
    for length in range(6, 19):
        for _ in range(200):
            text = f"a total of {filled('9' * length, chance)} units"
            taken += any(item.type in ("national-id", "tax-id", "health-id", "ssn") for item in find(text))
    assert taken / (13 * 200) < 0.005


def test_numbers_of_twenty_countries_and_more_are_known() -> None:
    countries = {country for _, kind in KINDS for country in kind.country.split()}
    assert len(countries - {"EU"}) >= 45


@pytest.mark.parametrize("number", ["536-22-872A", "12345678A", "111.444.777-36", "AB12345", "BG 12 34 56 C"])
def test_a_wrong_check_digit_is_no_number(number: str) -> None:
    assert not [item for item in find(f"it is {number} now") if item.type in ("national-id", "tax-id")]


def test_no_number_makes_a_check_raise() -> None:
    chance = Random("any digits")
    for table, kind in KINDS:
        for shape in kind.shapes:
            for _ in range(40):
                text = as_read_by_finders(f"{word_of(kind)} {filled(shape, chance)}")
                list(table.find(text, 0, len(text)))
