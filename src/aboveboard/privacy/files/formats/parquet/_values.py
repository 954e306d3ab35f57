"""The values in the rows of a column as texts, at any depth, and changed texts back in their places."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from aboveboard.privacy.files._headings import type_under
from aboveboard.privacy.files.formats._labels import label_of

_EXACT = 1 << 53


def is_told(name: str) -> bool:
    """Whether the name of a column or field tells what its values are, so that moments and fractions under it
    are read as well: a data frame keeps a birth date as a moment, and a place as two fractions.
    """
    return type_under(label_of(name)) is not None


def leaves(value: Any, path: str, key: str) -> Iterator[tuple[str, str, str]]:
    """Text, path and name of each leaf that is looked into."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from leaves(each, f"{path}.{name}", str(name))
    elif isinstance(value, (list, tuple)):
        for index, each in enumerate(value):
            yield from leaves(each, f"{path}[{index}]", key)
    else:
        text = _text_of(value, key)
        if text is not None:
            yield text, path, key


def _text_of(value: Any, key: str) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return _decoded(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))  # what a data frame makes of numbers when one is missing
    if isinstance(value, datetime | float):
        return str(value) if is_told(key) else None
    if isinstance(value, int | Decimal | date) and not isinstance(value, bool):
        return str(value)
    return None


def _decoded(value: bytes) -> str | None:
    """Bytes that are text, as writers without a type for strings keep it."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return None


class Put:
    """Puts changed texts back where they came from, in the same order."""

    def __init__(self, feed: Iterator[str], column: str, nulled: Counter[str]) -> None:
        self._feed = feed
        self._column = column
        self._nulled = nulled

    def __call__(self, value: Any, key: str | None = None) -> Any:
        key = self._column if key is None else key
        if isinstance(value, dict):
            return {name: self(each, str(name)) for name, each in value.items()}
        if isinstance(value, (list, tuple)):
            return type(value)(self(each, key) for each in value)
        text = _text_of(value, key)
        if text is None:
            return value
        new = next(self._feed)
        if new == text or isinstance(value, str):
            return value if new == text else new
        if isinstance(value, bytes):
            return new.encode()
        self._nulled[self._column] += 1
        return None
