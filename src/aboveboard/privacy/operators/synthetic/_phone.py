"""Telephone numbers that regulators keep for films and books; elsewhere, ones no network has been given."""

from collections.abc import Mapping
from random import Random

from aboveboard.privacy.operators.synthetic._draw import Draw, fill, same_shape

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
_MOBILE = {"GB": 0, "FR": 0}  # which range is the mobile one
_REGIONS = {"en_GB": "GB", "de_DE": "DE", "fr_FR": "FR", "es_ES": "ES", "it_IT": "IT", "en_AU": "AU"}
_TRIES = 64


def make_phone(value: str, draw: Draw, locale: str | None) -> str:
    """A number of the same country and layout, from a range for fiction where the country has one."""
    import phonenumbers

    random = draw(value, "phone")
    region = _REGIONS.get(locale or "", "US")
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return same_shape(value, random)
    region = phonenumbers.region_code_for_country_code(number.country_code or 0)
    national = str(number.national_number)
    made = (
        _fictional(region, national, random)
        if region in _FICTION
        else _unassigned(value, national, region, random)
    )
    return _written(value, national, made) or f"+{number.country_code} {made}"


def _fictional(region: str, national: str, random: Random) -> str:
    ranges = _FICTION[region]
    if region in _MOBILE:
        is_mobile = national.startswith(("6", "7"))
        mobile = ranges[_MOBILE[region]]
        ranges = (mobile,) if is_mobile else tuple(item for item in ranges if item is not mobile)
    prefix, open_digits = random.choice(ranges)
    return prefix + f"{random.randrange(10**open_digits):0{open_digits}}"


def _unassigned(value: str, national: str, region: str, random: Random) -> str:
    """As many digits, which the public numbering plan gives to nobody."""
    import phonenumbers

    made = national
    for _ in range(_TRIES):
        made = "".join(random.choices("0123456789", k=len(national)))
        whole = phonenumbers.PhoneNumber(phonenumbers.country_code_for_region(region), int(made))
        if made[0] != "0" and not phonenumbers.is_valid_number(whole):
            return made
    return made


def _written(value: str, national: str, made: str) -> str | None:
    """`made` in the places of `value`'s last digits; None when the lengths differ."""
    all_digits = "".join(str(int(character)) for character in value if character.isdigit())
    if len(made) != len(national) or not all_digits.endswith(national):
        return None
    return fill(value, all_digits[: -len(national)] + made)
