"""Dates as people write them in five languages, and which of them are dates of birth."""

import re
from collections.abc import Iterator

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._context import stands_alone
from aboveboard.privacy.patterns._labels import is_labelled
from aboveboard.privacy.patterns._regions import CONTEXT, MONTH

_DAY, _MONTH = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|1[0-2])"
_YEAR = "(?:1[89]|20)[0-9]{2}"
_ORDINAL = r"(?:st|nd|rd|th|º|°|er|\.)?"
_OF = r"(?:[ -]|(?: of| de| del) )"
_NUMERIC = (
    rf"{_YEAR}(?P<a>[./-]){_MONTH}(?P=a){_DAY}(?:T\d\d:\d\d(?::\d\d(?:\.\d{{1,6}})?)?(?:Z|[+-]\d\d:?\d\d)?)?"
    rf"|(?:{_DAY}(?P<b>[./-]){_MONTH}(?P=b)|{_MONTH}(?P<c>[/-]){_DAY}(?P=c)){_YEAR}"
    rf"|(?:{_DAY}(?P<d>[/-]){_MONTH}(?P=d)|{_MONTH}/{_DAY}/|[0-3]\d\.[01]\d\.)\d{{2}}"
)
_WORDED = (
    rf"{_DAY}{_ORDINAL}{_OF}{MONTH}(?:\.?,?{_OF}(?:{_YEAR}|'?\d{{2}}(?!\d)))?"
    rf"|{MONTH}\.? {_DAY}(?:st|nd|rd|th)?(?:,? {_YEAR})?"
    rf"|{MONTH}\.?,?{_OF}{_YEAR}|(?:{_DAY}-)?{MONTH}-\d{{2}}"
)
_DATE = re.compile(rf"(?<![\w.])(?:{_NUMERIC}|{_WORDED})(?!\w)")
_MONTH_WORDS = (
    "jan|feb|fév|mar|mär|apr|avr|may|mai|maggio|mayo|jun|juin|jul|juil|aug|aoû|ago|sep|oct|okt|ott"
    "|nov|dec|déc|dez"
    "|dic|ene|abr|gen|mag|giu|lug|set"
)
DATE_TRIGGER = (
    r"\b[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}"
    rf"|\b(?i:{_MONTH_WORDS})[a-z]{{0,8}}[., -]{{1,2}}(?:del? |of )?[0-9]"
    rf"|[0-9].{{0,3}}[ -](?:de |of )?(?i:{_MONTH_WORDS})"
)


