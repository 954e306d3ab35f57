"""Check digits and forms that python-stdnum does not know."""

import re
from datetime import date
from operator import mul

from aboveboard.privacy.patterns.families._standard import is_standard

_ID_WEIGHTS = (7, 3, 1)
_NRIC_WEIGHTS = (2, 7, 6, 5, 4, 3, 2)
_NRIC_LETTERS = {"S": "JZIHGFEDCBA", "T": "GFEDCBAJZIH", "F": "XWUTRQPNMLK", "G": "XWUTRQPNMLK"}
_NINO = re.compile(r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]")
_MBI = re.compile(
    r"[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d"
    r"[AC-HJKMNP-RT-Y]{2}\d{2}"
)
_SEPARATORS = str.maketrans("", "", " .-/")


def compact(written: str) -> str:
    """A number without its separators, in capitals."""
    return written.translate(_SEPARATORS).upper()


def document_check(text: str) -> int:
    """The check digit of a machine-readable document (ICAO Doc 9303, part 3, 4.9): weights 7, 3, 1."""
    return sum(_document_value(char) * _ID_WEIGHTS[place % 3] for place, char in enumerate(text)) % 10


def _document_value(character: str) -> int:
    if character.isdigit():
        return int(character)
    return 0 if character == "<" else ord(character) - 55


def is_german_document(written: str) -> bool:
    """A German identity card or passport: nine characters (no vowels), then perhaps their check digit."""
    number = compact(written).removesuffix("D")
    if re.fullmatch(r"[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}\d?", number) is None:
        return False
    return len(number) == 9 or document_check(number[:9]) == int(number[9])


_PENSION_WEIGHTS = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)


def is_german_pension_number(written: str) -> bool:
    """An insurance number of the German pension scheme (VKVV § 2 and § 4): area, birth date (a day may have
    50 added), initial, serial, and the sum of the digits of the weighted products modulo 10.
    """
    number = compact(written)
    digits = f"{number[:8]}{ord(number[8]) - 64:02d}{number[9:11]}"
    products = [int(digit) * weight for digit, weight in zip(digits, _PENSION_WEIGHTS, strict=True)]
    day, month = int(number[2:4]) % 50, int(number[4:6])
    is_date = day <= 31 and month <= 12
    return is_date and sum(each // 10 + each % 10 for each in products) % 10 == int(number[11])


# ISO 3166-1 numeric codes of the states whose health insurers issue the card.
_INSURING = re.compile(
    "040|056|100|191|196|203|208|233|246|250|276|300|348|352|372|380|428|438|440|442|470|528|578|616|620|642"
    "|703|705|724|752|756|826"
)


def is_european_health_card(written: str) -> bool:
    """The number of a European health insurance card (Decision S2 of 12 June 2009): 80, a country, more."""
    number = compact(written)
    return number.startswith("80") and _INSURING.fullmatch(number[2:5]) is not None


def is_hong_kong_id(written: str) -> bool:
    """An identity card of Hong Kong: weights 9 to 2 (a blank before one letter counts 36), modulo 11."""
    number = written.replace("(", "").replace(")", "")
    values = [36] * (9 - len(number)) + [int(each, 36) for each in number[:-1]]
    total = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True))
    return (total + int(number[-1], 36)) % 11 == 0


def is_emirates_id(written: str) -> bool:
    """An identity number of the United Arab Emirates: their country code, then Luhn over all."""
    number = compact(written)
    return number.startswith("784") and passes_luhn(number)


def is_ghana_card(written: str) -> bool:
    """A Ghana card: the country's code; how its check digit is made is not published."""
    return written.startswith("GHA-")


def is_saudi_id(written: str) -> bool:
    """An identity number of Saudi Arabia: 1 for citizens, 2 for residents, then Luhn over all."""
    return written[0] in "12" and passes_luhn(written)


def is_russian_insurance_number(written: str) -> bool:
    """A SNILS: nine digits weighted 9 to 1, modulo 101, where 100 reads 00 (order of the pension fund)."""
    number = compact(written)
    total = sum(int(digit) * weight for digit, weight in zip(number[:9], range(9, 0, -1), strict=True))
    return total % 101 % 100 == int(number[9:])


def is_hungarian_id(written: str) -> bool:
    """A Hungarian personal number (Act XX of 1996): weights 10 to 1, or 1 to 10 by birth, modulo 11."""
    number = [int(digit) for digit in compact(written)]
    is_date = 1 <= number[3] * 10 + number[4] <= 12 and 1 <= number[5] * 10 + number[6] <= 31
    sums = (sum(map(mul, number, each)) % 11 for each in (range(1, 11), range(10, 0, -1)))
    return is_date and number[10] in sums


def is_hungarian_insured(written: str) -> bool:
    """A Hungarian TAJ number: weights 3 and 7 by turns, modulo 10 (Act LXXX of 1997)."""
    number = [int(digit) for digit in compact(written)]
    return sum(digit * (3, 7)[place % 2] for place, digit in enumerate(number[:8])) % 10 == number[8]


