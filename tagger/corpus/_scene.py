# ruff: noqa: E501 - tables of words: one long line reads better than a column
"""What one text speaks of: the people, addresses and things its slots ask for."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from ._addresses import Address, Addresses, house_number, postcode
from ._example import Piece
from ._lexicon import lexicon
from ._organisations import Organisations
from ._people import Names, Person, initialled, listed, written
from ._places import countries, regions

_ORGANISATIONS = frozenset(
    ("company", "hospital", "school", "court", "authority", "bank", "club", "paper", "party", "ngo")
)
_MAILS = (
    "example.com",
    "mail.example",
    "gmail.com",
    "outlook.com",
    "web.de",
    "yahoo.es",
    "orange.fr",
    "libero.it",
    "hotmail.com",
)


@dataclass(slots=True)
class Scene:
    """Fills slots; slots with the same number speak of the same person or address."""

    rng: Random
    language: str
    held_out: bool
    names: Names = field(init=False)
    addresses: Addresses = field(init=False)
    organisations: Organisations = field(init=False)
    people: dict[str, Person] = field(default_factory=dict)
    known: dict[str, Address] = field(default_factory=dict)
    companies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = Names(self.rng, self.language, self.held_out)
        self.addresses = Addresses(self.rng, self.language, self.names)
        self.organisations = Organisations(self.rng, self.language, self.names)

    @property
    def origin(self) -> str:
        return next(iter(self.people.values())).origin if self.people else ""

    def fill(self, name: str, number: str) -> list[Piece]:
        """The pieces of one slot. Raises KeyError for a slot nobody knows."""
        if name in _PEOPLE:
            return [(_PEOPLE[name](self, self.person(number)), "person")]
        if name in _ORGANISATIONS:
            return [(self.organisations.kind(name), "organisation")]
        if name in _ADDRESSES:
            return _ADDRESSES[name](self, self.address(number))
        if name in _SPECIAL:
            return _SPECIAL[name](self, number)
        if name in _THINGS:
            return [(_THINGS[name](self), "")]
        return [(self.rng.choice(lexicon(self.language)[name]), "")]

    def person(self, number: str) -> Person:
        if not number:
            number = f"new{len(self.people)}"
        if number not in self.people:
            self.people[number] = self.names.person()
        return self.people[number]

    def address(self, number: str) -> Address:
        if number not in self.known or not number:
            self.known[number] = self.addresses.draw()
        return self.known[number]

    def organisation(self, number: str) -> str:
        if number not in self.companies or not number:
            self.companies[number] = self.organisations.any()
        return self.companies[number]


def _any_form(scene: Scene, person: Person) -> str:
    chance = scene.rng.random()
    if chance < 0.34:
        return person.call
    return person.family if chance < 0.44 else written(person, scene.rng)


_PEOPLE: dict[str, Callable[[Scene, Person], str]] = {
    "person": _any_form,
    "full": lambda scene, person: written(person, scene.rng),
    "given": lambda scene, person: person.call,
    "givens": lambda scene, person: " ".join(person.given),
    "family": lambda scene, person: person.family,
    "listed": lambda scene, person: listed(person, scene.rng),
    "initialled": lambda scene, person: initialled(person, scene.rng),
    "initial": lambda scene, person: f"{person.family[0]}." if scene.rng.random() < 0.6 else f"{person.call[0]}. {person.family[0]}.",
    "caps": lambda scene, person: written(person, scene.rng).upper(),
}  # fmt: skip


def _street(scene: Scene, address: Address) -> list[Piece]:
    unit = f", {address.unit}" if address.unit and scene.rng.random() < 0.3 else ""
    return [(address.street + unit, "address")]


def _line(scene: Scene, address: Address) -> list[Piece]:
    """An address of any kind on one line."""
    chance = scene.rng.random()
    if chance < 0.05:
        return [(scene.addresses.corner(address.country), "address")]
    if chance < 0.08:
        return [(f"{scene.addresses.box()}, {address.postcode} {address.town}", "address")]
    if chance < 0.11:
        return [(scene.addresses.military().replace("\n", scene.rng.choice((", ", "\n"))), "address")]
    if chance < 0.3:
        return _street(scene, address)
    lines = address.lines(scene.rng.random() < 0.35, scene.rng.random() < 0.4)
    joint = scene.rng.choice((", ", ", ", ", ", " ", " - ", "; ", ",\n", " / ", "\n"))
    return [(joint.join(lines), "address")]


def _block(scene: Scene, address: Address) -> list[Piece]:
    """An address on several lines, indented now and then."""
    rng = scene.rng
    lines = address.lines(rng.random() < 0.5, rng.random() < 0.45)
    if rng.random() < 0.2 and len(lines) > 2:
        at = rng.randrange(1, len(lines))
        lines[at - 1 : at + 1] = [f"{lines[at - 1]}{rng.choice((', ', ' '))}{lines[at]}"]
    joint = "\n" + rng.choice(("", "", "", " ", "  ", "    ", "\t"))
    return [(rng.choice((joint, joint, joint, f",{joint}")).join(lines), "address")]


def _split_block(scene: Scene, address: Address) -> list[Piece]:
    """A block whose lines carry a mark of their own ("> ", "| ", "??? "), each line a span."""
    mark = scene.rng.choice(("> ", "| ", "* ", "- ", "// ", "# ", "??? ", "• ", "\t"))
    pieces: list[Piece] = []
    for line in address.lines(True, scene.rng.random() < 0.5):
        pieces += [(mark, ""), (line, "address"), ("\n", "")]
    return pieces[:-1]


def _ziptown(scene: Scene, address: Address) -> list[Piece]:
    region = f" ({address.region})" if address.region and scene.rng.random() < 0.3 else ""
    return [(f"{address.postcode} {address.town}{region}".strip(), "place")]


_ADDRESSES: dict[str, Callable[[Scene, Address], list[Piece]]] = {
    "street": _street,
    "road": lambda scene, address: [(scene.addresses.road(address.country), "address")],
    "address": _line,
    "block": _block,
    "marked": _split_block,
    "ziptown": _ziptown,
    "town": lambda scene, address: [(_cased(scene, address.town), "place")],
    "corner": lambda scene, address: [(scene.addresses.corner(address.country), "address")],
    "zip": lambda scene, address: [(address.postcode or "00000", "")],
}


def _cased(scene: Scene, town: str) -> str:
    return town.upper() if scene.rng.random() < 0.05 else town


def _place(scene: Scene, number: str) -> list[Piece]:
    chance = scene.rng.random()
    if chance < 0.5:
        return _ADDRESSES["town"](scene, scene.address(number))
    listed_ = countries(scene.language) if chance < 0.8 else regions(scene.language)
    return [(scene.rng.choice(listed_), "place")] if listed_ else []


def _lettered(scene: Scene) -> str:
    """A company made unrecognisable, as published decisions have it: "X-GmbH", "R … AG", "S. KG"."""
    letter = scene.rng.choice("ABCDEFGHKLMNPRSTVWX") + scene.rng.choice(("", "", "", "B", "V", "K"))
    form = scene.rng.choice(
        ("GmbH", "AG", "KG", "GmbH & Co. KG", "Bank", "Klinik", "SE", "OHG", "e. V.", "Versicherung")
    )
    return letter + scene.rng.choice(("-", "-", " ", " … ", "... ", ". ")) + form


def _without_article(pieces: list[Piece]) -> list[Piece]:
    """An English article stays outside the span."""
    text, kind = pieces[0]
    return [("the ", ""), (text[4:], kind)] if text.startswith("the ") else pieces


_SPECIAL: dict[str, Callable[[Scene, str], list[Piece]]] = {
    "place": lambda scene, number: _without_article(_place(scene, number)),
    "country": lambda scene, number: _without_article(
        [(scene.rng.choice(countries(scene.language)), "place")]
    ),
    "region": lambda scene, number: _without_article([(scene.rng.choice(regions(scene.language)), "place")]),
    "org": lambda scene, number: [(scene.organisation(number), "organisation")],
    "military": lambda scene, number: [(scene.addresses.military(), "address")],
    "box": lambda scene, number: [(scene.addresses.box(), "address")],
    "anon": lambda scene, number: [(_lettered(scene), "organisation")],
    "initialplace": lambda scene, number: [
        (
            scene.rng.choice(("{}", "{} …", "{}.", "{}-Stadt", "{}...")).format(
                scene.rng.choice("ABDEFGHKLMNPRSTW")
            ),
            "place",
        )
    ],
    "brand": lambda scene, number: [(scene.organisations.brand(), "organisation")],
}


def _digits(scene: Scene, form: str) -> str:
    return postcode(form, scene.rng)


def _date(scene: Scene) -> str:
    rng = scene.rng
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1935, 2027)
    name = rng.choice(lexicon(scene.language)["month"])
    forms = (
        f"{day:02}/{month:02}/{year}", f"{day}.{month}.{year}", f"{year}-{month:02}-{day:02}", f"{day} {name} {year}", f"{day}. {name} {year}", f"{name} {day}, {year}",
        f"{month}/{day}/{year % 100:02}", f"{day} {name}", f"{year}-{month:02}-{day:02} {rng.randint(0, 23):02}:{rng.randint(0, 59):02}", f"{day:02}.{month:02}.{year}",
    )  # fmt: skip
    return rng.choice(forms)


def _phone(scene: Scene) -> str:
    return _digits(
        scene,
        scene.rng.choice(
            (
                "+## ### ######",
                "(###) ###-####",
                "0## ########",
                "+1 ### ### ####",
                "###-###-####",
                "0### ## ## ##",
                "6## ### ###",
                "## ## ## ## ##",
            )
        ),
    )


def _mail(scene: Scene) -> str:
    letters = "".join(scene.rng.choice(string.ascii_lowercase) for _ in range(scene.rng.randint(4, 12)))
    return f"{letters}@{scene.rng.choice(_MAILS)}"


_THINGS: dict[str, Callable[[Scene], str]] = {
    "date": _date,
    "phone": _phone,
    "email": _mail,
    "time": lambda scene: f"{scene.rng.randint(0, 23)}:{scene.rng.randint(0, 59):02}",
    "year": lambda scene: str(scene.rng.randint(1900, 2027)),
    "age": lambda scene: str(scene.rng.randint(1, 99)),
    "n": lambda scene: str(scene.rng.randint(1, scene.rng.choice((5, 20, 100)))),
    "num": lambda scene: house_number(scene.rng),
    "money": lambda scene: f"{scene.rng.choice(('$', '€', '£', ''))}{scene.rng.randint(1, 9999)}{scene.rng.choice(('', '.50', ',00', ' EUR', ' USD', ',90 €'))}",
    "id": lambda scene: _digits(scene, scene.rng.choice(("########", "@@-######", "#######", "@######", "## ## #####", "####-####", "## ######## ##", "########@"))),
    "card": lambda scene: _digits(scene, scene.rng.choice(("################", "#### #### #### ####", "###############"))),
    "iban": lambda scene: _digits(scene, scene.rng.choice(("@@## #### #### #### #### ##", "@@####################", "@@##@@@@##############"))),
    "docket": lambda scene: _digits(scene, scene.rng.choice(("# @@ ##/##", "@@ ###/##", "#:##-cv-#####", "##/####", "@-###/##", "@ @@ ##/##"))),
    "ip": lambda scene: ".".join(str(scene.rng.randint(1, 254)) for _ in range(4)),
    "url": lambda scene: f"https://{scene.rng.choice(('www.', '', 'app.'))}{_mail(scene).partition('@')[0]}.{scene.rng.choice(('com', 'de', 'es', 'org', 'it', 'fr'))}/",
    "postcode": lambda scene: _digits(scene, scene.rng.choice(("#####", "####", "@@# #@@", "#####-####"))),
    "letter": lambda scene: scene.rng.choice("ABCDEFGHKLMNPQRSTX"),
}  # fmt: skip
SLOTS = frozenset((*_PEOPLE, *_ORGANISATIONS, *_ADDRESSES, *_SPECIAL, *_THINGS))
