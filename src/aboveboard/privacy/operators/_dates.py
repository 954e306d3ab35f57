"""Dates as people write them, in English, German, Spanish, French and Italian."""

import re
from dataclasses import dataclass
from datetime import date

_MONTHS: tuple[tuple[str, ...], ...] = (
    ("jan", "january", "januar", "jänner", "enero", "ene", "janvier", "janv", "gennaio", "gen"),
    ("feb", "february", "februar", "febrero", "février", "févr", "febbraio"),
    ("mar", "march", "märz", "mär", "marzo", "mars"),
    ("apr", "april", "abril", "abr", "avril", "avr", "aprile"),
    ("may", "mai", "mayo", "maggio", "mag"),
    ("jun", "june", "juni", "junio", "juin", "giugno", "giu"),
    ("jul", "july", "juli", "julio", "juillet", "juil", "luglio", "lug"),
    ("aug", "august", "agosto", "ago", "août"),
    ("sep", "sept", "september", "septiembre", "septembre", "settembre", "set"),
    ("oct", "october", "oktober", "okt", "octubre", "octobre", "ottobre", "ott"),
    ("nov", "november", "noviembre", "novembre"),
    ("dec", "december", "dezember", "dez", "diciembre", "dic", "décembre", "déc", "dicembre"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_ISO = re.compile(r"(?<!\d)(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([-/. ]{1,2})(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[ -](?:(?:de|of) )?"
    r"([^\W\d_]{3,10})\.?,?[ -](?:del? )?(\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
LONGEST = 64


@dataclass(frozen=True, slots=True)
class Written:
    """A date and where it stands in the text; `day` is 0 when only the year is certain, as in 3/4/2024."""

    year: int
    month: int
    day: int
    start: int
    end: int


def read_date(text: str) -> Written | None:
    """The first date in a short text, None when there is none or nothing about it is certain."""
    text = text[:LONGEST]
    for read in (_read_iso, _read_numbers, _read_day_first, _read_month_first, _read_year):
        if (found := read(text)) is not None:
            return found
    return None


def _read_iso(text: str) -> Written | None:
    match = _ISO.search(text)
    return match and _checked(int(match[1]), int(match[3]), int(match[4]), match)


def _read_numbers(text: str) -> Written | None:
    match = _NUMBERS.search(text)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[3]), _full_year(match[4])
    if "." not in match[2] and first <= 12 and second <= 12 and first != second:
        return Written(year, 0, 0, *match.span())  # day and month cannot be told apart
    day, month = (second, first) if second > 12 else (first, second)
    return _checked(year, month, day, match)


def _full_year(digits: str) -> int:
    """Two digits are of this century up to 30, else of the last one (a birth in 1931, not in 2031)."""
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year <= 30 else 1900)


def _read_day_first(text: str) -> Written | None:
    match = _DAY_FIRST.search(text)
    return match and _checked(int(match[3]), _MONTH.get(match[2].casefold(), 0), int(match[1]), match)


def _read_month_first(text: str) -> Written | None:
    match = _MONTH_FIRST.search(text)
    return match and _checked(int(match[3]), _MONTH.get(match[1].casefold(), 0), int(match[2]), match)


def _read_year(text: str) -> Written | None:
    match = _YEAR.search(text)
    return match and Written(int(match[1]), 0, 0, *match.span())


def _checked(year: int, month: int, day: int, match: re.Match[str]) -> Written | None:
    try:
        date(year, month, day)
    except ValueError:
        return None
    return Written(year, month, day, *match.span())
