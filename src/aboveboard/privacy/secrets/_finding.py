"""Keys, tokens, passwords: what opens doors and must not travel."""

import binascii
import json
import math
import re
from base64 import urlsafe_b64decode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from aboveboard.privacy._layers import untangled
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns import last_break, settled_words
from aboveboard.privacy.secrets._marks import KEY, WORDS, has_long_word, places_of_marks
from aboveboard.privacy.secrets._rules import (
    ASSIGNED,
    JWT,
    LONGEST_BEFORE_KEY,
    NEXT_NAME,
    NO_PASSWORD,
    RULES,
    Rule,
    open_private_key,
    private_key,
)
from aboveboard.values import normalise

_POSSIBLE = re.compile(r"[^\s\"'`,;(){}<>|]{5}")
_SHORTEST, _SHORTEST_PASSWORD = 8, 5
_LEAST_DIFFERENT = 3
_WORD = re.compile(r"[^\W\d_]+(?:[-_.,:;/?][^\W\d_]*)*")
_GOES_ON_IN_CODE = re.compile(r"[({]|<(?!/|!|(?i:br|p|div|span|b|i|em|strong|td|li|hr|a)\b)")  # but in HTML
_LONGEST_PRIVATE_KEY = 8192
_STAND_INS = re.compile(
    r"x{4,}|\*{3,}|\.{3}|your|example|placeholder|changeme|redacted|dummy|sample|insert|\$\{|%\w+%|<|_here$",
    re.IGNORECASE,
)


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
                if entropy(match[key]) >= rule.bits:
                    yield PersonalData(*match.span(key), rule.type)
    yield from _web_tokens(text)
    yield from _assigned(text, marks)


def _matches(rule: Rule, text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    return _matches_at(rule.form, text, places) if rule.begins else rule.form.finditer(text)


def _matches_at(form: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """What begins at one of the places, in order, none overlapping: as `finditer` if there are no others."""
    end = 0
    for place in places:
        match = form.match(text, place) if place >= end else None
        if match:
            end = match.end()
            yield match


def _private_keys(text: str) -> Iterator[PersonalData]:
    for match in private_key().finditer(text):
        yield PersonalData(match.start(), match.end(), "private-key")


def _blank(match: re.Match[str]) -> str:
    return "\n" * len(match[0])


def _web_tokens(text: str) -> Iterator[PersonalData]:
    """JSON Web Tokens (RFC 7519): the header must be a JSON object that names its algorithm."""
    if "eyJ" in text:
        for match in JWT.finditer(text):
            if _is_jose_header(match[1]):
                yield PersonalData(match.start(), match.end(), "web-token")


def _is_jose_header(part: str) -> bool:
    try:
        header = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return False
    return isinstance(header, dict) and ("alg" in header or "enc" in header)


def _assigned(text: str, marks: Mapping[int, Sequence[int]]) -> Iterator[PersonalData]:
    places = {place for number in WORDS for place in marks.get(number, ())}
    for place in marks.get(KEY, ()):
        places.update(range(max(0, place - LONGEST_BEFORE_KEY), place))
    for match in _matches_at(ASSIGNED, text, sorted(places)):
        start, end = match.span("value")
        value = NEXT_NAME.split(match["value"], 1)[0].rstrip(".")
        if _GOES_ON_IN_CODE.match(text, end) or NO_PASSWORD.fullmatch(value):
            continue
        if len(value) >= _SHORTEST and _is_secret_value(value):
            yield PersonalData(start, start + len(value), "password", 0.8)
        elif match["password"] and _has_sign(text, match) and _is_password(value):
            yield PersonalData(start, start + len(value), "password", 0.7)


def _has_sign(text: str, match: re.Match[str]) -> bool:
    """Whether a colon, an equals sign or `is` stands before the value, or the word is a command's option."""
    return bool(match["sign"].strip()) or text.startswith("--", match.start() - 2)


def _is_password(value: str) -> bool:
    """Whether a value that a word and a sign call a password may be one, short and plain as many are."""
    if len(value) < _SHORTEST_PASSWORD or len(set(value)) < _LEAST_DIFFERENT or _STAND_INS.search(value):
        return False
    return any(map(str.isdigit, value)) or not _WORD.fullmatch(value)


def _is_secret_value(value: str) -> bool:
    if _STAND_INS.search(value) or entropy(value) < 2.5:
        return False
    has_digit, has_letter = any(map(str.isdigit, value)), any(map(str.isalpha, value))
    return has_digit and has_letter


def entropy(text: str) -> float:
    """Shannon's entropy of the characters of a text, in bits a character."""
    return -sum(count / len(text) * math.log2(count / len(text)) for count in Counter(text).values())


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
