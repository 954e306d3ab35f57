"""Numbers of identity cards, registers and US social security: each has a form of its own, or a word."""

import re
from collections.abc import Iterator
from functools import cache, partial

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._context import stands_alone
from aboveboard.privacy.patterns._labels import is_labelled, label, labelled, right_before, trigger
from aboveboard.privacy.patterns.families import _check_digits as checks
from aboveboard.privacy.patterns.families._shapes import MISTYPED, is_varied
from aboveboard.privacy.patterns.families._standard import is_standard

_CARD = (
    r"(?:bundes)?personalausweis(?:-?(?:nummer|nr))?|ausweis-?(?:nummer|nr)|perso(?:nalausweis)?-?(?:nummer|nr)?"
    r"|seriennummer des (?:personal)?ausweises|aufenthaltstitel(?:-?(?:nummer|nr))?"
)
GERMAN_CARD = labelled(
    "national-id",
    _CARD,
    r"[CFGHJKLMNPRTVWXYZ](?=[A-Z]{0,7}\d)[CFGHJKLMNPRTVWXYZ0-9]{8}(?: ?\d(?:<{0,2}D)?)?",
    0.9,
    checks.is_german_document,
)
"""The serial number of a German identity card or residence permit, perhaps with its check digit."""
GERMAN_CARD_TRIGGER = trigger(
    r"bundespersonalausweis|personalausweis|ausweis|perso\b|perso-?n|aufenthaltst|seriennummer des"
)

_HONG_KONG = re.compile(r"(?<!\w)[A-Z]{1,2}\d{6}\([0-9A]\)(?!\w)")
HONG_KONG_TRIGGER = r"\b[A-Z]{1,2}[0-9]{6}\([0-9A]\)"


def find_hong_kong_id(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Identity cards of Hong Kong, by their check digit in parentheses."""
    for match in _HONG_KONG.finditer(text, start, end):
        if checks.is_hong_kong_id(match[0]):
            yield PersonalData(match.start(), match.end(), "national-id", 0.95)


_COLLEGIATE = r"n[.oº°]{0,2}\s?col(?:egiad[oa])?|colegiad[oa]|collegiate|lanr|arztnummer|rpps|adeli|gmc|nmc"
COLLEGIATE = labelled("national-id", _COLLEGIATE, r"\d{2}(?: \d{2,6}){1,2}|\d[\d./-]{3,13}\d", 0.85)
"""Numbers under which the professions' registers keep a person."""
COLLEGIATE_TRIGGER = trigger(r"n.{0,3}col|colegiad|collegiate|lanr|arztnummer|rpps|adeli|gmc|nmc")

ANY_ID = labelled(
    "national-id",
    r"(?:national|personal|citizen|government)[ -](?:id|identity|identification)(?: card)?"
    r"|(?:national )?(?:identity|id)[ -](?:card|number)|documento(?: nacional)? de identidad"
    r"|carta d['i ]identità(?: elettronica)?|carte (?:nationale )?d'identité|carte nationale|cnie?"
    rf"|{_CARD}|identiteitskaart(?:nummer)?|id-kaart(?:nummer)?|documentnummer"
    r"|dow(?:ód|odu) osobist(?:y|ego)|(?:nr|numer|seria i numer) dowodu(?: osobistego)?"
    r"|bilhete de identidade|cartão de cidadão|(?:tarjeta|c[eé]dula|carn[eé]t?) de identidad"
    r"|občansk(?:ý|ého) průkazu?|nationellt id-kort|id-kort"
    r"|emirates id|philsys|umid|national identification|mykad|hkid",
    r"(?!\d{1,4}[./-]\d\d?[./-]\d{2,4}(?!\d))[A-Z]{0,3}\d[\dA-Z./-]{5,15}(?<![./-])|[A-Z]{2}\d{5}[A-Z]{2}",
    0.75,
)
"""A number that its label calls that of an identity card, whatever the country."""
ANY_ID_TRIGGER = trigger(
    r"(?:national|personal|citizen|government)[ -](?:id|identi)|(?:identity|id)[ -](?:card|number)"
    r"|documento|carta d|carte |tarjeta de|c[eé]dula de|carn[eé]t? de|cnie?\b|identiteitskaart|id-kaart"
    r"|documentnummer|dow[oó]d|(?:nr|numer) dowodu|seria i numer|bilhete|cartão|ob.ansk|nationellt|id-kort"
    r"|emirates id|philsys|umid\b|mykad|hkid|bundespersonal|personalausweis|ausweis|perso\b|perso-?n"
    r"|aufenthaltst|seriennummer des"
)

_SSN = re.compile(r"(?<![\w-])\d{3}([ -]?)\d{2}\1\d{4}(?!\w)")
_SSN_LABEL = label(r"ssn|social(?: security)?|soc ?sec|sozialversicherungsnummer \(us\)")
_SSN_NAME = cache(partial(right_before, "ssn|social security|soc ?sec"))
SSN_TRIGGER = r"(?i)\b(?:[0-9]{3}-[0-9]{2}-[0-9]{4}\b|ssn|social|soc ?sec)"


def find_ssn(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """US social security numbers: with dashes, or in any form after words that say so (42 U.S.C. 405)."""
    for match in _SSN.finditer(text, start, end):
        if match[1] != "-" and not is_labelled(text, match.start(), _SSN_LABEL):
            continue
        if not stands_alone(text, *match.span()):
            continue
        if is_standard("us.ssn", _dashed(match[0])):
            yield PersonalData(match.start(), match.end(), "ssn", 0.95)
        elif is_varied(match[0]) and is_labelled(text, match.start(), _SSN_NAME()):
            yield PersonalData(match.start(), match.end(), "ssn", MISTYPED)


def _dashed(written: str) -> str:
    digits = written.replace(" ", "").replace("-", "")
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"