def find_date(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Days and months of a year; ISO 8601 and the usual orders; numbers of versions and sections are none."""
    for match in _dates(text, start, end):
        confidence = 0.9 if re.search(r"\d{4}", match[0]) else 0.7
        yield PersonalData(match.start(), match.end(), "date", confidence)


def _dates(text: str, start: int, end: int, form: re.Pattern[str] = _DATE) -> Iterator[re.Match[str]]:
    for match in form.finditer(text, start, end):
        if stands_alone(text, *match.span()) and not _is_plain_word(match[0]):
            yield match


def _is_plain_word(written: str) -> bool:
    """Whether what reads as a month is more likely a word: `may 5`, `mar 3`, `set 12`, `gen 2`."""
    word = re.match(r"[^\W\d]+", written)
    return word is not None and word[0] in ("may", "mar", "set", "gen", "mag", "jun", "mai")


_BORN_WORDS = (
    r"born|birth|birthday|birth[ _]?date|d\.? ?o\.? ?b\.?|geboren|geb\.|geb|geburtsdatum"
    r"|geburtstag|nacid[oa](?:/a|\(a\))?"
    r"|nacimiento|f\.? ?nac\.?|nació|née?|né\(e\)|nés|naissance|nat[oa](?:/a|\(a\))?|nacque|nascita"
    r"|nascimento|nascid[oa]|urodzon[ay]|ur\.|geboortedatum|geb\.datum|født|född"
)
_BORN = re.compile(
    rf"(?:\b|_)(?:{_BORN_WORDS})(?:[\s:=()'*-]|\b(?:is|was|on|the|date|am|ist|vom|el|es|le|est|il|in data|of"
    rf"|de)\b){{0,6}}$"
)
BIRTH_TRIGGER = (
    r"(?i)\b(?:born|birth|d\.? ?o\.? ?b\b|gebor|geboort|geb\b|geburts|nacid|nacim|f\.? ?nac|nació|née"
    r"|né[ :,(s]|naiss|nat[oa]\b|nacque"
    r"|nascit|nascid|nascim|urodz|ur\.|født|född)"
)


# Day, month and year of two digits (`1.2.90`): without a word the number of a section.
_BORN_DATE = re.compile(rf"{_DATE.pattern}|(?<![\w.]){_DAY}(?P<e>[./-]){_MONTH}(?P=e)\d{{2}}(?!\w)")


def find_birth_date(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Dates after `born`, `DOB`, `date of birth` and the like in five languages; a year alone is none."""
    for match in _dates(text, start, end, _BORN_DATE):
        if is_labelled(text, match.start(), _BORN, CONTEXT):
            yield PersonalData(match.start(), match.end(), "birth-date", 0.9)


_CLOCK = re.compile(r"(?<!\w)[0-2]?\d:[0-5]\d(?::[0-5]\d(?:[.,]\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?(?!\w)")
_DAY_BEFORE = re.compile(rf"{_YEAR}-{_MONTH}-{_DAY},? \Z")
CLOCK_TRIGGER = r"[0-9]{1,2} [0-2][0-9]:[0-5][0-9]"


def find_clock(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """The time of day right after an ISO date."""
    for match in _CLOCK.finditer(text, start, end):
        if _DAY_BEFORE.search(text, max(0, match.start() - 12), match.start()):
            yield PersonalData(match.start(), match.end(), "date", 0.9)


_YEAR_ALONE = re.compile(r"(?<![\w.,/-])(?:19[2-9]\d|20[0-4]\d)(?![\w%°€$]|[.,/:-]\d)")
_IN_A_YEAR = re.compile(
    r"(?:(?<!\w)(?:(?i:in|since|until|until|from|by|during|circa|year|early|late|mid|en|desde|hasta"
    r"|año|im jahr|im jahre"
    r"|jahr|seit|bis|ab|depuis|jusqu'en|année|dal|nel|dall'anno|anno|fino al|del año|desde el"
    r"|hasta el|principios de|finales de|mediados de)"
    r"|[A-Z]\w+ (?:[Aa]ct )?of|(?i:summer|winter|spring|autumn|fall|class|end|beginning|start|verano"
    r"|invierno|primavera"
    r"|otoño|été|hiver|printemps|automne|estate|inverno|autunno)(?: of| de| del| dell')?|(?i:a"
    r"|the)(?= )) |\()\Z"
)
YEAR_TRIGGER = (
    r"(?:(?i:(?:été |\b(?:in|since|until|from|by|during|circa|year|early|late|mid|en|desde|hasta|año|jahre?"
    r"|seit|bis|ab|depuis"
    r"|année|dal|nel|anno|al|of|summer|winter|spring|autumn|fall|class|end|beginning|start|verano"
    r"|invierno|primavera"
    r"|otoño|hiver|printemps|automne|estate|inverno|autunno|de|del|a|the) ))|\()(?:19[2-9]|20[0-4])[0-9]\b"
)


def find_year(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """A year that the words before it call one (`in 1977`, `desde 2006`), or that stands in parentheses."""
    for match in _YEAR_ALONE.finditer(text, start, end):
        if _IN_A_YEAR.search(text, max(0, match.start() - CONTEXT + 1), match.start()):
            yield PersonalData(match.start(), match.end(), "date", 0.5)
