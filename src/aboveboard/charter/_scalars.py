"""Kinds of single value: text, names, choices, numbers, durations, requirements."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aboveboard.charter._nodes import Node, ScalarNode, describe, shorten
from aboveboard.charter._reading import INVALID, Reading, Vocabularies
from aboveboard.errors import AboveboardError
from aboveboard.values import parse_bound, parse_duration

# Everything below U+0020 but tab and new line, and U+007F…U+009F: they can rewrite a terminal.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Text:
    """Text that is not blank. `pattern` narrows it; `is_secret` keeps what was written out of messages."""

    label: str = "text"
    pattern: str = ""
    longest: int = 2000
    is_secret: bool = False

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node, ScalarNode) or not isinstance(node.value, str):
            return self._wrong(node, reading)
        if flaw := text_flaw(node.text, self.longest):
            return reading.wrong(node, flaw)
        if self.pattern and not re.fullmatch(self.pattern, node.text):
            return self._wrong(node, reading)
        return node.text

    def _wrong(self, node: Node, reading: Reading) -> Any:
        is_value = isinstance(node, ScalarNode) and not isinstance(node.value, str | None)
        cure = "put it in quotes to make it text" if is_value and not self.pattern else ""
        found = "something else" if self.is_secret else describe(node)
        return reading.wrong(node, f"expected {self.label}, found {found}", cure)

    def schema(self, words: Vocabularies) -> dict[str, Any]:
        narrowed = {"pattern": f"^(?:{self.pattern})$"} if self.pattern else {"pattern": r"\S"}
        return {"type": "string", "maxLength": self.longest, **narrowed}


def text_flaw(text: str, longest: int) -> str:
    """Why a text cannot stand in a charter, or nothing."""
    if not text.strip():
        return "the text is empty"
    if len(text) > longest:
        return f"a text of {len(text)} characters; the most is {longest}"
    found = _CONTROL.search(text)
    return f"the text holds the control character U+{ord(found[0]):04X}" if found else ""


@dataclass(frozen=True, slots=True)
class Word:
    """A name out of a vocabulary: `measure`, `role`, `context` …, or one that is there in any charter."""

    vocabulary: str
    always: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        article = "an" if self.vocabulary[0] in "aeiou" else "a"
        return f"the name of {article} {self.vocabulary}"

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node, ScalarNode) or not isinstance(node.value, str):
            return reading.wrong(node, f"expected {self.label}, found {describe(node)}")
        known = reading.vocabularies.get(self.vocabulary)
        if known is not None and node.text not in self.always.union(known):
            return reading.unknown(node, self.vocabulary, node.text, self.always.union(known))
        return node.text

    def schema(self, words: Vocabularies) -> dict[str, Any]:
        known = words.get(self.vocabulary)
        if known is None:
            return {"type": "string", "minLength": 1}
        return {"enum": sorted(self.always.union(known))}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words or numbers."""

    values: tuple[str | int, ...]

    @property
    def label(self) -> str:
        return " or ".join(f"`{value}`" for value in self.values)

    def read(self, node: Node, reading: Reading) -> Any:
        value = node.value if isinstance(node, ScalarNode) else None
        if value in self.values and not isinstance(value, bool | float):
            return value
        if isinstance(value, str):
            return reading.unknown(node, "value", value, [str(choice) for choice in self.values])
        plain = " or ".join(str(choice) for choice in self.values)
        return reading.wrong(node, f"expected {plain}, found {describe(node)}")

    def schema(self, words: Vocabularies) -> dict[str, Any]:
        return {"enum": list(self.values)}


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `low` to `high`, both allowed unless `is_open`; whole if `is_whole`."""

    low: float
    high: float
    is_whole: bool = False
    is_open: bool = False

    @property
    def label(self) -> str:
        ends = "between {:.12g} and {:.12g}, both excluded" if self.is_open else "from {:.12g} to {:.12g}"
        return f"a {'whole ' if self.is_whole else ''}number {ends.format(self.low, self.high)}"

    def read(self, node: Node, reading: Reading) -> Any:
        value = node.value if isinstance(node, ScalarNode) else None
        allowed = int if self.is_whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, allowed) or not self._holds(value):
            return reading.wrong(node, f"expected {self.label}, found {describe(node)}")
        return value if self.is_whole else float(value)

    def _holds(self, value: float) -> bool:
        return self.low < value < self.high if self.is_open else self.low <= value <= self.high

    def schema(self, words: Vocabularies) -> dict[str, Any]:
        prefix = ("exclusiveMinimum", "exclusiveMaximum") if self.is_open else ("minimum", "maximum")
        kind = "integer" if self.is_whole else "number"
        return {"type": kind, prefix[0]: self.low, prefix[1]: self.high}


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""

    label: str = "`true` or `false`"

    def read(self, node: Node, reading: Reading) -> Any:
        value = node.value if isinstance(node, ScalarNode) else None
        if isinstance(value, bool):
            return value
        return reading.wrong(node, f"expected true or false, found {describe(node)}")

    def schema(self, words: Vocabularies) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Duration:
    """`90s`, `12h`, `30d`, `3y`; at most a century, and `0d` for not at all."""

    label: str = "a duration such as `12h`, `30d` or `3y`"

    def read(self, node: Node, reading: Reading) -> Any:
        return _parsed(node, reading, "a duration such as 30d or 3y", _duration)

    def schema(self, words: Vocabularies) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]{1,10}[smhdwy]$"}


def _duration(text: str) -> timedelta:
    if len(text) > 11 or not text.isascii():
        raise AboveboardError(f"not a duration: {shorten(text)!r}", cure="write a number and a unit: 30d, 3y")
    try:
        length = parse_duration(text)
    except OverflowError:
        length = timedelta.max
    if length > timedelta(days=36525):
        raise AboveboardError(f"a duration of {text}", cure="write one of up to a century: 30d, 3y")
    return length


@dataclass(frozen=True, slots=True)
class Requirement:
    """`>= 0.80`, `< 5%`."""

    label: str = "a comparison and a number, such as `>= 0.80` or `< 5%`"

    def read(self, node: Node, reading: Reading) -> Any:
        bound = _parsed(node, reading, "a comparison and a number such as '>= 0.80'", parse_bound)
        if bound is not INVALID and not math.isfinite(bound.threshold):
            return reading.wrong(node, f"not a finite number: {describe(node)}")
        return bound

    def schema(self, words: Vocabularies) -> dict[str, Any]:
        number = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"
        return {"type": "string", "pattern": rf"^\s*(>=|<=|>|<)\s*{number}\s*%?\s*$", "maxLength": 60}


def _parsed(node: Node, reading: Reading, label: str, parse: Callable[[str], Any]) -> Any:
    """Reads text with a parser that raises AboveboardError."""
    if not isinstance(node, ScalarNode) or not isinstance(node.value, str) or len(node.text) > 60:
        return reading.wrong(node, f"expected {label}, found {describe(node)}")
    try:
        return parse(node.text)
    except AboveboardError as error:
        return reading.wrong(node, error.what, error.cure)
