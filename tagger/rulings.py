# ruff: noqa: E501, SIM905 - tables of words: one long line reads better than a column
"""Sentences of rulings: parties that are letters, judges who sign, and authors who are only cited.

Courts publish rulings with names reduced to a letter or two; such a letter stands for somebody. The authors of a
commentary and the name that a decision is known by stand in nearly every sentence, and nobody need be hidden
there. The words around are drawn at random.
"""

from __future__ import annotations

import random
import re
import string
from collections.abc import Iterator

from tagger.citations import COURTS, JOURNALS, LAWS, NOUNS
from tagger.corpus import LANGUAGES, names_of
from tagger.ordinary import Ordinary, lexicon

_PARTIES = {
    "de": "Herr {P}|Herrn {P}|Frau {P}|Herr Dr. {P}|der Zeuge {P}|die Zeugin {P}|dem Kläger {P}|der Klägerin {P}|des Beigeladenen {P}|Rechtsanwalt {P}|Dr. {P}"
    "|die {O}|der {O}|bei der {O}|Firma {O}|das Kreiskrankenhaus {L}|in {L}|nach {L}|aus {L}|am Standort {L}|Landgericht {L}|von {P} und {P}",
    "en": "Mr {P}|Ms {P}|Mrs {P}|Dr {P}|the witness {P}|the child {P}|against {P}|the company {O}|{O} Ltd|in {L}",
    "es": "don {P}|doña {P}|D. {P}|D.ª {P}|el testigo {P}|la entidad {O}|en {L}|la menor {P}",
    "fr": "M. {P}|Mme {P}|le témoin {P}|la société {O}|à {L}|l'enfant {P}",
    "it": "il sig. {P}|la sig.ra {P}|il teste {P}|la società {O}|a {L}|il minore {P}",
}
_FIRMS = {
    "de": "{X} GmbH|{X}-GmbH|{X} AG|{X}-AG|{X} GmbH & Co. KG|{X}-KG|{X} e. V.|{X} SE|Stadt {X}|{X}-Bank",
    "en": "{X} Ltd|{X} plc|{X} Inc.|{X} LLC",
    "es": "{X} S.L.|{X} S.A.|{X}, S.L.U.",
    "fr": "{X} SA|{X} SARL|{X} SAS",
    "it": "{X} S.r.l.|{X} S.p.A.|{X} s.n.c.",
}
_WORKS = (
    "{N}, in: {N}, {law}, {d}. Aufl., § {n} Rn. {n}|{N}, {journal} {y}, {n}|{N} / {N}, {law}, {d}. Aufl., § {n} Rn. {n}|{N}/{N} § {n} Rn. {n}"
    "|{N} in {N} / {N}, {law}, Stand {y}, Art. {n} Rdnr. {n}|vgl. {N}, aaO, S. {n}|{N} / {N} / {N}, a. a. O., § {n} Rn. {n}|so auch {N}, {journal} {y}, {n}, {n} f."
    "|{N} {journal} {y}, {n}|BGH {journal} {y}, {n} Rn. {n} – {B}|BPatG {journal} {y}, {n} - {B}|{journal} {y}, {n} Tz. {n} - {B} / {B}|({N}, Kommentar zum {law}, § {n})"
    "|EuGH {journal} {y}, {n} (Nr. {n}) – {B} [{B}]|{B} / {B}|zit. nach {N}, {y}, S. {n}"
)
_SHORT = "Abs. {d} S. {d} Nr. {d}|z. B.|a. a. O.|i. V. m. § {n}|Bl. {n} d. A.|S. {n} Z. {n} - {n}|Sp. {d}, Z. {n} bis {n}|unter {d}. {c}).|{c}{c}{c})|u. a.|d. h.|Rn. {n} ff.|Anlage K {d}|Tz. {n}|( vgl. {law} § {n} )|m. w. N.|TV-{A} § {n}|Klasse {n}: |Buchst. {c})|{R}. {d}. {c}) {c}{c})|Urteil des {court} vom {d}. {d}. {y}|{d} {A} {n}/{d}|{A}-{noun}|D{d}|({A}{d})|{noun}- und {noun}|{noun}-{noun}"
_MARKS = (
    "I.|II.|III.|IV.|V.|{d}.|{c})|{c}{c})|({d})|({c})|{c}.|{d}.{d}|{R}.|-|•|{n}|Zu {d}.:|{A}.|a. F.|{d}. {c})"
)
_PREPOSITIONS = {
    "de": "in nach aus von bei zu mit durch zum zur im am vom beim unter über wegen gegen ohne für auf an als nebst der die das des dem den",
    "en": "in at to from of for by with under the a this no on as",
    "es": "en a de por con para sin según el la los del al",
    "fr": "en à de par pour avec sans selon le la les du au",
    "it": "in a di da per con senza il la le del al dal",
}
_LETTERS = "ABCDEFGHJKLMNOPRSTUVWZ"
_SIGNED = ("\n", "\n", " ", ", ", "   ", "\n\n")
_SLOT = re.compile(r"\{(\w+)\}")


