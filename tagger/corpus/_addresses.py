"""Postal addresses put together from the parts and layouts of `_countries`."""

from __future__ import annotations

import string
from dataclasses import dataclass
from random import Random

from ._countries import BY_CODE, COUNTRIES, HOME, Country
from ._people import Names
from ._places import countries, towns

_HOME_SHARE = 0.55
_MILITARY = (
    "PSC {n}, Box {m}\nAPO {s} {z}",
    "Unit {n} Box {m}\nDPO {s} {z}",
    "CMR {n} Box {m}, APO {s} {z}",
    "USS {f}\nFPO {s} {z}",
    "USNS {f}, FPO {s} {z}",
)
_BOXES = {
    "en": (
        "PO Box {m}",
        "P.O. Box {m}",
        "Post Office Box {m}",
        "Private Bag {m}",
        "Locked Bag {m}",
        "RR {u} Box {m}",
        "Rural Route {u}, Box {m}",
        "HC {u} Box {m}",
    ),
    "de": ("Postfach {m}", "Postfach {u} {m} {n}", "Schließfach {m}"),
    "es": ("Apartado de Correos {m}", "Apdo. {m}", "Apartado {m}"),
    "fr": ("BP {m}", "B.P. {m}", "CS {m}", "Boîte postale {m}"),
    "it": ("Casella Postale {m}", "C.P. {m}"),
}
_CORNERS = {
    "en": (
        "the corner of {a} and {b}",
        "{a} and {b}",
        "{a} & {b}",
        "the intersection of {a} and {b}",
        "{a} at {b}",
        "corner of {a} and {b}",
    ),
    "de": ("Ecke {a} und {b}", "{a} Ecke {b}", "{a}/Ecke {b}"),
    "es": ("la esquina de {a} con {b}", "{a} esquina {b}", "{a} y {b}"),
    "fr": ("l'angle de {a} et {b}", "{a}, angle {b}"),
    "it": ("l'angolo tra {a} e {b}", "{a} angolo {b}"),
}
_ORDINALS = (
    "1st",
    "2nd",
    "3rd",
    "4th",
    "5th",
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "9th",
    "12th",
    "23rd",
    "42nd",
    "57th",
    "110th",
)


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of one address; parts that it lacks are empty."""

    country: Country
    street: str
    unit: str
    postcode: str
    town: str
    region: str
    country_name: str

    def lines(self, with_country: bool, with_unit: bool) -> list[str]:
        """The lines of its country's layout, without empty ones."""
        values = {
            "street": self.street,
            "unit": self.unit if with_unit else "",
            "zip": self.postcode,
            "town": self.town,
            "region": self.region,
            "country": self.country_name,
        }
        found = [_tidy(line.format_map(values)) for line in self.country.layout]
        return [line for line in found if line] + ([self.country_name] if with_country else [])


@dataclass(slots=True)
class Addresses:
    """Draws addresses for texts of one language."""

    rng: Random
    language: str
    people: Names

    def draw(self) -> Address:
        rng = self.rng
        country = (
            BY_CODE[rng.choice(HOME[self.language])] if rng.random() < _HOME_SHARE else rng.choice(COUNTRIES)
        )
        return Address(
            country=country,
            street=self.street(country),
            unit=self._filled(rng.choice(country.units), country) if country.units else "",
            postcode=postcode(country.postcode, rng),
            town=self.town(country.code),
            region=rng.choice(country.regions) if country.regions else "",
            country_name=rng.choice(countries(self.language)) if rng.random() < 0.3 else country.name,
        )

    def street(self, country: Country) -> str:
        """Street and house number, sometimes abroad in a layout of another country."""
        street = self._filled(self.rng.choice(country.streets), country)
        chance = self.rng.random()
        if chance < 0.06:
            return f"{self.rng.randint(1, 99999)} {street}"
        return f"{self.rng.randint(1, 9999)} {_without_number(street)}" if chance < 0.12 else street

    def road(self, country: Country) -> str:
        """A street without its number."""
        return _without_number(self._filled(self.rng.choice(country.streets), country))

    def town(self, code: str) -> str:
        known = towns()
        listed = known.get(code) or known[""]
        return self.rng.choice(listed.big if self.rng.random() < 0.25 else listed.every)

    def military(self) -> str:
        return self._filled(self.rng.choice(_MILITARY), BY_CODE["US"])

    def box(self) -> str:
        return self._filled(self.rng.choice(_BOXES[self.language]), BY_CODE["US"])

    def corner(self, country: Country) -> str:
        form = self.rng.choice(_CORNERS[self.language])
        streets = [self.road(country) if self.rng.random() < 0.7 else self.street(country) for _ in range(2)]
        return form.format(a=streets[0], b=streets[1])

    def _filled(self, form: str, country: Country) -> str:
        rng = self.rng
        if form.count("{w}") > 1:
            form = form.replace("{w}", rng.choice(country.words), 1)
        values = {
            "w": rng.choice(country.words),
            "t": rng.choice(country.types),
            "n": house_number(rng),
            "m": str(rng.randint(2, 9999)),
            "u": str(rng.randint(1, 30)),
            "l": rng.choice("abcdefgh"),
            "L": rng.choice("ABCDEFGH"),
            "o": rng.choice(_ORDINALS),
            "s": rng.choice(("AA", "AE", "AP")),
            "z": postcode("#####", rng),
            "f": self.people.family() if "{f}" in form else "",
            "p": self.people.full() if "{p}" in form else "",
        }
        return form.format_map(values)


def house_number(rng: Random) -> str:
    """Mostly short, sometimes up to five digits."""
    return str(rng.randint(1, rng.choice((20, 99, 99, 300, 999, 9999, 99999))))


def postcode(form: str, rng: Random) -> str:
    """A postcode of the form: # a digit, @ a capital letter."""
    signs = [
        rng.choice(string.digits)
        if sign == "#"
        else rng.choice("ABCDEFGHJKLMNPRSTVWXY")
        if sign == "@"
        else sign
        for sign in form
    ]
    return "".join(signs)


def _without_number(street: str) -> str:
    """Numbers cut from the two ends of a street, and the signs that joined them."""
    bare = street.strip("0123456789 ,.#-/º°").strip()
    for sign in (" nº", " No", " n", " No:", " número", ", s/n", " nr", " d"):
        bare = bare.removesuffix(sign)
    return bare.strip(" ,") or street


def _tidy(line: str) -> str:
    """The line without what an empty part leaves behind."""
    line = line.replace("()", "").replace(" ,", ",").strip(" ,-")
    return " ".join(line.split(" ")) if line else ""
