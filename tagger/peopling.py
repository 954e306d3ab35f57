# ruff: noqa: E501 - tables of words: one long line reads better than a column
"""People, and now and then a company, put into open text: names among sentences that nobody made for names.

Sentences made for the purpose say again and again what they say; in running text a name may stand before any
verb and after any word. Where a sentence has a pronoun or begins, a name takes the place.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from tagger.corpus import names_of, organisations_of, written
from tagger.encoding import Labelled, Spans
from tagger.ordinary import Ordinary, lexicon

_PRONOUNS = {
    "en": "he she him they them you we it",
    "de": "er sie ihn ihm Sie wir man es mich Ihnen",
    "es": "él ella ellos usted quien alguien nosotros",
    "fr": "il elle lui eux vous nous quelqu'un",
    "it": "lui lei egli essi noi chi qualcuno esso",
}
_WORDS = {
    language: re.compile(rf"(?<![\w'’-])(?:{'|'.join(listed.split())})(?![\w'’-])", re.IGNORECASE)
    for language, listed in _PRONOUNS.items()
}
_LEADS = {
    "en": "{}: |{} says: |According to {}, |For {}, |{}, |Dear {}, |{} wrote: |As {} put it, |Ask {}: |— {}: |@{} |With {}, ",
    "de": "{}: |{} sagt: |Laut {}: |{}, |Liebe {}, |{} schrieb: |So {}: |Frage an {}: |Wie {} meint: |Von {}: |Mit {}: ",
    "es": "{}: |{} dice: |Según {}, |Para {}, |{}, |Hola {}, |{} escribió: |Como dijo {}, |A {}: |Con {}: |{} y otros: ",
    "fr": "{} : |{} dit : |Selon {}, |Pour {}, |{}, |Bonjour {}, |{} a écrit : |Comme dit {}, |À {} : |Avec {} : ",
    "it": "{}: |{} dice: |Secondo {}, |Per {}, |{}, |Ciao {}, |{} ha scritto: |Come disse {}, |A {}: |Con {}: ",
}
_FIRMS = {
    "en": "I work for {}. |The {} office is shut. |{} announced it: |{} was founded in 1998. |She joined {} last year. |We bought it from {}. "
    "|The head of {} said: |{} is hiring. |{} became part of {}. |Call {} about it. |Invoice from {}: |{} says: |at {}, |Thanks to {} ",
    "de": "Ich arbeite bei {}. |Das Büro von {} ist zu. |{} teilt mit: |{} wurde 1998 gegründet. |Sie ging zu {}. |Wir kauften es bei {}. "
    "|Der Chef von {} sagte: |{} stellt ein. |Aus {} wurde {}. |Rechnung von {}: |Laut {}: |Der Streit mit {}: |Die Tochter von {}: ",
    "es": "Trabajo en {}. |La oficina de {} está cerrada. |{} anuncia: |{} se fundó en 1998. |Entró en {} el año pasado. |Lo compramos en {}. "
    "|El jefe de {} dijo: |{} contrata. |Factura de {}: |Según {}, ",
    "fr": "Je travaille chez {}. |Le bureau de {} est fermé. |{} annonce : |{} fut fondée en 1998. |Elle est entrée chez {}. |Acheté chez {}. "
    "|Le patron de {} dit : |{} recrute. |Facture de {} : |Selon {}, ",
    "it": "Lavoro per {}. |L'ufficio di {} è chiuso. |{} annuncia: |{} fu fondata nel 1998. |È entrata in {}. |Comprato da {}. "
    "|Il capo di {} disse: |{} assume. |Fattura di {}: |Secondo {}, ",
}
_SHARE_OF_FIRMS = 0.22
_ENDS = (" ({})", " – {}", "\n{}", "\n-- {}", " {}", " — {}", "\n\n{}", " [{}]", ", {}")


def peopled(examples: Sequence[Labelled], seed: int, share: float) -> Iterator[Labelled]:
    """Of the examples, in order, a share with one or two people more; those alone."""
    draw = random.Random(f"people {seed}")  # noqa: S311 - no secret
    for example in examples:
        if draw.random() < share:
            yield _peopled(example, draw)


def _peopled(example: Labelled, draw: random.Random) -> Ordinary:
    language = str(getattr(example, "language", "en"))
    text, spans = example.text, list(example.spans)
    if draw.random() < _SHARE_OF_FIRMS:
        return _employed(text, spans, language, draw)
    places = [found.span() for found in _WORDS[language].finditer(text) if _is_free(found.span(), spans)]
    for start, end in sorted(draw.sample(places, min(len(places), draw.choice((1, 1, 2)))), reverse=True):
        text, spans = _replaced(text, spans, (start, end, _name(draw, language)))
    if not places or draw.random() < 0.25:
        before, _, after = draw.choice(_LEADS[language].split("|")).partition("{}")
        name = _name(draw, language)
        text, spans = _replaced(text, spans, (0, 0, f"{before}{name}{after}"), len(before), len(name))
    elif draw.random() < 0.15:
        before, _, after = draw.choice(_ENDS).partition("{}")
        name = _name(draw, language)
        whole = f"{text}{before}{name}{after}"
        spans.append((len(text) + len(before), len(text) + len(before) + len(name), "person"))
        text = whole
    return Ordinary(text, tuple(sorted(spans)), language, "open text with people")


def _employed(
    text: str, spans: Sequence[tuple[int, int, str]], language: str, draw: random.Random
) -> Ordinary:
    """The text after a sentence about a company or two."""
    before, firms = "", []
    for number, part in enumerate(draw.choice(_FIRMS[language].split("|")).split("{}")):
        if number:
            name = _firm(draw, language)
            firms.append((len(before), len(before) + len(name), "organisation"))
            before += name
        before += part
    moved = [(start + len(before), end + len(before), kind) for start, end, kind in spans]
    return Ordinary(before + text, (*firms, *moved), language, "open text with people")


def _firm(draw: random.Random, language: str) -> str:
    """A name of the corpus, or one or two ordinary words that somebody made a name."""
    if draw.random() < 0.6:
        return organisations_of(draw, language).any()
    one, two = (lexicon(draw.choice(("en", "en", language))).draw(draw).lower() for _ in range(2))
    glued = draw.choice(
        (one + two, one.capitalize() + two.capitalize(), f"{one} {two}".title(), one.capitalize())
    )
    return glued[:1].upper() + glued[1:] + draw.choice(("", "", "", " Ltd", " GmbH", ".com", " Inc"))


def _name(draw: random.Random, language: str) -> str:
    names = names_of(draw, language)
    person = names.person()
    chance = draw.random()
    if chance < 0.6:
        return written(person, draw)
    return person.call if chance < 0.82 else person.family


def _is_free(place: tuple[int, int], spans: Spans) -> bool:
    """Whether a place touches no span."""
    return all(place[1] + 1 < start or end + 1 < place[0] for start, end, _ in spans)


def _replaced(
    text: str, spans: Spans, new: tuple[int, int, str], skip: int = 0, size: int = 0
) -> tuple[str, list[tuple[int, int, str]]]:
    """The text with something else between two places, in which a person stands after `skip` characters."""
    start, end, value = new
    by = len(value) - (end - start)
    moved = [(a + by, b + by, kind) if a >= end else (a, b, kind) for a, b, kind in spans]
    person = (start + skip, start + skip + (size or len(value)), "person")
    return text[:start] + value + text[end:], sorted([*moved, person])
