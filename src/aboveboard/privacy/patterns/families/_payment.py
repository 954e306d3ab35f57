"""Numbers that pay: cards and international bank accounts."""

import re
from collections.abc import Iterator
from functools import cache, partial
from importlib import import_module
from string import ascii_uppercase

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._context import stands_alone
from aboveboard.privacy.patterns._labels import is_labelled, label, right_before
from aboveboard.privacy.patterns.families._check_digits import passes_luhn
from aboveboard.privacy.patterns.families._shapes import MISTYPED, is_varied

_CARD = re.compile(
    r"(?<!\d)(?:\d{4}([ .-]|  )\d{4}\1\d{4}\1\d{1,4}(?:\1\d{1,3})?|\d{4}([ .-]|  )\d{6}\2\d{4,5}"
    r"|\d{12,19})(?!\d)"
)
CARD_TRIGGER = (
    r"\b[0-9]{12,19}\b|[0-9]{4}[ .-]{1,2}[0-9]{4}[ .-]{1,2}[0-9]{4}"
    r"|[0-9]{4}[ .-]{1,2}[0-9]{6}[ .-]{1,2}[0-9]{4}"
)
_CARD_LABEL = label(
    r"(?:credit|debit|bank|payment|charge)?[ -]?cards?(?: ?(?:number|num|no|#))?|cc|visa|mastercard"
    r"|master card|maestro"
    r"|amex|american express|discover|diners|jcb|unionpay|kreditkarten?(?:nummer)?|kartennummer|karte"
    r"|ec-karte"
    r"|tarjeta(?: de (?:crédito|débito))?|carte(?: (?:de crédit|bancaire|bleue))?|carta(?: di credito)?|pan"
)
# Right after these a number with a wrong check digit is a mistyped one; words of more senses need a sign.
_CARD_NAME = cache(
    partial(
        right_before,
        r"(?:credit|debit|bank|payment)[ _-]?cards?|card[ _-]?(?:number|num|no)|visa|mastercard|amex"
        r"|american express|kreditkarten?(?:-?nummer)?|kartennummer|tarjeta(?: de (?:crédito|débito))?"
        r"|carte (?:de crédit|bancaire|bleue)|carta di credito"
        r"|(?:cards?|cc|pan|karte|carte|carta)(?=[\"']?\s?[:=]|\s(?:is|ist|est|è)\b)",
    )
)
_IBAN_NAME = cache(partial(right_before, "iban"))
_SEPARATORS = str.maketrans("", "", " .-")
# Issuer ranges: (lowest, highest prefix, lengths). ISO/IEC 7812; the networks' published ranges.
_ISSUERS = (
    (4, 4, (13, 16, 19)),
    (51, 55, (16,)),
    (2221, 2720, (16,)),
    (34, 34, (15,)),
    (37, 37, (15,)),
    (300, 305, (14, 16)),
    (36, 36, (14, 16, 19)),
    (38, 39, (14, 16)),
    (6011, 6011, (16, 19)),
    (644, 659, (16, 19)),
    (3528, 3589, (16, 19)),
    (62, 62, (16, 17, 18, 19)),
    (2200, 2204, (16,)),
)
_LENGTHS = {
    str(prefix): lengths for low, high, lengths in _ISSUERS for prefix in range(low, high + 1)
}  # looked up for one to four digits
_IBAN = re.compile(
    r"(?<!\w)(?:[A-Z]{2}\d{2}(?:(?: {1,2}|[.-])?[A-Z0-9]{4}){2,7}(?:(?: {1,2}|[.-])?[A-Z0-9]{1,4})?"
    r"|[a-z]{2}\d{2}(?:(?: {1,2}|[.-])?[a-z0-9]{4}){2,7}(?:(?: {1,2}|[.-])?[a-z0-9]{1,4})?)"
    r"(?!\w)"
)
IBAN_TRIGGER = r"\b(?:[A-Z]{2}|[a-z]{2})[0-9]{2}[ .-]{0,2}[A-Za-z0-9]{4}[ .-]{0,2}[A-Za-z0-9]{4}"
_LAST_GROUP = re.compile(r"[ .-]{1,2}[A-Za-z0-9]*$|^[A-Za-z0-9]*$")


def find_card(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Payment cards: the Luhn digit (ISO/IEC 7812-1 annex B) with an issuer's range and length, or a word."""
    for match in _CARD.finditer(text, start, end):
        digits = match[0].translate(_SEPARATORS)
        if stands_alone(text, *match.span()):
            confidence = _confidence(text, match, digits)
            if confidence:
                yield PersonalData(match.start(), match.end(), "card", confidence)


def _confidence(text: str, match: re.Match[str], digits: str) -> float:
    if not passes_luhn(digits):
        is_mistyped = _has_issuer(digits) and is_varied(digits)
        return MISTYPED if is_mistyped and is_labelled(text, match.start(), _CARD_NAME()) else 0.0
    # One plain number of 13 digits in ten passes for a card's; of 15 and more it is more likely a card.
    if _has_issuer(digits) and (len(digits) >= 15 or len(digits) < len(match[0])):
        return 1.0
    return 0.9 if int(digits) and is_labelled(text, match.start(), _CARD_LABEL) else 0.0


def _has_issuer(digits: str) -> bool:
    length = len(digits)
    return any(length in _LENGTHS.get(digits[:size], ()) for size in (1, 2, 4, 3))


def find_iban(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Bank accounts (ISO 13616), in groups or not. A run may hold words after it, so shorter ends are
    tried.
    """
    for match in _IBAN.finditer(text, start, end):
        finish, mistyped = match.end(), None
        while finish > match.start() + 14:
            written = text[match.start() : finish]
            number = written.translate(_SEPARATORS).upper()
            if _is_iban(number):
                yield PersonalData(match.start(), finish, "iban")
                break
            if not mistyped and _has_structure(number):
                mistyped = PersonalData(match.start(), finish, "iban", MISTYPED)
            finish = match.start() + len(_LAST_GROUP.sub("", written))
        else:
            if mistyped and is_varied(match[0]) and is_labelled(text, match.start(), _IBAN_NAME()):
                yield mistyped


def _is_iban(number: str) -> bool:
    """Whether the check digits (ISO 7064 MOD 97-10) and the country's structure are right."""
    rest = int("".join([_VALUES[character] for character in number[4:] + number[:4]])) % 97
    return rest == 1 and _has_structure(number)


def _has_structure(number: str) -> bool:
    structure = _structure(number[:2])
    return structure is not None and structure.fullmatch(number, 4) is not None


@cache
def _structure(country: str) -> re.Pattern[str] | None:
    """What a country's numbers look like after the check digits, by the register that stdnum ships."""
    numdb = import_module("stdnum.numdb")
    facts = numdb.get("iban").info(f"{country}{'0' * 30}")[0][1]
    parts = re.findall(r"([1-9][0-9]*)!([nac])", facts.get("bban", ""))
    form = "".join(f"[{_KINDS[kind]}]{{{length}}}" for length, kind in parts)
    return re.compile(form) if form else None


_KINDS = {"n": "0-9", "a": "A-Z", "c": "A-Z0-9"}
_VALUES = {character: str(value) for value, character in enumerate(f"0123456789{ascii_uppercase}")}
