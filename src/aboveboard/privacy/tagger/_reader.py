"""Texts tagged by the network, alone or many at once."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

import numpy as np

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.tagger._network import scores_of
from aboveboard.privacy.tagger._spans import MOST_TOKENS, findings, runs_of
from aboveboard.privacy.tagger._table import PAD, ROWS, TokenTable
from aboveboard.privacy.tagger._tokens import tokens_of
from aboveboard.privacy.tagger._weights import Array, Weights, weights
from aboveboard.values import NormalText, normalise


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's tokens, with scores (tokens x tags) and the tag of each."""

    normal: NormalText
    tokens: list[str]
    scores: Array
    tags: Array
    weights: Weights

    def findings(self, first: int = 0, end: int | None = None) -> list[PersonalData]:
        """What is named from a token on to another; offsets in the text as given."""
        tags = self.tags[first:end]
        if not tags.any():
            return []
        start = sum(map(len, self.tokens[:first])) if first else 0
        found = findings(self.tokens[first:end], self.scores[first:end], tags, self.weights.sureness)
        if not start and self.normal.origin is None:
            return list(found)
        return list(self._as_given(found, start))

    def _as_given(self, found: Iterable[PersonalData], start: int) -> Iterator[PersonalData]:
        """Offsets in the text as given; of two findings in one character that was folded, the first."""
        done = 0
        for item in found:
            begin, end = self.normal.span(start + item.start, start + item.end)
            if max(begin, done) < end:
                yield item.at(max(begin, done), end)
                done = end

    def token_at(self, index: int) -> int:
        """The first token whose word begins at an index of the text as given, or later."""
        if not index:
            return 0
        starts, folded = self._starts(), self.normal.index(index)
        at = bisect_left(starts, folded)
        if at and starts[at - 1] == folded - 1 and starts[at] > folded and self.tokens[at - 1][0] == " ":
            return at - 1
        return at

    def index_of(self, token: int) -> int:
        """Where in the text as given a token begins."""
        folded, origin = self._starts()[token], self.normal.origin
        if origin is None:
            return folded
        return origin[folded] if folded < len(origin) else self.normal.length

    def context_of(self, token: int) -> int:
        """From where on the text must be kept so that what follows a token is read as in the whole."""
        starts = self._starts()
        at = max(0, token - self.weights.before)
        while not self._is_whole(starts[at]):
            at -= 1
        return self.index_of(at)

    def settled(self, first: int = 0) -> list[int]:
        """The tokens behind one before which nothing changes, whatever follows, read from that one on.

        The last token may grow, those whose window it lies in may change, and a run may go on. A run is never
        parted, nor a character that folds into several tokens.
        """
        known = len(self.tokens) - 1 - self.weights.after
        places = set(range(first + 1, known + 1))
        for begin, end in runs_of(self.tags[: max(0, known)].tolist(), first):
            grows = end == known and end - begin < MOST_TOKENS
            places.difference_update(range(begin + 1, end + grows))
        starts = self._starts()
        return sorted(at for at in places if self._is_whole(starts[at]))

    def places_of(self, tokens: Iterable[int]) -> Iterator[int]:
        """Where in the text as given these tokens and their words begin, right behind what stands before."""
        starts, origin = self._starts(), self.normal.origin
        for at in tokens:
            is_spaced = at < len(self.tokens) and len(self.tokens[at]) > 1 and self.tokens[at][0] == " "
            for place in (starts[at], starts[at] + 1) if is_spaced else (starts[at],):
                yield place if origin is None or not place else origin[place - 1] + 1

    def _starts(self) -> list[int]:
        """Where each token begins in the folded text, and where the last one ends."""
        return [0, *accumulate(map(len, self.tokens))]

    def _is_whole(self, index: int) -> bool:
        origin = self.normal.origin
        return origin is None or not 0 < index < len(origin) or origin[index] != origin[index - 1]


class Reader:
    """Reads texts with one set of weights; keeps what it learned of tokens. Safe in several threads."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._table = TokenTable(weights)

    def read(self, text: str) -> Reading:
        """Tags a text of at most `LONGEST_READ` code points."""
        return self.read_many([text])[0]

    def read_many(self, texts: Sequence[str]) -> list[Reading]:
        """Tags texts that together have at most `LONGEST_READ` code points, each as if it were alone."""
        normal = [normalise(text) for text in texts]
        tokens = [tokens_of(each.text) for each in normal]
        scores = self._scores(tokens)
        tags = scores.argmax(1)
        readings, start = [], 0
        for text, words in zip(normal, tokens, strict=True):
            end = start + len(words)
            readings.append(Reading(text, words, scores[start:end], tags[start:end], self.weights))
            start = end + self.weights.before + self.weights.after
        return readings

    def _scores(self, texts: Sequence[Sequence[str]]) -> Array:
        """Between two texts stands as much padding as each would have alone."""
        table, rows = self._rows([token for tokens in texts for token in tokens])
        before, after = [PAD] * self.weights.before, [PAD] * self.weights.after
        padded, start = [], 0
        for tokens in texts:
            padded += before
            padded += rows[start : start + len(tokens)]
            padded += after
            start += len(tokens)
        return scores_of(np.array(padded, np.intp), table, self.weights)

    def _rows(self, tokens: Sequence[str]) -> tuple[TokenTable, list[int]]:
        table = self._table
        rows = table.rows_of(tokens)
        while rows is None:
            table = self._table = TokenTable(self.weights, max(ROWS, len(tokens) + 1))
            rows = table.rows_of(tokens)
        return table, rows


LONGEST_READ = 16_000
"""The code points that are read at once: no more tokens than a new table has rows for."""


@cache
def reader() -> Reader:
    """The reader with the weights of the package, made on first use. Raises WeightsError."""
    return Reader(weights())
