# ruff: noqa: E501, SIM905 - tables of words: one long line reads better than a column
"""Cyrillic and Greek names in Latin letters (simplified BGN/PCGN and ELOT 743); names without accents."""

from __future__ import annotations

import unicodedata

_CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўђјљњћџѓќѕ",
        "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya yo i yi ye g u dj j lj nj c dz gj kj dz".split(
            " "
        ),
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
        "a v g d e z i th i k l m n x o p r s s t y f ch ps o a e i i o y o i y i y".split(" "),
        strict=True,
    )
)
_STROKES = str.maketrans("ĐđŁłØøıĦħ", "DdLlOoiHh")
_LETTERS = {letter: latin.replace("-", "") for letter, latin in (_CYRILLIC | _GREEK).items()}
_LETTERS |= {letter.upper(): latin.capitalize() for letter, latin in _LETTERS.items()}


def is_latin(name: str) -> bool:
    """Whether every letter belongs to the Latin script."""
    return all(
        ord(sign) < 0x250 or 0x1E00 <= ord(sign) < 0x1F00 or not sign.isalpha() or sign in "ʻʼ"
        for sign in name
    )


def romanised(name: str) -> str:
    """The name in Latin letters; "" for a script this table does not know."""
    latin = "".join(_LETTERS.get(sign, sign) for sign in name)
    return latin if is_latin(latin) else ""


def unaccented(name: str) -> str:
    """The name in plain letters where accents are all that is in the way ("Nguyễn" → "Nguyen")."""
    parts = unicodedata.normalize("NFD", name.translate(_STROKES))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
