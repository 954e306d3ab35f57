"""Telephone numbers: international ones by calling code, national ones only in forms that say so."""

import re
from collections.abc import Iterator

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._context import names_another_number, says, stands_alone, words_before

_SEPARATED = r"(?:[ .\-/()]{0,2}\d)"
_INTERNATIONAL = re.compile(rf"(?:\+|(?<!\d)00(?=[1-9])) ?\(?\d{_SEPARATED}{{6,14}}(?!\d)")
_AMERICAN = re.compile(r"(?<!\d)(?:1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}(?!\d)")
# A trunk zero and at least one separator: 020 7946 0958, 030/123456, 06 12 34 56 78.
_TRUNK = re.compile(
    r"(?<!\d)(?:0[1-9](?:[ .-]\d{2}){4}|\(?0[1-9]\d{0,4}\)?[ /.-]\d{3,8}(?:[ .-]\d{3,6}){0,2})(?!\d)"
)
_BARE = re.compile(r"(?<!\d)\(?\d(?:[ .\-/()]{0,2}\d){6,13}(?!\d)")
_PHONE_WORDS = frozenset(
    [
        "phone",
        "telephone",
        "tel",
        "call",
        "calls",
        "called",
        "cell",
        "cellphone",
        "mobile",
        "fax",
        "whatsapp",
        "sms",
        "text",
        "ring",
        "reach",
        "dial",
        "telefon",
        "handy",
        "mobil",
        "mobilnummer",
        "rufnummer",
        "anrufen",
        "telefonnummer",
        "teléfono",
        "telefono",
        "móvil",
        "movil",
        "celular",
        "téléphone",
        "tél",
        "portable",
        "cellulare",
    ]
)
# ITU-T E.164: every country code begins with one of these.
_CODES = re.compile(
    r"1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|2[1-6]\d|29\d|3[578]\d|42\d|5[09]\d"
    r"|6[789]\d|8[0578]\d|9[679]\d"
)
_NOBODYS = re.compile(r"(?:\+?1[ .-]?)?\(?(?:800|833|844|855|866|877|888|900)\b|0[89]00\b|0800\b")


def find_phone(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Numbers of people. Toll-free and premium numbers, dates, prices and order numbers are not meant."""
    for pattern, least, most, confidence in _FORMS:
        for match in pattern.finditer(text, start, end):
            if _is_phone(text, match, least, most):
                yield PersonalData(match.start(), match.end(), "phone", confidence)
    for match in _BARE.finditer(text, start, end):
        if says(words_before(text, match.start()), _PHONE_WORDS) and _is_phone(text, match, 7, 13):
            yield PersonalData(match.start(), match.end(), "phone", 0.7)


_FORMS = ((_INTERNATIONAL, 8, 15, 0.95), (_AMERICAN, 10, 11, 0.85), (_TRUNK, 9, 12, 0.7))


def _is_phone(text: str, match: re.Match[str], least: int, most: int) -> bool:
    digits = sum(map(str.isdigit, match[0]))
    if not least <= digits <= most or not stands_alone(text, *match.span()):
        return False
    if _NOBODYS.match(match[0]) or names_another_number(text, match.start()):
        return False
    if match.re is _INTERNATIONAL:  # one that begins with 00 and no group may be anything
        return _CODES.match(match[0].lstrip("+0 (")) is not None
    return not _reads_as_date(match[0])


_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2}")


def _reads_as_date(written: str) -> bool:
    return _DATE.match(written) is not None
