"""Where in a text the marks of secrets are: what keys hold, and the words that call a value one."""

import re
from collections.abc import Iterator
from functools import cache

from aboveboard.privacy.patterns import Prefilter, in_bytes, prefilter
from aboveboard.privacy.secrets._rules import ASSIGNED_WORDS, RULES

WORDS = range(len(RULES), len(RULES) + len(ASSIGNED_WORDS) - 1)
"""The numbers of words that call a value a secret."""
KEY = WORDS.stop
"""The number of what other such words end in."""
_LENGTHS = [*(len(rule.prefix) for rule in RULES), *map(len, ASSIGNED_WORDS)]
_WRITTEN = [*(rule.prefix.encode() for rule in RULES), *(word.encode() for word in ASSIGNED_WORDS)]

_LONG_WORD = b"x" * 16
_KEY_CHARACTERS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+/=.-")
_RUNS = bytes(120 if code in _KEY_CHARACTERS else 32 for code in range(256))


def places_of_marks(text: str) -> dict[int, list[int]]:
    """Where the marks begin, in order, by number: those of the rules, then those of the words. Linear."""
    data, marks = in_bytes(text), _marks()
    found: dict[int, list[int]] = {}
    if marks is not None:
        for end, number in marks.hits(data):
            found.setdefault(number, []).append(end - _LENGTHS[number])
        return found
    lowered = data.lower()
    for number, mark in enumerate(_WRITTEN):
        places = list(_occurrences(lowered if number >= WORDS.start else data, mark))
        if places:
            found[number] = places
    return found


def has_long_word(text: str) -> bool:
    """Whether there are sixteen characters of keys in a row, or an address: not words alone."""
    return _LONG_WORD in in_bytes(text).translate(_RUNS) or "://" in text


@cache
def _marks() -> Prefilter | None:
    rules = [rule.trigger or re.escape(rule.prefix) for rule in RULES]
    return prefilter([*rules, *(f"(?i){word}" for word in ASSIGNED_WORDS)])


def _occurrences(data: bytes, mark: bytes) -> Iterator[int]:
    place = data.find(mark)
    while place >= 0:
        yield place
        place = data.find(mark, place + 1)