def is_hungarian_taxpayer(written: str) -> bool:
    """A Hungarian tax identification of a person: an 8, and the weighted sum (1 to 9) modulo 11."""
    number = [int(digit) for digit in compact(written)]
    total = sum(digit * weight for digit, weight in zip(number[:9], range(1, 10), strict=True))
    return number[0] == 8 and total % 11 == number[9]


def is_luxembourg_id(written: str) -> bool:
    """A Luxembourg matricule: birth date and serial, their Luhn digit, their Verhoeff digit."""
    month, day = int(written[4:6]), int(written[6:8])
    is_date = written[:2] in ("18", "19", "20") and 1 <= month <= 12 and 1 <= day <= 31
    return is_date and passes_luhn(written[:12]) and is_standard("verhoeff", written[:11] + written[12])


def is_british_insurance_number(written: str) -> bool:
    """A National Insurance number: HMRC's prefixes (NIM39110)."""
    return _NINO.fullmatch(compact(written)) is not None


def is_singapore_id(written: str) -> bool:
    """An NRIC or FIN of Singapore: the check letter is chosen by the sum of seven weighted digits."""
    number = compact(written)
    letters = _NRIC_LETTERS.get(number[0])
    if letters is None:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[1:8], _NRIC_WEIGHTS, strict=True))
    return letters[(total + (4 if number[0] in "TG" else 0)) % 11] == number[8]


def is_taiwanese_id(written: str) -> bool:
    """A Taiwanese identity number: the letter stands for two digits; the weighted sum is 0 modulo 10."""
    number = compact(written)
    if number[1] not in "1289":
        return False
    code = "ABCDEFGHJKLMNPQRSTUVXYWZIO".index(number[0]) + 10
    digits = [code // 10, code % 10, *map(int, number[1:])]
    return sum(d * w for d, w in zip(digits, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True)) % 10 == 0


def is_us_beneficiary(written: str) -> bool:
    """A Medicare beneficiary identifier (CMS, "Understanding the MBI format"): no S, L, O, I, B or Z."""
    return _MBI.fullmatch(compact(written)) is not None


def is_german_insured(written: str) -> bool:
    """A German health insurance number, the part that stays for life (SGB V § 290): weights 1, 2."""
    number = compact(written)
    digits = f"{ord(number[0]) - 64:02d}{number[1:9]}"
    products = [int(digit) * (1 + place % 2) for place, digit in enumerate(digits)]
    return sum(product // 10 + product % 10 for product in products) % 10 == int(number[9])


def is_australian_medicare(written: str) -> bool:
    """A card number of Australia's Medicare: the ninth digit checks the eight before it."""
    number = compact(written)
    weights = (1, 3, 7, 9, 1, 3, 7, 9)
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))
    return number[0] in "23456" and total % 10 == int(number[8])


def is_spanish_insured(written: str) -> bool:
    """A number of Spain's social security: the last two digits are the rest modulo 97 of those before."""
    number = compact(written)
    province, own, check = number[:2], number[2:10], int(number[10:])
    return int(province + (own.lstrip("0") if int(own) < 10_000_000 else own) or "0") % 97 == check


def is_provider(written: str) -> bool:
    """A US national provider identifier: Luhn with the prefix 80840 (45 CFR 162.406)."""
    return written[0] in "12" and passes_luhn("80840" + written)


def is_enforcement_number(written: str) -> bool:
    """A registration of the US DEA: the last digit of odd places' sum plus twice the even ones'."""
    digits = [int(digit) for digit in written[2:]]
    return (sum(digits[0:6:2]) + 2 * sum(digits[1:6:2])) % 10 == digits[6]


_DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")


def passes_luhn(digits: str) -> bool:
    """Whether the last digit of an ASCII digit string is its Luhn check digit."""
    codes = digits.encode()
    return (sum(codes[::-2]) + sum(codes[-2::-2].translate(_DOUBLED)) - len(codes) * _ZERO) % 10 == 0


_ZERO = ord("0")


def has_date(written: str) -> bool:
    """Whether the first six digits are a date (YYMMDD)."""
    digits = compact(written)[:6]
    try:
        date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return False
    return True


def is_indian_account(written: str) -> bool:
    """An Indian permanent account number: its fourth letter says what kind of holder (Income-tax Rules)."""
    return written.isupper() and written[3] in "ABCFGHLJPTK"


def is_plain_capitals(written: str) -> bool:
    """Whether every letter is a capital."""
    return written.isupper()


_VIN_VALUES = dict(
    zip(
        "ABCDEFGHJKLMNPRSTUVWXYZ",
        (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9),
        strict=True,
    )
)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def passes_vehicle_check(number: str) -> bool:
    """Whether the ninth character of a 17 character vehicle id checks (49 CFR 565.15; ISO 3779 leaves it
    open outside North America and China).
    """
    values = [int(char) if char.isdigit() else _VIN_VALUES.get(char, -1) for char in number]
    if min(values) < 0:
        return False
    rest = sum(value * weight for value, weight in zip(values, _VIN_WEIGHTS, strict=True)) % 11
    return number[8] == ("X" if rest == 10 else str(rest))
