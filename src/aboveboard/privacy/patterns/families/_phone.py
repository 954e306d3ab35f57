"""Telephone numbers: international ones by their calling code, national ones by punctuation or a word before.

What a plan has in use is surer than what only has a possible length; numbers that nobody owns (toll-free,
premium) are not personal data.
"""

import re
from bisect import bisect_right, insort
from collections.abc import Iterator

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._context import names_another_number, stands_alone
from aboveboard.privacy.patterns._labels import WORD_END, WORD_START, is_labelled, trigger
from aboveboard.privacy.patterns.families._plans import calling_code, plan

_SEPARATED = r"(?:[ .\-/()]{0,2}\d)"
_EXTENSION = r"(?:,? ?(?:x|ext\.?|extension|durchwahl|poste|int\.?) ?\d{1,6})?"
_INTERNATIONAL = re.compile(
    rf"(?P<number>(?:\+ ?|(?<!\d)00[ -]?(?=[1-9]))\(?\d{_SEPARATED}{{6,15}}){_EXTENSION}(?!\w)"
)
_AMERICAN = re.compile(
    r"(?<!\d)(?P<number>(?:1[ .-])?(?:\([2-9]\d{2}\)[ -]?|[2-9]\d{2}(?P<mark>[ .-]))[2-9]\d{2}[ .-]\d{4})"
    rf"{_EXTENSION}(?!\w)"
)
# A trunk zero and at least one separator: 020 7946 0958, 030/123456, 06 12 34 56 78.
_TRUNK = re.compile(
    r"(?<!\d)(?P<number>0[1-9](?:[ .-]\d{2}){4}|\(?0[1-9]\d{0,4}\)?[ /.-]{1,2}\d{2,8}(?:[ .-]\d{2,6}){0,3})"
    rf"{_EXTENSION}(?!\w)"
)
_BARE = re.compile(rf"(?<!\d)(?P<number>\(?\d{_SEPARATED}{{6,13}}){_EXTENSION}(?!\w)")

_NOUNS = (
    r"(?:tele)?phones?|tel|telf|tfno|tfn|tlf|tlfn?|teléf|cell|cellphone|mobile|mob|fax|whatsapp"
    r"|signal|desk|direct line"
    r"|sms|pager|hotline|landline|telefon(?:nummer)?|handy(?:nummer)?|mobil(?:nummer|telefon)?"
    r"|rufnummer|festnetz"
    r"|teléfonos?|telefonos?|móvil|movil|celular|fijo|téléphone|tél|portable|fixe|cellulare|telefono|telefone"
    r"|telemóvel|telefoon(?:nummer)?|gsm|komórka"
)
_VERBS = (
    r"calls?|called|calling|text|texted|ring|dial(?:led)?|reach|contact|messag(?:e|es|ing)"
    r"|answering|registered|anrufen|(?:my|his|her|their|your|our|this|new|old) number|mi número"
    r"|meine nummer|mon numéro"
    r"|ruf(?:en?|t)?(?: sie)? (?:mich|uns|ihn|sie|bitte)|erreich(?:e|en|bar|st|t)|wählen sie"
    r"|ll[aá]m(?:ar|ad|en?|a)?(?:me|nos|lo|la|le)|llamar|llamad|llame|cont[aá]ct(?:ar|ad|en?|a)?(?:me|nos)"
    r"|escr[ií]b(?:ir|en?|a)?(?:me|nos)|marque|localizar(?:me|nos)"
    r"|appele[rz]|appelle[sz]?(?=-(?:moi|nous|l[ea]))|téléphone[rz]?|joindre"
    r"|joignez|joignables?|contacte[rz]?|composez"
    r"|chiam(?:a|ar|ate|i|ino)(?:mi|ci|lo|la)|chiamate?(?= al\b)"
    r"|telefona(?:re|te)?(?:mi|ci)?|contatta(?:re|te)?(?:mi|ci)?|raggiungibile|scrivimi|scriveteci"
)
_OTHER_NUMBER = r"(?:\+?[\d ().-]{7,20} ?(?:y|and|or|und|oder|et|ou|e|o|/|,|;) ?)?"
_GAP = r"(?:(?![.!?;]\s+\w{3})\D){0,32}?"
# For small letters.
_NAMED = re.compile(rf"{WORD_START}(?:{_NOUNS}){WORD_END}{_GAP}{_OTHER_NUMBER}\Z")
_ASKED = re.compile(rf"(?<!\w)(?:{_VERBS})(?!\w){_GAP}\Z")
PHONE_TRIGGER = (
    trigger(
        r"(?:tele)?phone|tel|tfn|tlf|tél|cell|mob|fax|whatsapp|signal|desk|direct line|sms"
        r"|pager|hotline"
        r"|landline|handy|rufnummer|festnetz|móvil|fijo|portable|fixe|gsm|call|text|ring\b|dial|reach|contact"
        r"|messag|answering|registered|anruf|(?:my|his|her|their|your|our|this|new|old) number"
        r"|mi número|meine nummer|mon numéro|ruf(?:en?|t)? |erreich|wählen sie|ll[aá]m(?:a|e|é)|cont[aá]ct"
        r"|escr[ií]b|marque |localizar|appel|téléphone|joindre|joign|composez|chiam|telefona"
        r"|contatta|raggiungib|scriv"
    )
    + r"|\+[ (]{0,2}[0-9]|\b00[ -]?[1-9]|[0-9]{3}[ .)-]{1,2}[0-9]{3}[ .-][0-9]{4}"
    r"|\b0[1-9][0-9]{0,4}\)?[ /.-]{1,2}[0-9]{2}"
)
# Plans whose numbers are written with a trunk zero and without a calling code.
_TRUNK_PLANS = (
    44,
    49,
    33,
    43,
    41,
    31,
    32,
    61,
    353,
    46,
    358,
    64,
    27,
    81,
    82,
    90,
    91,
    972,
    381,
    385,
    386,
    40,
    55,
)
_ITALY = 39  # its zero is part of the number
_ROUND = re.compile(r"\d{1,3}(?:[ .,]000)+|\d{1,3}(?:[.,]\d{3})+")
_DAY, _MONTH = "(?:0?[1-9]|[12]\\d|3[01])", "(?:0?[1-9]|1[0-2])"
_DATE = re.compile(
    rf"(?:{_DAY}[./-]{_MONTH}|{_MONTH}[./-]{_DAY})[./-]\d{{2,4}}|(?:19|20)\d{{2}}[./-]{_MONTH}[./-]{_DAY}"
    r"|(?:(?:1?\d?\d|2[0-4]\d|25[0-5])\.){3}(?:1?\d?\d|2[0-4]\d|25[0-5])\Z"
)
_NOBODYS = re.compile(r"\(?(?:1[ .-]?)?\(?(?:800|833|844|855|866|877|888|900)\b|0[89]00\b")


