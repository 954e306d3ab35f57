"""Encryption: the key alone gives values back; digits keep their form where the standard allows it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.privacy.masking import restore
from aboveboard.privacy.operators import (
    Encrypt,
    Key,
    Policy,
    PolicyError,
    PrivacyKeyError,
    Session,
    decrypt_digits,
)

KEY = Key(bytes(range(32)))
SESSION = Session(KEY)


@given(st.text(max_size=700), st.booleans())
def test_the_key_gives_back_any_value(value: str, fresh: bool) -> None:
    assert restore(Encrypt(fresh=fresh).replace(value, "birth-date", SESSION), KEY) == value


def test_no_key_but_the_right_one_does() -> None:
    made = Encrypt().replace("anna@example.org", "email", SESSION)
    assert restore(made, Key.generate()) == made
    assert restore(made, {}) == made


def test_equal_values_look_alike_unless_fresh() -> None:
    made = [Encrypt(fresh=fresh).replace("a@b.org", "email", SESSION) for fresh in (False, False, True, True)]
    assert made[0] == made[1]
    assert made[2] != made[3]


@pytest.mark.parametrize("place", [8, 20, -3])
def test_a_changed_token_is_not_opened(place: int) -> None:
    made = Encrypt().replace("anna@example.org", "email", SESSION)
    other = "A" if made[place] != "A" else "B"
    changed = made[:place] + other + made[place:][1:]
    assert restore(changed, KEY) == changed


def test_a_token_is_bound_to_its_type() -> None:
    moved = Encrypt().replace("anna@example.org", "email", SESSION).replace("EMAIL", "PHONE")
    assert restore(moved, KEY) == moved


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        ("4111 1111 1111 1111", "card"),
        ("+49 (30) 901820-00", "phone"),
        ("078-05-1120", "ssn"),
        ("123456", "health-id"),
    ],
)
def test_digits_keep_length_and_separators(value: str, type_: str) -> None:
    made = Encrypt(digits=True).replace(value, type_, SESSION)
    assert made != value
    assert re.sub(r"\d", "0", made) == re.sub(r"\d", "0", value)
    assert decrypt_digits(made, type_, KEY) == value


@given(st.text(st.sampled_from("0123456789 -.()/+"), max_size=40))
def test_digits_come_back_from_any_layout(value: str) -> None:
    made = Encrypt(digits=True).replace(value, "phone", SESSION)
    back = restore(made, KEY) if made.startswith("<") else decrypt_digits(made, "phone", KEY)
    assert back == value


@pytest.mark.parametrize("value", ["12345", "X1234567L", "٠١٢٣٤٥٦", "DE89370400440532013000", ""])
def test_what_ff1_must_not_encrypt_becomes_a_token(value: str) -> None:
    made = Encrypt(digits=True).replace(value, "national-id", SESSION)
    assert made.startswith("<NATIONAL_ID=")
    assert restore(made, KEY) == value


def test_types_do_not_share_their_digits() -> None:
    made = {Encrypt(digits=True).replace("078051120", type_, SESSION) for type_ in ("ssn", "tax-id", "phone")}
    assert len(made) == 3


def test_without_a_key_nothing_is_encrypted() -> None:
    with pytest.raises(PrivacyKeyError):
        Encrypt().replace("a", "email", Session())


def test_digits_are_never_fresh_so_a_policy_that_asks_for_both_is_refused() -> None:
    with pytest.raises(PolicyError, match="no room for a nonce"):
        Policy.load({"card": {"encrypt": {"fresh": True, "digits": True}}})
    with pytest.raises(ValueError, match="no room for a nonce"):
        Encrypt(fresh=True, digits=True)
