"""Telephone numbers that regulators keep for films and books; elsewhere, ones no network has been given."""

from collections.abc import Mapping
from random import Random
from typing import TYPE_CHECKING

from aboveboard.privacy.operators.synthetic._draw import Draw, fill, same_shape

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

# National significant numbers. Sources: NANPA (555-0100 to 555-0199), Ofcom (numbers for drama),
# Bundesnetzagentur (Mitteilung 148/2021), Arcep (décision 2018-0881), ACMA (for radio and film).
_FICTION: Mapping[str, tuple[tuple[str, int], ...]] = {
    "US": (("20255501", 2), ("21255501", 2), ("31255501", 2), ("41555501", 2), ("61755501", 2)),
    "CA": (("41655501", 2), ("51455501", 2), ("60455501", 2)),
    "GB": (("7700900", 3), ("1632960", 3), ("2079460", 3)),
    "DE": (("3023125", 3), ("6990009", 3), ("4066969", 3), ("2214710", 3), ("8999998", 3)),
    "FR": (("63998", 4), ("19900", 4), ("26191", 4), ("35301", 4), ("46571", 4), ("53649", 4)),
    "AU": (("25550", 4), ("35550", 4), ("75550", 4), ("85550", 4)),
}
_WITH_MOBILE = ("GB", "FR")  # their first range is of mobile numbers, which begin with 6 or 7
_REGIONS = ("US", "GB", "DE", "FR", "ES", "IT", "AU")
_TRIES = 64


def make_phone(value: str, draw: Draw, locale: str | None) -> str:
    """A number of the same country and layout, from a range for fiction where the country has one."""
    import phonenumbers

    random = draw(value, "phone")
    number = _parsed(value, locale)
    if number is None:
        return same_shape(value, random)
    region = phonenumbers.region_code_for_country_code(number.country_code or 0)
    national = phonenumbers.national_significant_number(number)
    made = (
        _fictional(region, national, random) if region in _FICTION else _unassigned(national, region, random)
    )
    return _written(value, national, made) or _formatted(value, number.country_code or 0, made)


def _parsed(value: str, locale: str | None) -> "PhoneNumber | None":
    """The number, of the first country in which it is one when it does not say its own."""
    import phonenumbers

    own = [locale[-2:]] if locale else []
    for region in dict.fromkeys([*own, *_REGIONS]):
        try:
            number = phonenumbers.parse(value[:100], region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number) or value.lstrip().startswith("+"):
            return number
    return None


def _fictional(region: str, national: str, random: Random) -> str:
    ranges = _FICTION[region]
    if region in _WITH_MOBILE:
        ranges = ranges[:1] if national.startswith(("6", "7")) else ranges[1:]
    prefix, left = random.choice(ranges)
    return prefix + f"{random.randrange(10**left):0{left}}"


def _unassigned(national: str, region: str, random: Random) -> str:
    """As many digits, which the public numbering plan gives to nobody."""
    import phonenumbers

    made, country = national, phonenumbers.country_code_for_region(region)
    for _ in range(_TRIES):
        first = "0" if national.startswith("0") else random.choice("123456789")
        made = first + "".join(random.choices("0123456789", k=len(national) - 1))
        if not phonenumbers.is_valid_number(phonenumbers.parse(f"+{country}{made}", None)):
            return made
    return made


def _written(value: str, national: str, made: str) -> str | None:
    """`made` in the places of `value`'s last digits; None when the lengths differ."""
    all_digits = "".join(str(int(character)) for character in value if character.isdecimal())
    if len(made) != len(national) or not all_digits.endswith(national) or len(all_digits) != _count(value):
        return None
    return fill(value, all_digits[: -len(national)] + made)


def _count(value: str) -> int:
    return sum(map(str.isdigit, value))


def _formatted(value: str, country: int, made: str) -> str:
    import phonenumbers

    is_whole = value.lstrip().startswith(("+", "00"))
    layout = (
        phonenumbers.PhoneNumberFormat.INTERNATIONAL if is_whole else phonenumbers.PhoneNumberFormat.NATIONAL
    )
    return phonenumbers.format_number(phonenumbers.parse(f"+{country}{made}", None), layout)
