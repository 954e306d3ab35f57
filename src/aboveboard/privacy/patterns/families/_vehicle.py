"""Vehicles: licence plates and vehicle identification numbers."""

import re
from collections.abc import Iterator

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._context import names_another_number, stands_alone
from aboveboard.privacy.patterns._labels import is_labelled, label, labelled, trigger
from aboveboard.privacy.patterns.families._check_digits import passes_vehicle_check

_VIN = re.compile(r"(?<!\w)[A-HJ-NPR-Z0-9]{17}(?!\w)")
_VIN_LABEL = label(
    r"vin|vehicle identification|chassis|fahrgestell(?:nummer|nr)?|fin"
    r"|fahrzeug-?ident(?:ifizierungs)?-?(?:nummer|nr)"
    r"|bastidor|châssis|telaio|numéro de série"
)
VIN_TRIGGER = r"\b[A-HJ-NPR-Z0-9]{13}[0-9]{4}\b"
_LEAST_LETTERS = 3


def find_vehicle_id(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Vehicle identification numbers (ISO 3779): by their check digit, or after words that say so."""
    for match in _VIN.finditer(text, start, end):
        letters = sum(map(str.isalpha, match[0]))
        if not _LEAST_LETTERS <= letters <= 14 or not match[0][-4:].isdigit():
            continue
        if is_labelled(text, match.start(), _VIN_LABEL):
            yield PersonalData(match.start(), match.end(), "vehicle-id", 0.95)
        elif passes_vehicle_check(match[0]) and match[0][0].isalnum() and stands_alone(text, *match.span()):
            yield PersonalData(match.start(), match.end(), "vehicle-id", 0.85)


_PLATE = (
    r"(?:licen[cs]e|number|registration|reg|vehicle)[ -]?plates?|plate|(?:vehicle|car) reg(?:istration)?|vrm"
    r"|kennzeichen|kfz-?kennzeichen|nummernschild|matr[ií]cula|immatriculation|plaque(?: d'immatriculation)?"
    r"|targa|kenteken|placa|tablica rejestracyjna"
)
_FORMS = (
    r"[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Z]"
    r"|\d{4} ?-?[BCDFGHJKLMNPRSTVWXYZ]{3}"
    r"|[A-ZÄÖÜ]{1,3}[ -][A-Z]{1,2}[ -]?\d{1,4}[EH]?|[A-Z]{2}[ -]?\d{3}[ -]?[A-Z]{2}"
    r"|[A-Z]{1,2}-\d{4}-[A-Z]{1,2}"
    r"|\d{1,2}-?[A-Z]{2,3}-?\d{1,2}|[A-Z]{1,3}[ -]?\d{2,5}[ -]?[A-Z]{0,3}|\d{1,3}[ -]?[A-Z]{2,3}[ -]?\d{1,3}"
)
PLATE = labelled("licence-plate", _PLATE, _FORMS, 0.85)
"""A plate after a word for it; forms of most European and American countries."""
PLATE_TRIGGER = trigger(
    r"(?:licen[cs]e|number|registration|reg|vehicle)[ -]?plate|plates?\b|(?:vehicle|car) reg|vrm\b"
    r"|kennzeichen"
    r"|kfz-?kenn|nummernschild|matr[ií]cula|immatric|plaque|targa\b|kenteken|placa\b|tablica"
)

# Without a word only the forms that little else has: AB12 CDE, B-MW 1234, 1234 BCD, AB-123-CD.
_STRICT = re.compile(
    r"(?<![\w-])(?:(?:[A-HJ-PR-Y][A-HJ-PR-Y])(?:0[1-9]|[1-7]\d)\ [A-HJ-PR-Z]{3}"
    r"|[A-HJ-NP-TV-Z]{2}-\d{3}-[A-HJ-NP-TV-Z]{2}|[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}\ [1-9]\d{1,3}[EH]?)(?![\w-])"
)
STRICT_PLATE_TRIGGER = (
    r"\b[A-Z]{2}[0-7][0-9] [A-Z]{3}\b|\b[A-Z]{2}-[0-9]{3}-[A-Z]{2}\b|[A-Z]-[A-Z]{1,2} [1-9][0-9]{1,3}"
)


def find_plate(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Plates in British, French, Italian and German form; the word before needs not say so."""
    for match in _STRICT.finditer(text, start, end):
        if stands_alone(text, *match.span()) and not names_another_number(text, match.start()):
            yield PersonalData(match.start(), match.end(), "licence-plate", 0.6)
