"""Masking: numbers for values, or all but the end of them starred out; and redacting, and keeping."""

import pytest

from aboveboard.privacy.masking import restore
from aboveboard.privacy.operators import Bond, Keep, Mask, Redact, Session


def test_each_value_has_its_number() -> None:
    session, mask = Session(), Mask()
    made = [mask.replace(value, "birth-date", session) for value in ("1.2.1980", "3.4.1990", "1.2.1980")]
    assert made == ["<BIRTH_DATE_1>", "<BIRTH_DATE_2>", "<BIRTH_DATE_1>"]
    assert session.table == {"<BIRTH_DATE_1>": "1.2.1980", "<BIRTH_DATE_2>": "3.4.1990"}


@pytest.mark.parametrize(
    ("value", "made"),
    [
        ("4111 1111 1111 1234", "**** **** **** 1234"),
        ("DE89 3704 0044 0532 0130 00", "**** **** **** **** **30 00"),
        ("anna@example.org", "***********e.org"),
        ("12345", "*****"),
        ("", ""),
        ("𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖", "****𝟓𝟔𝟕𝟖"),
    ],
)
def test_the_last_four_stay_when_there_are_twice_as_many(value: str, made: str) -> None:
    session = Session()
    assert Mask(keep=4).replace(value, "card", session) == made
    assert not session.table


def test_what_is_left_of_a_value_still_links() -> None:
    assert Mask(keep=4).bond is Bond.LINKED
    assert not Mask(keep=4).is_restorable


@pytest.mark.parametrize("keep", [-1, 9])
def test_more_than_eight_characters_are_not_kept(keep: int) -> None:
    with pytest.raises(ValueError, match="0 to 8"):
        Mask(keep)


def test_redacting_leaves_the_type_or_nothing() -> None:
    assert Redact().replace("a@b.org", "url-credentials", Session()) == "[URL_CREDENTIALS]"
    assert Redact(remove=True).replace("a@b.org", "email", Session()) == ""


def test_keeping_keeps() -> None:
    assert Keep().replace("a@b.org", "email", Session()) == "a@b.org"


@pytest.mark.parametrize("type_", ["1password-key", "x", "", "ünï", "a-b-c-d-e-f", "a" * 99, "a_b", "-"])
def test_a_placeholder_of_any_type_can_be_read_back(type_: str) -> None:
    session = Session()
    made = Mask().replace("value", type_, session)
    assert restore(f"a {made}", session.table) == "a value"
