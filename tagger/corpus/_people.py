# ruff: noqa: E501, SIM905 - tables of words: one long line reads better than a column
"""People: drawn by origin, so that no origin is rare, and written in the forms names take."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from . import origins
from ._transliteration import unaccented

# Where names in a text of a language mostly come from; the rest is drawn evenly from all origins, so an
# origin's share is never below (1 - _HOME_SHARE) / number of origins, about one name in two hundred.
_HOME = {
    "en": (
        "english",
        "english",
        "english",
        "irish",
        "scottish",
        "welsh",
        "african-american",
        "latin-american",
        "indian",
    ),
    "de": ("german", "german", "german", "swiss", "turkish", "polish", "serbian"),
    "es": (
        "spanish",
        "spanish",
        "latin-american",
        "catalan",
        "mexican",
        "colombian",
        "basque",
        "galician",
        "andean",
    ),
    "fr": ("french", "french", "french", "quebecois", "maghrebi", "mandinka", "haitian", "swiss"),
    "it": ("italian", "italian", "italian", "albanian", "romanian", "maltese"),
}
_HOME_SHARE = 0.36
_NATIVE_SHARE = 0.02
# Origins of short names, of names that are words elsewhere, or that are written in many ways: drawn oftener.
_OFTENER = (
    "vietnamese chinese cantonese taiwanese korean hmong khmer burmese ethiopian zulu akan yoruba igbo hausa wolof congolese "
    "thai bengali norwegian mexican native-american"
).split()
_OFTENER_SHARE = 0.2
_PLAIN = {"vietnamese": 0.5}  # how often accents are left out, where not one time in five
_MIDDLE = ("Thị", "Văn", "Thi", "Van", "Hữu", "Đình", "Quốc", "Bá", "Kim", "Thi", "Van")
_IBERIAN = frozenset(
    "spanish latin-american catalan mexican colombian basque galician andean portuguese brazilian filipino maya-nahua cape-verdean".split()
)
_FAMILY_FIRST = frozenset(
    "chinese cantonese taiwanese korean vietnamese hungarian japanese khmer hmong".split()
)
_PARTICLES = {
    "dutch": ("van", "van de", "van der", "van den", "de", "ten", "ter", "in 't"), "german": ("von", "von der", "zu", "von und zu"),
    "swiss": ("von", "de"), "french": ("de", "du", "de la", "d'", "Le", "La"), "italian": ("De", "Di", "Della", "Dal", "D'", "Lo", "La"),
    "spanish": ("de", "de la", "del", "de los", "De la", "De"), "latin-american": ("de", "de la", "del", "De la"), "portuguese": ("da", "de", "dos", "do"),
    "brazilian": ("da", "de", "dos", "do"), "scottish": ("Mac", "Mc"), "irish": ("O'", "Mac", "Mc", "Ní", "Ó", "Nic"), "arab": ("al-", "Al-", "bin", "ibn", "Abu", "El"),
    "malay": ("bin", "binti"), "hebrew": ("Ben-", "Bar-"), "quebecois": ("St-", "de"), "luxembourgish": ("de", "von"), "swedish": ("af", "von"), "danish": ("af",),
    "maghrebi": ("Ben", "El", "Bel", "Aït"), "african-american": ("St.",), "welsh": ("ap", "ab"), "haitian": ("St.",),
}  # fmt: skip
_SUFFIXES = ("Jr.", "Jr", "Sr.", "II", "III", "IV", "PhD", "M.D.", "MD", "Esq.")


@dataclass(frozen=True, slots=True)
class Person:
    """One person's names: given names, the family name with what belongs to it, and the origin."""

    given: tuple[str, ...]
    family: str
    origin: str

    @property
    def call(self) -> str:
        return self.given[0]


