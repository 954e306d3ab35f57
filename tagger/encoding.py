"""Examples as the network reads them: tokens as numbers, a tag for each, padding between texts."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from aboveboard.privacy.tagger._features import features_of
from aboveboard.privacy.tagger._tokens import tokens_of
from aboveboard.privacy.tagger._weights import TAGS
from aboveboard.values import normalise

Spans = Sequence[tuple[int, int, str]]
PAD = 0
UNKNOWN = "unknown"
"""The type of spans that are to be learned neither as names nor as none."""
_IGNORED = -1
_NUMBER = {tag: number for number, tag in enumerate(TAGS)}
_JOINTS = (" ", " ", "\n", "\n\n")


class Labelled(Protocol):
    """A text with its spans (start, end, type)."""

    @property
    def text(self) -> str: ...
    @property
    def spans(self) -> Spans: ...


@dataclass(slots=True)
class Vocabulary:
    """Numbers of tokens from 1 on (0 is padding), how often each was seen, and their features."""

    numbers: dict[str, int] = field(default_factory=dict)
    counts: list[int] = field(default_factory=lambda: [0])
    words: list[int] = field(default_factory=lambda: [0])
    shapes: list[int] = field(default_factory=lambda: [0])
    pieces: list[NDArray[np.int32]] = field(default_factory=lambda: [np.zeros(0, np.int32)])

    def number(self, token: str) -> int:
        """A token's number; a new token gets the next one."""
        number = self.numbers.get(token)
        if number is None:
            number = self.numbers[token] = len(self.counts)
            word, shape, pieces = features_of(token)
            self.counts.append(0)
            self.words.append(word)
            self.shapes.append(shape)
            self.pieces.append(np.array(pieces, np.int32))
        self.counts[number] += 1
        return number


@dataclass(frozen=True, slots=True)
class Encoded:
    """Texts one after the other: `tokens` and `tags`, and where each text begins (one more at the end)."""

    tokens: NDArray[np.int32]
    tags: NDArray[np.int8]
    starts: NDArray[np.int64]


def encode(examples: Iterable[Labelled], vocabulary: Vocabulary, seed: int) -> Encoded:
    """Every example once, some joined and some in other cases, as the seed has it."""
    tokens: list[np.ndarray] = []
    tags: list[np.ndarray] = []
    for text, spans in _varied(examples, random.Random(seed)):  # noqa: S311 - no secret
        words, marks = tag_tokens(text, spans)
        tokens.append(np.array([vocabulary.number(word) for word in words], np.int32))
        tags.append(np.array(marks, np.int8))
    starts = np.array([0, *accumulate(map(len, tokens))], np.int64)
    return Encoded(np.concatenate(tokens), np.concatenate(tags), starts)


def tag_tokens(text: str, spans: Spans) -> tuple[list[str], list[int]]:
    """Tokens of the folded text, and the number of the tag of each; -1 where it is unknown."""
    normal = normalise(text)
    tokens = tokens_of(normal.text)
    kinds = [""] * (len(normal.text) + 1)
    begins = set()
    for start, end, kind in spans:
        if f"B-{kind}" in _NUMBER or kind == UNKNOWN:
            first, last = normal.index(start), normal.index(end)
            kinds[first:last] = [kind] * (last - first)
            begins.add(first)
    tags, at, open_kind = [], 0, ""
    for token in tokens:
        inside = range(at + token.startswith(" "), at + len(token)) or range(at, at + len(token))
        kind = next((kinds[index] for index in inside if kinds[index]), "")
        is_first = kind and (kind != open_kind or any(index in begins for index in inside))
        tag = f"{'B' if is_first else 'I'}-{kind}"
        tags.append(_IGNORED if kind == UNKNOWN else _NUMBER[tag] if kind else 0)
        open_kind, at = kind, at + len(token)
    return tokens, tags


def _varied(examples: Iterable[Labelled], draw: random.Random) -> Iterator[tuple[str, Spans]]:
    """Up to three examples joined into one text; some texts all small or all capitals."""
    text, spans, more = "", [], 0
    for example in examples:
        piece, marks = _recased(example.text, draw), example.spans
        if more and text:
            text += draw.choice(_JOINTS)
        spans += [(start + len(text), end + len(text), kind) for start, end, kind in marks]
        text += piece
        more = more - 1 if more else draw.choice((0, 0, 0, 1, 1, 2))
        if not more:
            yield text, spans
            text, spans = "", []
    if text:
        yield text, spans


def _recased(text: str, draw: random.Random) -> str:
    chance = draw.random()
    other = text.lower() if chance < 0.13 else text.upper() if chance < 0.18 else text
    return other if len(other) == len(text) else text
