"""FF1 against the samples of the standard (NIST SP 800-38G, FF1samples.pdf)."""

from string import ascii_lowercase, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.privacy.operators._ff1 import FF1

NUMERALS = digits + ascii_lowercase
KEY = bytes.fromhex("2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94")
TWEAK_10, TWEAK_36 = b"9876543210", b"7777pqrs777"
SAMPLES = [
    (16, 10, b"", "0123456789", "2433477484"),
    (16, 10, TWEAK_10, "0123456789", "6124200773"),
    (16, 36, TWEAK_36, "0123456789abcdefghi", "a9tv40mll9kdu509eum"),
    (24, 10, b"", "0123456789", "2830668132"),
    (24, 10, TWEAK_10, "0123456789", "2496655549"),
    (24, 36, TWEAK_36, "0123456789abcdefghi", "xbj3kv35jrawxv32ysr"),
    (32, 10, b"", "0123456789", "6657667009"),
    (32, 10, TWEAK_10, "0123456789", "1001623463"),
    (32, 36, TWEAK_36, "0123456789abcdefghi", "xs8a0azh2avyalyzuwd"),
]


def numerals(text: str) -> list[int]:
    return [NUMERALS.index(character) for character in text]


@pytest.mark.parametrize(("size", "radix", "tweak", "plain", "cipher"), SAMPLES)
def test_the_samples_of_the_standard(size: int, radix: int, tweak: bytes, plain: str, cipher: str) -> None:
    ff1 = FF1(KEY[:size], radix)
    assert ff1.encrypt(numerals(plain), tweak) == numerals(cipher)
    assert ff1.decrypt(numerals(cipher), tweak) == numerals(plain)


@given(st.integers(2, 65536), st.data(), st.binary(max_size=40))
def test_decrypting_gives_back_what_was_encrypted(radix: int, data: st.DataObject, tweak: bytes) -> None:
    ff1 = FF1(KEY, radix)
    shortest = next(length for length in range(2, 21) if ff1.is_allowed(length))
    one = st.integers(0, radix - 1)
    plain = data.draw(st.lists(one, min_size=shortest, max_size=shortest + 24))
    cipher = ff1.encrypt(plain, tweak)
    assert len(cipher) == len(plain)
    assert all(0 <= numeral < radix for numeral in cipher)
    assert ff1.decrypt(cipher, tweak) == plain


@pytest.mark.parametrize("length", [0, 1, 5])
def test_fewer_than_a_million_possible_values_are_refused(length: int) -> None:
    with pytest.raises(ValueError, match="million"):
        FF1(KEY, 10).encrypt([0] * length)


def test_six_digits_are_a_permutation_on_what_is_tried() -> None:
    ff1 = FF1(KEY, 10)
    made = {tuple(ff1.encrypt(numerals(f"{number:06}"))) for number in range(2000)}
    assert len(made) == 2000
