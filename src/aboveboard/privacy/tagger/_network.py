"""The network: tokens in, a whole number of evidence for each tag out."""

import numpy as np

from aboveboard.privacy.tagger._table import FINE, TokenTable
from aboveboard.privacy.tagger._weights import Array, Convolution, Weights

TOP = 255
"""The most that a layer gives: activations are eight bits."""


def scores_of(rows: Array, table: TokenTable, weights: Weights) -> Array:
    """Scores (binary32, tokens x tags) of the tokens whose rows these are, less the padding."""
    hidden = _first(rows, table, weights.first.offsets)
    for layer in weights.rest[:-1]:
        hidden = _convolve(hidden, layer)
        np.rint(hidden, out=hidden)
        _cut_off(hidden)
    return _convolve(hidden, weights.rest[-1])


def _first(rows: Array, table: TokenTable, offsets: tuple[int, ...]) -> Array:
    low, count = offsets[0], len(rows) - (offsets[-1] - offsets[0])
    total: Array = table.parts[0].take(rows[:count], 0, mode="clip")
    total += table.bias
    for part, offset in zip(table.parts[1:], offsets[1:], strict=True):
        total += part.take(rows[offset - low : offset - low + count], 0, mode="clip")
    total >>= FINE.bit_length() - 1
    _cut_off(total)
    hidden: Array = total.astype(np.float32)
    return hidden


def _convolve(hidden: Array, layer: Convolution) -> Array:
    """Sums of at most 2 ** 24 in whole numbers (exact in any order), then one factor and one bias."""
    low, count = layer.offsets[0], len(hidden) - (layer.offsets[-1] - layer.offsets[0])
    total: Array = hidden[:count] @ layer.matrices[0]
    for matrix, offset in zip(layer.matrices[1:], layer.offsets[1:], strict=True):
        total += hidden[offset - low : offset - low + count] @ matrix
    total *= layer.factor
    total += layer.bias
    return total


def _cut_off(values: Array) -> None:
    np.maximum(values, 0, out=values)
    np.minimum(values, TOP, out=values)
