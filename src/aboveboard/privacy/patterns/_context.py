"""The words before a candidate, which say what a bare number is."""

import re
from collections.abc import Set

from aboveboard.privacy.patterns._regions import CONTEXT

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?]\s")
_NOT_PERSONAL = frozenset(
    [
        "order",
        "orders",
        "invoice",
        "tracking",
        "isbn",
        "issn",
        "doi",
        "ref",
        "reference",
        "ticket",
        "sku",
        "serial",
        "version",
        "build",
        "commit",
        "release",
        "hash",
        "sha",
        "md",
        "bestellung",
        "bestellnummer",
        "rechnung",
        "rechnungsnummer",
        "pedido",
        "factura",
        "commande",
        "facture",
        "ordine",
        "fattura",
        "parcel",
        "shipment",
        "batch",
    ]
)


def left_of(text: str, start: int) -> str:
    """The `CONTEXT` characters before `start`."""
    return text[max(0, start - CONTEXT) : start]


def words_before(text: str, start: int) -> list[str]:
    """The last few words before `start`, in lower case, of the same sentence."""
    near = left_of(text, start)
    for end in _SENTENCE_END.finditer(near):
        near = near if end.end() == len(near) else left_of(text, start)[end.end() :]
    return [word.lower() for word in _WORD.findall(near)[-4:]]


def says(words: list[str], known: Set[str]) -> bool:
    """Whether one of the words is known."""
    return not known.isdisjoint(words)


def names_another_number(text: str, start: int) -> bool:
    """Whether the words before say that this is an order, a version, a hash: no personal number."""
    if _NOT_PERSONAL.isdisjoint(
        _WORD.findall(left_of(text, start).lower())
    ):  # as most: no need to part sentences
        return False
    return says(words_before(text, start), _NOT_PERSONAL)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter, digit or joining mark touches the span, so that it is no part of something
    longer.
    """
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before.isalnum() or before in "_#$€£@%\\" or after.isalnum() or after in "_%€$£":
        return False
    if before in "-./+&" and start > 1 and text[start - 2].isalnum():
        return False
    return not (after in "-./" and end + 1 < len(text) and text[end + 1].isalnum())
