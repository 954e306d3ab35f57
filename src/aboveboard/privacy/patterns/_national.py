"""Numbers by which states know people. A weak check digit also needs a word that says what the number is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._context import names_another_number, says, stands_alone, words_before
from aboveboard.privacy.patterns._standard import is_standard


@dataclass(frozen=True, slots=True)
class NationalId:
    """A country's number: its form, its check digits (a stdnum module), the words it needs before it."""

    country: str
    form: re.Pattern[str]
    standard: str = ""
    words: frozenset[str] = frozenset()


def _id(country: str, form: str, standard: str = "", words: str = "") -> NationalId:
    return NationalId(country, re.compile(rf"(?<![\w-])(?:{form})(?!\w)"), standard, frozenset(words.split()))


_IDS = (
    _id("BE", r"\d{2}\.\d{2}\.\d{2}-\d{3}\.?\d{2}", "be.nn"),
    _id("BR", r"\d{3}\.\d{3}\.\d{3}-\d{2}", "br.cpf"),
    _id("CA", r"\d{3}[ -]?\d{3}[ -]?\d{3}", "ca.sin", "sin insurance"),
    _id("CH", r"756\.?\d{4}\.?\d{4}\.?\d{2}", "ch.ssn"),
    _id(
        "DE", r"\d{2} ?\d{3} ?\d{3} ?\d{3}", "de.idnr", "steuer steuerid idnr steueridentifikationsnummer tax"
    ),
    _id("ES", r"[XYZ]-?\d{7}-?[A-Z]", "es.nie"),
    _id("ES", r"\d{8}[ -]?[A-Z]", "es.dni"),
    _id("FI", r"\d{6}[-+A]\d{3}[0-9A-Y]", "fi.hetu"),
    _id("FR", r"[1-478] ?\d{2} ?\d{2} ?\d[0-9AB] ?\d{3} ?\d{3} ?\d{2}", "fr.nir"),
    _id("GB", r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]"),
    _id("GB", r"\d{3}[ -]?\d{3}[ -]?\d{4}", "gb.nhs", "nhs"),
    _id("IN", r"\d{4} ?\d{4} ?\d{4}", "in_.aadhaar", "aadhaar aadhar uidai"),
    _id("IT", r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]", "it.codicefiscale"),
    _id("NL", r"\d{9}", "nl.bsn", "bsn burgerservicenummer sofinummer"),
    _id("PL", r"\d{11}", "pl.pesel", "pesel"),
    _id("PT", r"\d{9}", "pt.nif", "nif contribuinte"),
    _id("SE", r"(?:\d{2})?\d{6}[-+]\d{4}", "se.personnummer"),
    _id("US", r"9\d{2}-\d{2}-\d{4}", "us.itin"),
)
_BARE = tuple(kind for kind in _IDS if not kind.words)
_ALL_WORDS = frozenset().union(*(kind.words for kind in _IDS))
_SSN = re.compile(r"(?<![\w-])\d{3}([ -]?)\d{2}\1\d{4}(?!\w)")
_SSN_WORDS = frozenset(("ssn", "social"))


def find_national_id(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Numbers of the countries listed above."""
    region = text[start:end]
    first = start + next((place for place, character in enumerate(region) if character.isdigit()), 0)
    words = words_before(text, first)
    for kind in _IDS if says(words, _ALL_WORDS) else _BARE:
        if kind.words and not says(words, kind.words):
            continue
        for match in kind.form.finditer(text, start, end):
            if _is_national_id(kind, text, match):
                yield PersonalData(match.start(), match.end(), "national-id", 0.9)


def _is_national_id(kind: NationalId, text: str, match: re.Match[str]) -> bool:
    if not stands_alone(text, *match.span()) or names_another_number(text, match.start()):
        return False
    return not kind.standard or is_standard(kind.standard, match[0])


def find_ssn(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """US social security numbers: with dashes, or in any form after words that say so (42 U.S.C. 405)."""
    for match in _SSN.finditer(text, start, end):
        is_named = says(words_before(text, match.start()), _SSN_WORDS)
        if not is_named and match[1] != "-":
            continue
        if is_standard("us.ssn", _dashed(match[0])) and stands_alone(text, *match.span()):
            yield PersonalData(match.start(), match.end(), "ssn", 0.95)


def _dashed(written: str) -> str:
    digits = written.replace(" ", "").replace("-", "")
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"
