"""What the first layer makes of a token, for each place of its window, worked out once and kept.

The vector of a token depends on the token alone, and so does its product with the first layer's matrices. The
layer is then a look-up and a sum. The table is bounded: when it is full a new one is begun, and who still
reads the old one keeps it.
"""

from collections.abc import Sequence
from itertools import chain
from threading import Lock
from typing import cast

import numpy as np

from aboveboard.privacy.tagger._features import features_of
from aboveboard.privacy.tagger._weights import Array, Weights

FINE = 4
"""The steps of a sum (16 bits) in one step of what the first layer gives (8 bits)."""
_MOST = 4_095  # seven of them and a bias fit 16 bits
ROWS = 16_384
"""How many tokens a table has room for, by default."""
PAD = 0
"""The row of what stands beyond both ends of a text: nothing."""


class TokenTable:
    """`parts[k][row]` (int16) is what the token of this row adds to the sum of the one that has it at
    `offsets[k]`.
    """

    def __init__(self, weights: Weights, capacity: int = ROWS) -> None:
        layer = weights.first
        offsets, inputs, outputs = layer.matrices.shape
        self.parts = np.zeros((offsets, capacity, outputs), np.int16)
        self.bias = np.clip(np.rint(layer.bias * FINE), -_MOST, _MOST).astype(np.int16)
        self._weights = weights
        self._matrix = layer.matrices.astype(np.float64).transpose(1, 0, 2).reshape(inputs, offsets * outputs)
        self._factor = np.tile(layer.factor.astype(np.float64) * FINE, offsets)
        self._rows: dict[str, int] = {}
        self._lock = Lock()

    def rows_of(self, tokens: Sequence[str]) -> list[int] | None:
        """The rows of these tokens; None when the table has no room for the new ones."""
        rows = list(map(self._rows.get, tokens))
        if None in rows:
            if not self._learn({token for token, row in zip(tokens, rows, strict=True) if row is None}):
                return None
            rows = list(map(self._rows.get, tokens))
        return cast("list[int]", rows)

    def _learn(self, tokens: set[str]) -> bool:
        """Works out the rows of new tokens; they are entered only when they can be read."""
        with self._lock:
            new = sorted(tokens - self._rows.keys())
            first = len(self._rows) + 1
            if first + len(new) > self.parts.shape[1]:
                return False
            products = vectors_of(new, self._weights) @ self._matrix  # whole numbers below 2 ** 53: exact
            products = np.rint(products * self._factor)
            parts = np.clip(products, -_MOST, _MOST).astype(np.int16).reshape(len(new), *self._shape)
            self.parts[:, first : first + len(new)] = parts.transpose(1, 0, 2)
            self._rows.update(zip(new, range(first, first + len(new)), strict=True))
        return True

    @property
    def _shape(self) -> tuple[int, int]:
        return self.parts.shape[0], self.parts.shape[2]


def vectors_of(tokens: Sequence[str], weights: Weights) -> Array:
    """The tokens' vectors: word and shape, and the pieces over the root of their number; whole numbers."""
    features = [features_of(token) for token in tokens]
    vectors = weights.words[[word for word, _, _ in features]].astype(np.float64)
    vectors += weights.words[[shape for _, shape, _ in features]]
    words = [index for index, (_, _, pieces) in enumerate(features) if pieces]
    if words:
        bags = [features[index][2] for index in words]
        vectors[words] += _pieces_of(bags, weights)
    return vectors


def _pieces_of(bags: Sequence[Sequence[int]], weights: Weights) -> Array:
    lengths = np.array([len(bag) for bag in bags])
    rows = weights.pieces[list(chain.from_iterable(bags))]
    sums = np.add.reduceat(rows, lengths.cumsum() - lengths, axis=0, dtype=np.int32)
    return np.asarray(np.rint(sums / np.sqrt(lengths)[:, None]))