def ruling_examples(seed: int, count: int) -> Iterator[Ordinary]:
    """So many sentences and signatures; two in three are German."""
    draw = random.Random(f"rulings {seed}")  # noqa: S311 - no secret
    for _ in range(count):
        language = "de" if draw.random() < 0.6 else draw.choice(LANGUAGES)
        made = _signatures(draw, language) if draw.random() < 0.12 else _sentence(draw, language)
        yield Ordinary(made[0], made[1], language, "rulings")


def _signatures(draw: random.Random, language: str) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """Judges, by family name alone, one to five of them; or a heading in their place."""
    if draw.random() < 0.35:
        return lexicon(language).draw(draw).capitalize() + draw.choice(("", "", ":", ".")), ()
    text, spans, joint = "", [], draw.choice(_SIGNED)
    for _ in range(draw.choice((1, 1, 1, 1, 2, 3, 4, 5))):
        text += (joint if text else "") + draw.choice(("", "", "", "", "", "", "Dr. ", "Prof. Dr. "))
        name = names_of(draw, language).family()
        spans.append((len(text), len(text) + len(name), "person"))
        text += name
    return text, tuple(spans)


def _sentence(draw: random.Random, language: str) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    nouns, words = NOUNS[language].split(), lexicon(language)
    mark = draw.choice(_MARKS.split("|")) if draw.random() < 0.25 else ""
    text, spans = _SLOT.sub(lambda slot: _filled(slot[1], draw, language), mark) + (" " if mark else ""), []
    for _ in range(draw.randint(3, 16)):
        chance = draw.random()
        marks: list[tuple[int, int, str]] = []
        if chance < 0.14:
            item, marks = _party(draw, language)
        elif chance < 0.24 and language == "de":
            form = draw.choice(draw.choice((_WORKS, _WORKS, _SHORT)).split("|"))
            item = _SLOT.sub(lambda slot: _filled(slot[1], draw, language), form)
        else:
            item = draw.choice(nouns) if chance < 0.34 else words.draw(draw)
            if chance > 0.75:
                noun = words.draw(draw)
                item = (
                    f"{draw.choice(_PREPOSITIONS[language].split())} {draw.choice((noun, noun.capitalize()))}"
                )
        item = item[:1].upper() + item[1:] if not text or text.endswith(". ") else item
        spans += [(len(text) + start, len(text) + end, kind) for start, end, kind in marks]
        text += item + draw.choice((" ", " ", " ", " ", " ", " ", ", ", "; ", ": ", ". "))
    return text.rstrip(" ,;:") + draw.choice((".", ".", ".", "", ";")), tuple(spans)


def _party(draw: random.Random, language: str) -> tuple[str, list[tuple[int, int, str]]]:
    """A party as rulings name it, and the spans of the letters that stand for it."""
    text, spans, done = "", [], 0
    form = draw.choice(_PARTIES[language].split("|"))
    for slot in _SLOT.finditer(form):
        value, kind = _anonymous(slot[1], draw, language)
        text += form[done : slot.start()]
        spans.append((len(text), len(text) + len(value), kind))
        text, done = text + value, slot.end()
    return text + form[done:], spans


def _anonymous(slot: str, draw: random.Random, language: str) -> tuple[str, str]:
    letter = draw.choice(_LETTERS)
    other = draw.choice(_LETTERS)
    short = draw.choice(
        (
            letter,
            letter,
            letter,
            f"{letter}.",
            f"{letter}.",
            f"{letter}…",
            f"{letter}...",
            f"{letter}. {other}.",
            letter + other,
            "…",
        )
    )
    if slot == "O":
        name = short if draw.random() < 0.6 else names_of(draw, language).family()
        return _SLOT.sub(name, draw.choice(_FIRMS[language].split("|"))), "organisation"
    if draw.random() < 0.25 and slot == "P":
        return names_of(draw, language).family(), "person"
    return short, "person" if slot == "P" else "place"


def _filled(slot: str, draw: random.Random, language: str) -> str:
    values = {
        "N": lambda: names_of(draw, language).family(),
        "B": lambda: " ".join(
            lexicon(draw.choice(LANGUAGES)).draw(draw).capitalize() for _ in range(draw.choice((1, 1, 2)))
        ),
        "n": lambda: str(draw.randint(1, 10 ** draw.randint(1, 4))),
        "d": lambda: str(draw.randint(1, 12)),
        "c": lambda: draw.choice("abcdef"),
        "A": lambda: draw.choice(string.ascii_uppercase),
        "R": lambda: draw.choice("I II III IV V VI VII X".split()),
        "noun": lambda: lexicon(language).draw(draw).capitalize(),
        "court": lambda: draw.choice(COURTS),
        "y": lambda: str(draw.randint(1949, 2030)),
        "law": lambda: draw.choice(LAWS[language].split()),
        "journal": lambda: draw.choice(JOURNALS),
    }
    return values[slot]()
