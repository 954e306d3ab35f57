"""Lists of words written short: `german(?:s|ic)?` stands for german, germans and germanic."""

import re
from collections.abc import Iterator

_PART = re.compile(r"\(\?:([^()]*)\)(\?)?|\[([^\]]*)\](\?)?|(.)(\?)?", re.DOTALL)


def words_of(short: str) -> Iterator[str]:
    """Every word that alternatives of literals, `(?:a|b)`, `[ab]` and `?` (no nesting) stand for."""
    for word in _alternatives(short):
        yield from _words_of_one(word)


def beginnings_of(short: str) -> set[str]:
    """The first letters, at most nine, in small letters, of every word that `words_of` gives."""
    found = (re.match(r"([^(\[?]{1,9})(\??)", word) for word in _alternatives(short))
    return {_certain(match).lower() for match in found if match}


def _certain(match: re.Match[str]) -> str:
    return match[1][:-1] if match[2] else match[1]


def _alternatives(short: str) -> list[str]:
    return re.split(r"\|(?![^()]*\))", "".join(short.split("\n")))


def _words_of_one(word: str) -> list[str]:
    grown = [""]
    for group, group_may_lack, letters, letter_may_lack, letter, may_lack in _PART.findall(word):
        choices = group.split("|") if group or group_may_lack else list(letters or letter)
        if group_may_lack or letter_may_lack or may_lack:
            choices = ["", *choices]
        grown = [begun + choice for begun in grown for choice in choices]
    return grown
