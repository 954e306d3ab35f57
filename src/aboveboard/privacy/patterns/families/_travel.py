"""Papers that people carry: passports, and licences to drive."""

import re
from collections.abc import Iterator

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._labels import labelled, trigger
from aboveboard.privacy.patterns.families._check_digits import document_check

_PASSPORT = (
    r"passport|reisepass(?:nummer|nr)?|pass-?(?:nr|nummer)|pasaporte|passeport|passaporto"
    r"|passaporte|paspoort|paszport"
)
PASSPORT = labelled(
    "passport",
    _PASSPORT,
    r"[A-Z]{0,3} ?\d{6,9}[A-Z]?|[A-Z]\d{2}[A-Z]{2}\d{5}"
    r"|[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}(?<=\d.)\d?|\d{2}[A-Z]{2}\d{5}",
    0.9,
)
"""A passport's number after a word for it; forms of most countries (ICAO Doc 9303 allows nine characters)."""
PASSPORT_TRIGGER = trigger("passport|reisepass|pass-?n|pasaporte|passeport|passaport|paspoort|paszport")

_ZONE = re.compile(
    r"(?<![\w<])([A-Z0-9<]{9})(\d)([A-Z<]{3})(\d{6})(\d)([MFX<])(\d{6})(\d)[A-Z0-9<]{0,16}(?![\w<])"
)
_NAMES = re.compile(r"(?<![\w<])(?:P[A-Z<]|[ACI][A-Z<])[A-Z<]{3}[A-Z0-9]{1,39}<<?[A-Z0-9<]{5,40}(?![\w<])")
ZONE_TRIGGER = r"[0-9][A-Z<]{3}[0-9]{7}[MFX<][0-9]{7}|\b[PACI][A-Z<][A-Z<]{3}[A-Z0-9]{1,20}<"


def find_machine_readable(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Machine-readable lines of passports and cards, by their check digits (ICAO Doc 9303, parts 4 to 6), and
    the lines of names above them.
    """
    for match in _ZONE.finditer(text, start, end):
        number, check, _, born, born_check, _, until, until_check = match.groups()
        parts = ((number, check), (born, born_check), (until, until_check))
        if all(document_check(part) == int(digit) for part, digit in parts):
            yield PersonalData(match.start(), match.end(), "passport", 1.0)
    for match in _NAMES.finditer(text, start, end):
        if "<<" in match[0]:
            yield PersonalData(match.start(), match.end(), "passport", 0.9)


_LICENCE = (
    r"(?:driver'?s?'?|driving|operator'?s?)[ -]?(?:licen[cs]e|permit)|dl|d\.l|dvla|führerschein(?:nummer|nr)?"
    r"|permiso de conduc(?:ir|ción)|carn[eé]t? de conducir|licencia de conduc(?:ir|ción)"
    r"|permis(?: de conduire)?"
    r"|patente(?: di guida)?|carta de condução|rijbewijs(?:nummer)?|prawo jazdy"
)
LICENCE = labelled(
    "driving-licence",
    _LICENCE,
    r"[A-Z9]{5}\d{6}[A-Z9]{2}\d[A-Z]{2}|[A-Z]\d{2}[0-9A-Z]{6}\d[0-9A-Z]"
    r"|[A-Z]{1,2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{4,8}"
    r"|[A-Z]\d{3}[- ]\d{4}[- ]\d{4}(?:[- ]\d{2,4})?|[A-Z]\d{3}-\d{3}-\d{2}-\d{3}-\d"
    r"|\d{2,4}[ -]\d{2,3}[ -]\d{3,4}(?:[ -]\d{3})?"
    r"|[A-Z]{1,3}\d{5,14}[A-Z]{0,2}|\d{5,14}[A-Z]{0,2}|\d{2}[A-Z]{2,3}\d{5}|\d{8}-?[A-Z]|[A-Z]{2}\d{7}[A-Z]",
    0.85,
)
"""A driving licence's number after a word for it."""
LICENCE_TRIGGER = trigger(
    r"driv(?:er'?s?'?|ing)[ -]?(?:licen|permit)|operator'?s? ?licen|dl\b|d\.l\b|dvla\b"
    r"|führerschein|conducir|conducci"
    r"|permis\b|permis |patente|condução|rijbewijs|prawo jazdy"
)

_UK_LICENCE = re.compile(
    r"(?<!\w)[A-Z]{2,5}9{0,3}[0-9][0156][0-9](?:0[1-9]|[12]\d"
    r"|3[01])\d[A-Z][A-Z9][2-9][A-Z]{2}(?!\w)"
)
UK_LICENCE_TRIGGER = r"\b[A-Z9]{5}[0-9]{6}[A-Z][A-Z9][2-9][A-Z]{2}\b"


def find_uk_licence(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """British driver numbers: sixteen characters that hold a name, a birth date and initials (DVLA)."""
    for match in _UK_LICENCE.finditer(text, start, end):
        if len(match[0]) == 16 and match[0][7:9] != "00":
            yield PersonalData(match.start(), match.end(), "driving-licence", 0.9)
