"""Hiding from a model what should not matter: who people are, and whether they are men or women."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from aboveboard.privacy import find

_PERSON = "person"
_STAND_IN = re.compile(r"\bPerson ([A-Z]{1,3})\b")


class Blinding:
    """One conversation's blinding: the same name has the same stand-in in all its messages.

    Names are what the finder of personal data takes for one, so one that it misses is shown. Words that tell
    gender are those of `gender_words.yaml`, in English. What reads like a stand-in already is left as it is,
    and the letters that it uses are not given to anybody.
    """

    def __init__(self, kinds: Sequence[str]) -> None:
        self._kinds = frozenset(kinds)
        self._letters: dict[str, str] = {}
        self._taken: set[str] = set()

    def hide(self, text: str) -> str:
        """`text` without what this blinding hides."""
        if "names" in self._kinds:
            text = self._without_names(text)
        return _without_gender(text) if "gender" in self._kinds else text

    def show(self, text: str) -> str:
        """`text` with the names in the place of their stand-ins; words of gender do not come back."""
        names = {letter: name for name, letter in self._letters.items()}
        return _STAND_IN.sub(lambda found: names.get(found[1], found[0]), text)

    def _without_names(self, text: str) -> str:
        self._taken |= {found[1] for found in _STAND_IN.finditer(text)}
        parts, end = [], 0
        for span in sorted(find(text), key=lambda each: each.start):
            if span.type == _PERSON and span.start >= end:
                parts += [text[end : span.start], f"Person {self._letter(text[span.start : span.end])}"]
                end = span.end
        return "".join([*parts, text[end:]])

    def _letter(self, name: str) -> str:
        if name not in self._letters:
            letter = next(each for each in _letters() if each not in self._taken)
            self._letters[name] = letter
            self._taken.add(letter)
        return self._letters[name]


@cache
def _letters() -> tuple[str, ...]:
    alphabet = [chr(code) for code in range(ord("A"), ord("Z") + 1)]
    return (*alphabet, *(a + b for a in alphabet for b in alphabet))


def _without_gender(text: str) -> str:
    words = _gender_words()
    return _gender_pattern().sub(lambda found: _cased(found[0], words[found[0].casefold()]), text)


def _cased(like: str, word: str) -> str:
    return word.capitalize() if like[:1].isupper() else word


@cache
def _gender_words() -> dict[str, str]:
    text = files("aboveboard.mitigation").joinpath("gender_words.yaml").read_text(encoding="utf-8")
    loaded: Any = yaml.safe_load(text)
    return {str(word): str(neutral) for word, neutral in loaded.items()}


@cache
def _gender_pattern() -> re.Pattern[str]:
    longest_first = sorted(_gender_words(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)