@dataclass(slots=True)
class Names:
    """Draws people for texts of one language, from names to train on or from those held out."""

    rng: Random
    language: str
    held_out: bool

    def person(self) -> Person:
        origin = self._origin()
        rng = self.rng
        pool = origins.names(origin, "given", self.held_out)
        count = 2 if rng.random() < 0.14 else 1
        given = tuple(self._spelled(rng.choice(pool), origin) for _ in range(count))
        return Person(given, self._spelled(self._family(origin), origin), origin)

    def family(self) -> str:
        origin = self._origin()
        return self._spelled(self._family(origin), origin)

    def full(self) -> str:
        person = self.person()
        return f"{person.call} {person.family}"

    def _origin(self) -> str:
        chance = self.rng.random()
        if chance < _NATIVE_SHARE:
            return self.rng.choice(origins.native_scripts())
        if chance < _NATIVE_SHARE + _HOME_SHARE:
            return self.rng.choice(_HOME[self.language])
        if chance < _NATIVE_SHARE + _HOME_SHARE + _OFTENER_SHARE:
            return self.rng.choice(_OFTENER)
        return self.rng.choice(origins.origins())

    def _spelled(self, name: str, origin: str) -> str:
        """The name, now and then without accents, as people and machines abroad write it."""
        if name.isascii() or self.held_out or self.rng.random() >= _PLAIN.get(origin, 0.2):
            return name
        plain = unaccented(name)
        return plain if plain.isascii() and not origins.is_held_out(plain) else name

    def _family(self, origin: str) -> str:
        rng = self.rng
        pool = origins.names(origin, "family", self.held_out)
        name = rng.choice(pool)
        chance = rng.random()
        if origin in _IBERIAN and chance < 0.5:
            joint = (
                rng.choice((" ", " ", " ", " ", " y ", "-"))
                if origin not in ("portuguese", "brazilian")
                else " "
            )
            name = f"{name}{joint}{rng.choice(pool)}"
        elif chance < 0.06:
            name = f"{name}-{rng.choice(pool)}"
        elif chance < 0.08:
            name = f"{name} {rng.choice(pool)}"
        return (
            _with_particle(rng.choice(_PARTICLES[origin]), name)
            if origin in _PARTICLES and rng.random() < 0.12
            else name
        )


def names_of(rng: Random, language: str) -> Names:
    """People to train on, drawn for texts of a language."""
    return Names(rng, language, held_out=False)


def _with_particle(particle: str, name: str) -> str:
    if name.lower().startswith(particle.lower()):
        return name
    return particle + name if particle.endswith(("'", "-", "Mac", "Mc")) else f"{particle} {name}"


def written(person: Person, rng: Random) -> str:
    """The whole name in one of the forms it takes in running text."""
    chance = rng.random()
    if person.origin.endswith(("han-script", "hangul-script")):
        return person.family + person.call
    if person.origin in _FAMILY_FIRST and chance < 0.45:
        middle = f"{rng.choice(_MIDDLE)} " if person.origin == "vietnamese" and rng.random() < 0.5 else ""
        return f"{person.family} {middle}{' '.join(person.given)}"
    given = " ".join(person.given) if chance < 0.9 else "-".join(person.given)
    if chance < 0.08:
        given = f"{given} {rng.choice('ABCDEFGHIJKLMNOPRSTVW')}{rng.choice(('.', '.', ''))}"
    elif chance < 0.11:
        return initialled(person, rng)
    elif chance < 0.125:
        return f"{given} {person.family}{rng.choice((' ', ', '))}{rng.choice(_SUFFIXES)}"
    elif chance < 0.135:
        return f"{given} “{person.call[:4].rstrip()}” {person.family}"
    return f"{given} {person.family}"


def initialled(person: Person, rng: Random) -> str:
    """ "J. R. Smith", "J.R. Smith", "J Smith", "Smith J."."""
    letters = [name[0].upper() for name in person.given] + (
        [rng.choice("ABCDEFGHJKLMNPRST")] if rng.random() < 0.3 else []
    )
    dotted = rng.choice((". ".join(letters) + ".", ".".join(letters) + ".", " ".join(letters)))
    return f"{person.family} {dotted}" if rng.random() < 0.15 else f"{dotted} {person.family}"


def listed(person: Person, rng: Random) -> str:
    """ "Smith, John", as registers and bibliographies have it, at times with capitals."""
    family = person.family.upper() if rng.random() < 0.3 else person.family
    joint = ", " if rng.random() < 0.85 else " "
    return f"{family}{joint}{' '.join(person.given)}"
