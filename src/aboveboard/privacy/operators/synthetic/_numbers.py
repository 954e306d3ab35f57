"""Numbers valid in form, from ranges that nobody can have."""

from random import Random
from string import ascii_uppercase, digits

from aboveboard.privacy.operators.synthetic._draw import Draw, fill, luhn_digit, same_shape


def make_card(value: str, draw: Draw, locale: str | None) -> str:
    """9 999 …: ISO/IEC 7812-1 gives 9 to national bodies, by the country code of ISO 3166-1; 900 to 999 are
    never a country's. Length, grouping and Luhn digit are right.
    """
    return _luhn_number(value, "9999", draw(value, "card"))


def make_imei(value: str, draw: Draw, locale: str | None) -> str:
    """00 …: the reporting body 00 marks test equipment (3GPP TS 23.003, GSMA TS.06)."""
    return _luhn_number(value, "00", draw(value, "device-id"))


def _luhn_number(value: str, prefix: str, random: Random) -> str:
    count = sum(map(str.isdigit, value))
    if count <= len(prefix):
        return same_shape(value, random)
    body = prefix + "".join(random.choices(digits, k=count - len(prefix) - 1))
    made = fill(value, body + luhn_digit(body))
    return made if made is not None else same_shape(value, random)


def make_ssn(value: str, draw: Draw, locale: str | None) -> str:
    """900 to 999 with a group up to 49: the Social Security Administration never gives these areas, and the
    IRS uses groups from 50 on for its taxpayer numbers.
    """
    random = draw(value, "ssn")
    made = f"9{random.randrange(100):02}{random.randint(1, 49):02}{random.randint(1, 9999):04}"
    filled = fill(value, made)
    return filled if filled is not None else same_shape(value, random)


def make_iban(value: str, draw: Draw, locale: str | None) -> str:
    """The country stays, the bank is `0000` or `XXXX`, which none has; check digits by ISO 13616-1 (mod 97).

    Check digits that some countries put inside the account are not made right.
    """
    plain = [character for character in value if character.isalnum()]
    if len(plain) < 15 or not "".join(plain).isascii():
        return same_shape(value, draw(value, "iban"))
    random = draw(value, "iban")
    country, account = "".join(plain[:2]).upper(), plain[4:]
    made = ["X" if character.isalpha() else "0" for character in account[:4]]
    made += [random.choice(ascii_uppercase if character.isalpha() else digits) for character in account[4:]]
    whole = iter(country + _mod97("".join(made), country) + "".join(made))
    return "".join(
        _cased(next(whole), character) if character.isalnum() else character for character in value
    )


def _mod97(account: str, country: str) -> str:
    number = int("".join(str(int(character, 36)) for character in account + country + "00"))
    return f"{98 - number % 97:02}"


def _cased(made: str, like: str) -> str:
    return made.lower() if like.islower() else made


def make_bic(value: str, draw: Draw, locale: str | None) -> str:
    """A bank `XX..`, the country kept, and a location that ends in 0: test codes only (ISO 9362)."""
    random = draw(value, "bic")
    if len(value) not in (8, 11):
        return same_shape(value, random)
    made = "XX" + "".join(random.choices(ascii_uppercase, k=2)) + value[4:6] + "X0"
    return made + ("XXX" if len(value) == 11 else "")
