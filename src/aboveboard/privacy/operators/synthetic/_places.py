"""Places, addresses and organisations."""

import re

from aboveboard.privacy.operators.synthetic._draw import Draw
from aboveboard.privacy.operators.synthetic._faker import countries, drawn

DEFAULT = "en_US"
_COUNTRIES = ("en_US", "de_DE", "es_ES", "fr_FR", "it_IT")
# How streets are called tells the language of an address.
_STREETS = {
    "de_DE": re.compile(r"str(?:aße|asse|\.)|\w(?:weg|platz|gasse|allee)\b", re.IGNORECASE),
    "es_ES": re.compile(r"\b(?:calle|avda|avenida|plaza|paseo|camino)\b|\bc/", re.IGNORECASE),
    "fr_FR": re.compile(r"\b(?:rue|avenue d|boulevard|chemin|impasse|quai)\b", re.IGNORECASE),
    "it_IT": re.compile(r"\b(?:via|viale|piazza|corso|largo|vicolo|strada)\b", re.IGNORECASE),
    "en_GB": re.compile(r"\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b"),
}


def make_place(value: str, draw: Draw, locale: str | None) -> str:
    """Another town, in the case of the first; for a country, a country."""
    random = draw(value, "place")
    home = next(
        (place for place in (locale, *_COUNTRIES) if place and value.casefold() in countries(place)), None
    )
    made = drawn("country", home, random) if home else drawn("city", locale or DEFAULT, random)
    return made.upper() if value.isupper() and len(value) > 2 else made


def make_address(value: str, draw: Draw, locale: str | None) -> str:
    """A street and number; with town and postcode when the original had several parts. Lines stay lines."""
    random, locale = draw(value, "address"), locale or _locale_of(value)
    if not re.search(r"[,\n]", value):
        return drawn("street_address", locale, random).replace("\n", " ")
    made = drawn("address", locale, random)
    return made if "\n" in value else made.replace("\n", ", ")


def _locale_of(address: str) -> str:
    return next((locale for locale, street in _STREETS.items() if street.search(address[:300])), DEFAULT)


def make_organisation(value: str, draw: Draw, locale: str | None) -> str:
    """Another company's name."""
    return drawn("company", locale or DEFAULT, draw(value, "organisation"))