def find_phone(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Numbers of people and offices; not toll-free and premium ones, dates, prices and orders."""
    told: list[tuple[int, int]] = []
    for form, mark, sure in _FORMS:
        if text.find(mark, start, end) < 0 and (mark != "+" or text.find("00", start, end) < 0):
            continue
        for match in form.finditer(text, start, end):
            span = match.span()
            place = bisect_right(told, (span[0], end)) - 1
            if place >= 0 and told[place][1] >= span[1]:
                continue
            confidence = sure(text, match, end)
            if confidence and _is_free_standing(text, match):
                insort(told, span)
                yield PersonalData(*span, "phone", confidence)


def _is_free_standing(text: str, match: re.Match[str]) -> bool:
    return stands_alone(text, *match.span()) and not names_another_number(text, match.start())


def _digits(written: str) -> str:
    return written.translate(_MARKS)


_MARKS = str.maketrans("", "", " .-/()+")


def _international(_text: str, match: re.Match[str], _end: int) -> float:
    """How sure a number with `+` or `00` is, 0 for none."""
    written = match["number"]
    digits = _digits(written.replace("(0)", ""))
    digits = digits.removeprefix("00") if not written.startswith("+") else digits
    code = calling_code(digits)
    numbers = plan(code) if code else None
    if numbers is None:
        return 0.0
    national = digits[len(str(code)) :]
    if numbers.owned.fullmatch(national) or numbers.owned.fullmatch(national.removeprefix("0")):
        return 0.95
    if numbers.free.fullmatch(national) or len(national) not in numbers.lengths:
        return 0.0
    return 0.75 if written.startswith("+") or not written.isdigit() else 0.0


def _american(text: str, match: re.Match[str], end: int) -> float:
    if _NOBODYS.match(match["number"]) or _is_in_a_row(text, match, end):
        return 0.0
    numbers, national = plan(1), _digits(match["number"])[-10:]
    if numbers is not None and numbers.owned.fullmatch(national):
        return 0.9
    return 0.0 if match["mark"] == " " else 0.7


_DIGIT_BEFORE, _DIGIT_AFTER = re.compile(r"\d[,;]? "), re.compile(r"[,;]? \d")


def _is_in_a_row(text: str, match: re.Match[str], end: int) -> bool:
    """Whether three groups with spaces between them are a part of more numbers."""
    if match["mark"] != " ":
        return False
    before = text[max(0, match.start() - 3) : match.start()]
    return bool(_DIGIT_BEFORE.search(before) or _DIGIT_AFTER.match(text, match.end(), end))


def _trunk(_text: str, match: re.Match[str], _end: int) -> float:
    """How sure a number with a trunk zero is, 0 for none."""
    written = match["number"]
    digits = _digits(written)
    if not 9 <= len(digits) <= 12 or _DATE.match(written) or _NOBODYS.match(written):
        return 0.0
    is_owned = any(_is_owned(code, digits[1:]) for code in _TRUNK_PLANS) or _is_owned(_ITALY, digits)
    return 0.7 if is_owned else 0.0


def _is_owned(code: int, national: str) -> bool:
    numbers = plan(code)
    return numbers is not None and numbers.owned.fullmatch(national) is not None


def _asked_for(text: str, match: re.Match[str], _end: int) -> float:
    """How sure a number is that a word before it calls a telephone's, 0 for none."""
    written, place = match["number"], match.start()
    if not 7 <= len(_digits(written)) <= 13 or _DATE.match(written) or _NOBODYS.match(written):
        return 0.0
    if is_labelled(text, place, _NAMED):
        return 0.85
    return 0.7 if is_labelled(text, place, _ASKED) and not _ROUND.fullmatch(written) else 0.0


# How a number may be written, a mark that it then holds, and how sure it is.
_FORMS = (
    (_INTERNATIONAL, "+", _international),
    (_AMERICAN, "", _american),
    (_TRUNK, "0", _trunk),
    (_BARE, "", _asked_for),
)
