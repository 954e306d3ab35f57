"""What a person is called outside: one spelling for all of a name, and where it stands in other texts."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal
from urllib.parse import unquote

LONGEST = 1024
"""Longer texts are taken as they are: to put the marks of a long one in order takes quadratic time."""

_WORD = re.compile(r"[^\W_]+")
_TIMES_ENCODED = 3
_MOST_WORDS = 12
_TELLING = 6
_OURS = frozenset(
    (
        "again", "answers", "build", "case", "checkpoint", "copy", "data", "delete", "directory", "embedding",
        "eval", "every", "export", "generate", "index", "item", "of", "outside", "per", "person", "report",
        "retrain", "rows", "run", "s", "shard", "state", "suite", "synthetic", "the", "this", "vectors",
        "without", "written",
    )
)  # fmt: skip
"""What names and instructions made here say, whoever it is that they are about."""


def canonical(name: str) -> str:
    """The spelling that a pseudonym is made of: NFC (Unicode Standard Annex 15), no white space around it."""
    return _normal("NFC", name.strip())


def other_spellings(name: str) -> set[str]:
    """How earlier versions, which took each name as it came, may know the person; mostly there is none."""
    bare, chosen = name.strip(), canonical(name)
    return {name, bare, _normal("NFD", bare)} - {chosen, ""}


def is_number(name: str) -> bool:
    """Whether it is a short number, which stands in the names of many things for other reasons."""
    return name.isdecimal() and len(name) < _TELLING


def is_telling(name: str) -> bool:
    """Whether a name is long enough that what has it in its own name is named after the person, and not of
    words that stand there anyway.
    """
    words = _WORD.findall(_folded(name))
    return len(name) >= _TELLING and (not words or not _OURS.issuperset(words))


def holds_name(text: str, name: str) -> bool:
    """Whether a name stands in a text as whole words: in any case, percent-encoded (RFC 3986) or not, with
    whatever signs between its words.
    """
    return next(_spans(_folded(text), _sought(name)), None) is not None


def without_name(text: str, name: str, instead: str) -> str:
    """The text with something else in the name's place; a text that does not hold it stays as it is."""
    folded, end, parts = _folded(text), 0, list[str]()
    for start, after in _spans(folded, _sought(name)):
        parts += [folded[end:start], instead]
        end = after
    return "".join([*parts, folded[end:]]) if parts else text


def possible_names(text: str) -> set[str]:
    """Every run of whole words in a text, in the spelling that pseudonyms are made of."""
    found = set[str]()
    for form in (_normal("NFC", _decoded(text)), _folded(text)):
        words = list(_WORD.finditer(form))
        for at, first in enumerate(words):
            found |= {form[first.start() : last.end()] for last in words[at : at + _MOST_WORDS]}
    return found


def _spans(text: str, name: str) -> Iterator[tuple[int, int]]:
    wanted, words = _WORD.findall(name), list(_WORD.finditer(text))
    if not wanted:
        yield from _as_it_is(text, name)
        return
    at, size = 0, len(wanted)
    while at + size <= len(words):
        if words[at][0] == wanted[0] and [each[0] for each in words[at : at + size]] == wanted:
            yield words[at].start(), words[at + size - 1].end()
            at += size
        else:
            at += 1


def _as_it_is(text: str, name: str) -> Iterator[tuple[int, int]]:
    """For a name without a letter or digit."""
    start = text.find(name) if name else -1
    while start >= 0:
        yield start, start + len(name)
        start = text.find(name, start + len(name))


def _sought(name: str) -> str:
    """A name as it is looked for; one that is longer than any artifact's is not."""
    return _folded(name.strip()) if len(name) <= LONGEST else ""


def _folded(text: str) -> str:
    return _normal("NFKC", _normal("NFKC", _decoded(text)).casefold())


def _decoded(text: str) -> str:
    for _ in range(_TIMES_ENCODED):
        text, before = unquote(text), text
        if text == before:
            break
    return text


def _normal(form: Literal["NFC", "NFD", "NFKC"], text: str) -> str:
    return unicodedata.normalize(form, text) if len(text) <= LONGEST else text
