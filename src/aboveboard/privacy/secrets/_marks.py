"""Where in a text the marks of secrets are: what keys hold, and the words that call a value one."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from aboveboard.privacy.patterns import Prefilter, in_bytes, prefilter
from aboveboard.privacy.secrets._rules import RULES

ASSIGNED_WORDS = (
    "passw",
    "pwd",
    "secret",
    "token",
    "passphrase",
    "kennwort",
    "contrase",
    "clave",
    "senha",
    "parola",
    "wachtwoord",
    "mdp",
    "pass",
    "credential",
    "mot de passe",
    "key",
)
"""In ASCII and small letters: what such words begin with, the last one what others end in."""
COMMAND_WORDS = ("mysql", "mariadb", "curl", "sshpass", "redis-cli", "mongo", "docker login", "ldap")
"""How commands begin that take a password as an option."""
_LONGEST_BEFORE_KEY = len("encryption-")
WORDS = range(len(RULES), len(RULES) + len(ASSIGNED_WORDS) - 1)
"""The numbers of words that call a value a secret."""
KEY = WORDS.stop
"""The number of what other such words end in."""
COMMANDS = range(KEY + 1, KEY + 1 + len(COMMAND_WORDS))
"""The numbers of the commands."""
_LENGTHS = [*(len(rule.prefix) for rule in RULES), *map(len, (*ASSIGNED_WORDS, *COMMAND_WORDS))]
_WRITTEN = [
    *(rule.prefix.encode() for rule in RULES),
    *(word.encode() for word in (*ASSIGNED_WORDS, *COMMAND_WORDS)),
]

_LONG_WORD = b"x" * 16
_KEY_CHARACTERS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+/=.-")
_RUNS = bytes(120 if code in _KEY_CHARACTERS else 32 for code in range(256))


def places_of_marks(text: str) -> dict[int, list[int]]:
    """Where the marks begin, in order, by number: of rules, of words, of commands. Linear."""
    data, marks = in_bytes(text), _marks()
    found: dict[int, list[int]] = {}
    if marks is not None:
        for end, number in marks.hits(data):
            found.setdefault(number, []).append(end - _LENGTHS[number])
        return found
    lowered = data.lower()
    for number, mark in enumerate(_WRITTEN):
        places = list(_occurrences(lowered if WORDS.start <= number <= KEY else data, mark))
        if places:
            found[number] = places
    return found


def places_of_words(marks: Mapping[int, Sequence[int]]) -> list[int]:
    """Where words may begin that call a value secret, in order."""
    places = {place for number in WORDS for place in marks.get(number, ())}
    for place in marks.get(KEY, ()):
        places.update(range(max(0, place - _LONGEST_BEFORE_KEY), place))
    return sorted(places)


def matches_at(form: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """What begins at one of the places, in order, none overlapping: as `finditer` if there are no others."""
    end = 0
    for place in places:
        match = form.match(text, place) if place >= end else None
        if match:
            end = match.end()
            yield match


def has_long_word(text: str) -> bool:
    """Whether there are sixteen characters of keys in a row, or an address: not words alone."""
    return _LONG_WORD in in_bytes(text).translate(_RUNS) or "://" in text


@cache
def _marks() -> Prefilter | None:
    rules = [rule.trigger or re.escape(rule.prefix) for rule in RULES]
    return prefilter([*rules, *(f"(?i){word}" for word in ASSIGNED_WORDS), *COMMAND_WORDS])


def _occurrences(data: bytes, mark: bytes) -> Iterator[int]:
    place = data.find(mark)
    while place >= 0:
        yield place
        place = data.find(mark, place + 1)
