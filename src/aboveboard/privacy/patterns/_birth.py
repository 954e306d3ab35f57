"""Dates of birth: a date that the words before it call one."""

import re
from collections.abc import Iterator

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._context import left_of
from aboveboard.privacy.patterns._regions import MONTH

_ORDINAL = r"(?:st|nd|rd|th|º|°|er)?"
_DATE = re.compile(
    r"(?<!\w)(?:\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})"
    rf"|\d{{1,2}}{_ORDINAL}\.?(?:[ -]|(?: of| de) ){MONTH}\.?,?(?:[ -]| de )\d{{4}}"
    rf"|{MONTH}\.? \d{{1,2}}{_ORDINAL},? \d{{4}})(?!\w)"
)
_BORN = re.compile(
    r"\b(?:born|birth|birthday|birthdate|birth ?date|d\.? ?o\.? ?b\.?|geboren|geb\.|geburtsdatum|geburtstag"
    r"|nacid[oa]"
    r"|nacimiento|naci[oó]|née?|naissance|nat[oa]|nascita)"
    r"(?:[\s:=()'-]|\b(?:is|was|on|the|date|am|ist|vom|el|es|le|est|il|in data)\b){0,6}$",
    re.IGNORECASE,
)


def find_birth_date(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Dates after `born`, `DOB`, `date of birth` and the like in five languages; a year alone is none."""
    for match in _DATE.finditer(text, start, end):
        if _BORN.search(left_of(text, match.start())):
            yield PersonalData(match.start(), match.end(), "birth-date", 0.9)
