# ruff: noqa: SIM905 - words read better in one line
"""Text that machines write: numbers, codes, versions, tables, logs, source code; now and then with a person.

What is between letters and digits here is nobody's name, however odd it looks. Every line is put together at
random from parts, and words are drawn from a dictionary, so that no wording is learned.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator, Sequence

from tagger.encoding import Labelled
from tagger.ordinary import LANGUAGES, Ordinary, lexicon

_UNITS = tuple(
    "% mm cm m km g kg mg ml l s ms min h d kB MB GB Hz GHz V W kW mA °C °F K px pt mol nm Pa kPa bar rpm x "
    "EUR USD kcal tbsp tsp cup dB bp mM eV".split()
)
_KEYWORDS = tuple(
    "def class return import from for while if else elif try except with as lambda None True False self int "
    "str const let var function new public static void final null nil func struct enum impl fn match pub use "
    "SELECT FROM WHERE GROUP ORDER BY JOIN INSERT INTO VALUES CREATE TABLE echo export sudo make git".split()
)
_LEVELS = ("INFO", "WARN", "ERROR", "DEBUG", "notice", "level=info", "[warn]", "E", "W", "TRACE")
_JOINTS = ("", " ", " ", " ", "_", ".", "-", "/", ":", "::", "->", " = ", "=", ", ", ",", "; ", " | ", "\t")
_FORMULA = tuple("+ - = < > ≤ ≥ ≈ ± × · / ^ ∪ ∈ → ∑ ( ) [ ] { } π λ μ σ α β Δ x y z n i j k f e p".split())
_ROLES = ("author: {}", "user={}", "by {}", "# {}", "({})", '"name": "{}"', "-- {}", "owner {}", "cc {}")
_SHARE_WITH_PERSON = 0.2

Write = Callable[[random.Random, str], str]


def machine_examples(examples: Sequence[Labelled], seed: int, count: int) -> Iterator[Ordinary]:
    """So many texts of one to eight lines; people are those of the examples."""
    yield from texts_with_people(examples, f"machine {seed}", count, _KINDS)


def texts_with_people(
    examples: Sequence[Labelled], seed: str, count: int, kinds: Sequence[Write]
) -> Iterator[Ordinary]:
    """So many texts of one to eight lines of one kind, a fifth of them with a person of the examples."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    people = [
        each.text[start:end] for each in examples for start, end, kind in each.spans if kind == "person"
    ]
    for _ in range(count):
        yield _text(draw, people, draw.choice(kinds))


def _text(draw: random.Random, people: Sequence[str], kind: Write) -> Ordinary:
    language = draw.choice(LANGUAGES) if draw.random() < 0.4 else "en"
    text = "\n".join(kind(draw, language) for _ in range(draw.choice((1, 1, 1, 2, 3, 5, 8))))
    if not people or draw.random() >= _SHARE_WITH_PERSON:
        return Ordinary(text, (), language, "machine text")
    name, before = draw.choice(people), draw.choice(_ROLES).split("{}")
    start = len(text) + 1 + len(before[0])
    whole = f"{text} {before[0]}{name}{before[1]}"
    return Ordinary(whole, ((start, start + len(name), "person"),), language, "machine text")


def word(draw: random.Random, language: str) -> str:
    """A dictionary's word, now and then with a capital or in capitals."""
    drawn = lexicon(language).draw(draw)
    chance = draw.random()
    if chance < 0.75:
        return drawn
    return drawn.capitalize() if chance < 0.93 else drawn.upper()


def digits(draw: random.Random) -> str:
    """One to thirteen digits."""
    return "".join(draw.choices(string.digits, k=draw.choice((1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 13))))


def code(draw: random.Random) -> str:
    """Letters and digits as numbers of things have them."""
    letters = draw.choice(("0123456789abcdef", string.ascii_uppercase + string.digits, string.ascii_letters))
    return "".join(draw.choices(letters, k=draw.choice((1, 2, 2, 3, 4, 6, 7, 8, 12, 16, 24, 32, 40, 64))))


def number(draw: random.Random) -> str:
    """A number as texts have them, with signs and units."""
    parts = draw.choice((1, 1, 1, 2, 2, 3, 4))
    figures = draw.choice(".,:/-.").join(digits(draw) for _ in range(parts))
    sign = draw.choice(("", "", "", "", "-", "+", "#", "v", "~", "§ ", "No. ", "n = ", "<", "±"))
    unit = draw.choice(("", " ")) + draw.choice(_UNITS) if draw.random() < 0.4 else ""
    return sign + figures + unit


def _part(draw: random.Random, language: str) -> str:
    chance = draw.random()
    if chance < 0.3:
        return number(draw)
    if chance < 0.5:
        return code(draw)
    return word(draw, language)


def _joined(draw: random.Random, language: str) -> str:
    """Parts with anything between them: paths, versions, hosts, serial numbers."""
    joint = draw.choice(_JOINTS)
    return joint.join(_part(draw, language) for _ in range(draw.randint(2, 7)))


def _row(draw: random.Random, language: str) -> str:
    joint = draw.choice((",", ";", "\t", " | ", "  ", " ", ", "))
    numbers = draw.random() < 0.6
    return joint.join(number(draw) if numbers else _part(draw, language) for _ in range(draw.randint(3, 9)))


def _sentence(draw: random.Random, language: str) -> str:
    """Words with numbers and codes between them, as in notes on changes and in instructions."""
    words = [
        word(draw, language) if draw.random() < 0.65 else _part(draw, language)
        for _ in range(draw.randint(4, 14))
    ]
    return " ".join(words) + draw.choice((".", "", ";", ":", ","))


def _program(draw: random.Random, language: str) -> str:
    parts = [draw.choice(("", "", "    ", "  ", "\t"))]
    for _ in range(draw.randint(3, 12)):
        name = draw.choice(("_", "", "")).join(
            word(draw, language).lower() for _ in range(draw.choice((1, 1, 2)))
        )
        item = draw.choice((name, name.title(), draw.choice(_KEYWORDS), digits(draw), f'"{name}"', name[:1]))
        parts.append(item + draw.choice((" ", "(", ")", ".", " = ", ", ", ": ", "[", "] ", "{ ", " }", ";")))
    return "".join(parts)


def _log(draw: random.Random, language: str) -> str:
    clock = ":".join(f"{draw.randrange(60):02d}" for _ in range(3))
    day = f"{draw.randint(1990, 2030)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
    pairs = [f"{word(draw, language)}{draw.choice('=: ')}{number(draw)}" for _ in range(draw.randint(0, 4))]
    words = [word(draw, language) for _ in range(draw.randint(1, 6))]
    return " ".join((draw.choice((day, "", f"[{day}]")), clock, draw.choice(_LEVELS), *words, *pairs)).strip()


def _formula(draw: random.Random, language: str) -> str:
    items = (
        draw.choice(_FORMULA) if draw.random() < 0.6 else _part(draw, language)
        for _ in range(draw.randint(4, 14))
    )
    return draw.choice((" ", "", " ")).join(items)


_KINDS: tuple[Write, ...] = (
    _joined,
    _row,
    _sentence,
    _sentence,
    _program,
    _program,
    _log,
    _formula,
)
