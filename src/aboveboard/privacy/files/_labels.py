"""Names of fields: as words for a finder, and as places for a reader."""

import re
from functools import lru_cache

_WORDS = re.compile(r"[^\W\d_]+|\d+")
_HUMPS = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")
_LONGEST = 64
_MOST_DIGITS = 4
_PLAIN = re.compile(r"[^\W\d][\w .\-/()]*")


@lru_cache(maxsize=4096)
def label_of(name: str) -> str:
    """`birth_date`, `birthDate` and `birth-date` are read as `birth date`; nothing of what is no name."""
    if not is_name(name):
        return ""
    return " ".join(_WORDS.findall(_HUMPS.sub(" ", name)))


def is_name(text: str) -> bool:
    """Whether a text reads like a field's name, not like a value: short, begun by a letter, few digits."""
    digits = sum(map(str.isdigit, text))
    return len(text) <= _LONGEST and digits <= _MOST_DIGITS and _PLAIN.fullmatch(text) is not None


def shown_name(path: str) -> str:
    """A name or path that holds no value of its own: keys that read like values were left out of paths."""
    return "".join(character for character in path if character.isprintable())
