"""Keyed hashes: equal for equal values, of no use without the key."""

import hashlib
import hmac

import pytest

from aboveboard.privacy.operators import Hash, Key, PrivacyKeyError, Session

KEY = Key(bytes(range(32)))
MAIL = "anna@example.org"


def hashed(value: str, type_: str = "email", key: Key | None = KEY, digits: int = 16) -> str:
    return Hash(digits).replace(value, type_, Session(key))


def test_it_is_hmac_sha_256_of_type_and_normal_form() -> None:
    expected = hmac.new(KEY.derive("hash"), b"email\0" + MAIL.encode(), hashlib.sha256).hexdigest()
    assert hashed(MAIL) == f"<EMAIL#{expected[:16]}>"
    assert hashed(MAIL, digits=64) == f"<EMAIL#{expected}>"


def test_ways_of_writing_a_value_have_one_hash() -> None:
    assert hashed("Anna@Example.org ") == hashed(MAIL)
    assert hashed("4111-1111-1111-1111", "card") == hashed("4111 1111 1111 1111", "card")


def test_other_values_types_and_keys_have_others() -> None:
    others = [hashed("a@example.org"), hashed(MAIL, "username")[9:], hashed(MAIL, key=Key.generate())]
    assert hashed(MAIL) not in others
    assert hashed(MAIL)[6:] not in others


def test_without_a_key_there_is_no_hash() -> None:
    with pytest.raises(PrivacyKeyError, match="`hash` needs a key"):
        hashed(MAIL, key=None)


@pytest.mark.parametrize("digits", [0, 8, 15, 65])
def test_a_hash_that_is_too_short_to_tell_values_apart_is_refused(digits: int) -> None:
    with pytest.raises(ValueError, match="16 to 64"):
        Hash(digits)


def test_lone_surrogates_are_hashed_too() -> None:
    assert hashed("\ud800") != hashed("\udfff")
