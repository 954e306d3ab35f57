"""Keys, tokens, passwords: what opens doors and must not travel."""

import re
from collections.abc import Iterable, Iterator

from aboveboard.privacy._layers import untangled
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns import last_break, settled_words
from aboveboard.privacy.secrets._assigned import assigned
from aboveboard.privacy.secrets._commands import passed
from aboveboard.privacy.secrets._entropy import entropy
from aboveboard.privacy.secrets._marks import WORDS, has_long_word, matches_at, places_of_marks
from aboveboard.privacy.secrets._markup import enclosed
from aboveboard.privacy.secrets._private_keys import open_private_key, private_key
from aboveboard.privacy.secrets._rules import RULES, Rule
from aboveboard.privacy.secrets._web_tokens import web_tokens
from aboveboard.values import normalise

_POSSIBLE = re.compile(r"[^\s\"'`,;(){}<>|]{5}")
_LONGEST_PRIVATE_KEY = 8192
_DIGITS_OF_A_KEY, _BITS_OF_A_KEY = 3, 3.2


def find_secrets(text: str, start: int = 0) -> list[PersonalData]:
    """Secrets in `text` that begin at `start` or later, in order, never overlapping.

    Offsets are code points of `text` as given, whatever it was normalised to. Linear in its length.
    """
    normal = normalise(text)
    start = normal.index(start)
    if not _POSSIBLE.search(normal.text, start):
        return []
    found = [item for item in _candidates(normal.text) if item.start >= start]
    if not found:
        return []
    kept = untangled(sorted(found, key=lambda item: item.type), len(normal.text))
    if normal.origin is None:
        return kept
    return [item.at(*normal.span(item.start, item.end)) for item in kept]


def _candidates(text: str) -> Iterator[PersonalData]:
    if "-----BEGIN" in text:
        yield from _private_keys(text)
        text = private_key().sub(_blank, text)  # a token written right before a key must not reach into it
        marks = places_of_marks(text)
    else:
        marks = places_of_marks(text)
        if max(marks, default=-1) < WORDS.start and not has_long_word(text):
            return
    for number, rule in enumerate(RULES):
        if number in marks:
            for match in _matches(rule, text, marks[number]):
                key = match.lastindex or 0
                if entropy(match[key]) >= rule.bits and _is_apart(text, match, rule):
                    yield PersonalData(*match.span(key), rule.type)
    yield from web_tokens(text)
    yield from assigned(text, marks)
    yield from enclosed(text, marks)
    yield from passed(text, marks)


def _matches(rule: Rule, text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    return matches_at(rule.form, text, places) if rule.begins else rule.form.finditer(text)


def _is_apart(text: str, match: re.Match[str], rule: Rule) -> bool:
    """Whether no word goes before a key, or it is as random as no word's end is."""
    if not rule.is_glued or not text[max(0, match.start() - 1) : match.start()].isalnum():
        return True
    drawn = match[0][len(rule.prefix) :]
    return sum(map(str.isdigit, drawn)) >= _DIGITS_OF_A_KEY and entropy(drawn) >= _BITS_OF_A_KEY


def _private_keys(text: str) -> Iterator[PersonalData]:
    for match in private_key().finditer(text):
        yield PersonalData(match.start(), match.end(), "private-key")


def _blank(match: re.Match[str]) -> str:
    return "\n" * len(match[0])


def settled_secrets(text: str) -> int:
    """How much of a growing text holds nothing that what follows could still turn into a secret.

    Whole words; a private key, which spans lines, is held until its last line or until it proves none.
    """
    if text.isascii():
        return _settled(text)
    normal = normalise(text)
    end = _settled(normal.text)
    return normal.span(0, end)[1] if end else 0


def _settled(text: str) -> int:
    end = settled_words(text)
    begin = text.rfind("-----BEGIN")
    while begin >= 0:  # the last first: where it begins may lie in the last line of the one before
        if _is_growing(text, begin, end):
            end = min(end, last_break(text[:begin]) + 1)
        begin = text.rfind("-----BEGIN", 0, begin)
    return end


def _is_growing(text: str, begin: int, end: int) -> bool:
    """Whether the key that begins there may go on, or its last line lies in the last word."""
    if len(text) - begin > _LONGEST_PRIVATE_KEY:
        return False
    if open_private_key().fullmatch(text, begin):
        return True
    whole = private_key().match(text, begin)
    return whole is not None and whole.end() > end
