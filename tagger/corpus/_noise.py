# ruff: noqa: E501 - tables of words: one long line reads better than a column
"""What happens to text on its way: other casing, lost punctuation, typing and scanning errors."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from ._example import Piece

_OCR = {
    "l": "1",
    "O": "0",
    "rn": "m",
    "e": "c",
    "I": "l",
    "ö": "o",
    "ü": "u",
    "é": "e",
    "ñ": "n",
    "ß": "B",
    "S": "5",
}
_ACCENTS = str.maketrans(
    "áàâäãéèêëíìîïóòôöõúùûüñçßÁÀÂÄÉÈÊËÍÓÔÖÚÜÑÇ", "aaaaaeeeeiiiiooooouuuuncsAAAAEEEEIOOOUUNC"
)


def disturbed(pieces: list[Piece], rng: Random) -> list[Piece]:
    """The pieces as they are (three in four), or after one accident that may befall text."""
    chance = rng.random()
    if chance > 0.26:
        return pieces
    accident = (
        _lowered if chance < 0.08 else _raised if chance < 0.11 else _capital_names if chance < 0.135
        else _titled if chance < 0.15 else _unpunctuated if chance < 0.175 else _scanned if chance < 0.19
        else _mistyped if chance < 0.21 else _unaccented if chance < 0.225 else _broken if chance < 0.245 else _mangled
    )  # fmt: skip
    return accident(pieces, rng)


def _lowered(pieces: list[Piece], rng: Random) -> list[Piece]:
    return [(text.lower(), kind) for text, kind in pieces]


def _raised(pieces: list[Piece], rng: Random) -> list[Piece]:
    return [(text.upper(), kind) for text, kind in pieces]


def _capital_names(pieces: list[Piece], rng: Random) -> list[Piece]:
    return [(text.upper() if kind else text, kind) for text, kind in pieces]


def _titled(pieces: list[Piece], rng: Random) -> list[Piece]:
    """Every Word With A Capital, as headlines have it."""
    return [(re.sub(r"\b[^\W\d_]", lambda found: found[0].upper(), text), kind) for text, kind in pieces]


def _unpunctuated(pieces: list[Piece], rng: Random) -> list[Piece]:
    return [(re.sub(r"[,.;:!?](?=\s|$)", "", text) if not kind else text, kind) for text, kind in pieces]


def _scanned(pieces: list[Piece], rng: Random) -> list[Piece]:
    def confused(text: str) -> str:
        for right, wrong in _OCR.items():
            if right in text and rng.random() < 0.15:
                text = text.replace(right, wrong, 1)
        return text

    return [(confused(text), kind) for text, kind in pieces]


def _mistyped(pieces: list[Piece], rng: Random) -> list[Piece]:
    def slip(text: str) -> str:
        if len(text) < 5 or rng.random() < 0.5:
            return text
        at = rng.randrange(1, len(text) - 2)
        if "\n" in text[at : at + 2]:
            return text
        return rng.choice(
            (
                text[:at] + text[at + 1 :],
                text[:at] + text[at + 1] + text[at] + text[at + 2 :],
                text[:at] + text[at] + text[at:],
            )
        )

    return [(slip(text), kind) for text, kind in pieces]


def _unaccented(pieces: list[Piece], rng: Random) -> list[Piece]:
    return [(text.translate(_ACCENTS), kind) for text, kind in pieces]


def _broken(pieces: list[Piece], rng: Random) -> list[Piece]:
    """Lines broken in odd places, inside names too."""
    return [
        (re.sub(r" ", lambda _: "\n" if rng.random() < 0.12 else " ", text), kind) for text, kind in pieces
    ]


def _mangled(pieces: list[Piece], rng: Random) -> list[Piece]:
    """Doubled and odd spaces, other quotation marks and dashes."""
    swaps = rng.choice(
        (((" ", "  "),), ((" ", "\u00a0"),), (("'", "’"), ('"', "”")), ((" - ", " – "), (" ", "  ")))
    )

    def swapped(text: str) -> str:
        for old, new in swaps:
            text = re.sub(re.escape(old), _sometimes(new, rng), text)
        return text

    return [(swapped(text), kind) for text, kind in pieces]


def _sometimes(new: str, rng: Random) -> Callable[[re.Match[str]], str]:
    def chosen(found: re.Match[str]) -> str:
        return new if rng.random() < 0.3 else found[0]

    return chosen
