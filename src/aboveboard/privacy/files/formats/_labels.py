"""Names of fields: as words for a finder, and as places for a reader."""

import re
from collections.abc import Collection
from functools import lru_cache

_WORDS = re.compile(r"[^\W\d_]+|\d+")
_HUMPS = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")
_LONGEST = 64
_MOST_DIGITS = 4
_MOST_HIDDEN = 200
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


def shown_name(path: str, hidden: Collection[str], alias: str) -> str:
    """A name or path without the names that turned out to be values: the alias, or `…` in a path."""
    if path in hidden or len(hidden) > _MOST_HIDDEN:
        return alias or "…"
    for name in hidden:
        if f".{name}" in path:
            path = path.replace(f".{name}", ".…")
    return path
