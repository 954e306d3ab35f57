"""The tagger's weights: whole numbers of eight and sixteen bits in one file inside the package.

Every product and sum of the network is one of whole numbers small enough that binary32 (or binary64, where
said) holds them exactly, so that no order of additions, block size or machine changes a result (the idea of
Jacob et al., 2018, "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only
Inference").
"""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aboveboard.privacy import _span
from aboveboard.privacy.tagger._errors import WeightsError
from aboveboard.privacy.tagger._features import PIECE_ROWS, WORD_ROWS

NAME_TYPES = tuple(sorted(_span.NAME_TYPES))
"""The types that the tagger finds, in the order of the weights."""
TAGS = ("O", *(f"{part}-{name}" for name in NAME_TYPES for part in ("B", "I")))
FILE, DIGEST_FILE = "weights.npz", "weights.sha256"

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Convolution:
    """One layer: for each offset (in tokens) a matrix of whole numbers; for each output factor and bias."""

    offsets: tuple[int, ...]
    matrices: Array
    """binary32, offsets x inputs x outputs, whole numbers of at most 127."""
    factor: Array
    bias: Array


@dataclass(frozen=True, slots=True)
class Sureness:
    """How evidence becomes a probability, and how much is enough: a logistic regression for each type (Platt,
    1999, "Probabilistic Outputs for Support Vector Machines") of what `_spans.evidence_of` tells.
    """

    factors: tuple[tuple[float, ...], ...]
    """Types x 4."""
    threshold: float
    """The probability that a finding has at least."""
    least_odds: float
    """The same as the logarithm of odds."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The two tables (int8), the first layer for each offset, the others, and what is sure enough."""

    words: Array
    pieces: Array
    first: Convolution
    rest: tuple[Convolution, ...]
    sureness: Sureness
    before: int
    """How many tokens before one its tag depends on."""
    after: int
    """How many tokens after one its tag depends on."""


@cache
def weights() -> Weights:
    """The weights in the package, read on first use. Raises WeightsError."""
    folder = files("aboveboard.privacy.tagger")
    try:
        content = folder.joinpath(FILE).read_bytes()
        expected = folder.joinpath(DIGEST_FILE).read_text("ascii").split()[0]
    except (OSError, IndexError, UnicodeError) as error:
        raise WeightsError(f"cannot be read: {error}") from error
    return parse_weights(content, expected)


def parse_weights(content: bytes, expected: str) -> Weights:
    """Weights from a file's content, whose SHA-256 (hexadecimal) must be the expected one."""
    if hashlib.sha256(content).hexdigest() != expected:
        raise WeightsError("are damaged: another SHA-256 than they were released with")
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return build_weights(arrays)
    except (ValueError, KeyError, IndexError, OSError) as error:
        raise WeightsError(f"are damaged: {error}") from error


def build_weights(arrays: Mapping[str, Array]) -> Weights:
    """Weights from named arrays, as the training script makes them. Raises ValueError on a wrong shape."""
    words, pieces = arrays["words"], arrays["pieces"]
    width = words.shape[1]
    _expect("words", words, (WORD_ROWS, width), np.int8)
    _expect("pieces", pieces, (PIECE_ROWS, width), np.int8)
    layers: list[Convolution] = []
    for number in range(int(arrays["layers"])):
        layers.append(_convolution(arrays, number, layers[-1].matrices.shape[2] if layers else width))
    _expect("the last layer", layers[-1].bias, (len(TAGS),), np.float32)
    before = -sum(layer.offsets[0] for layer in layers)
    after = sum(layer.offsets[-1] for layer in layers)
    return Weights(words, pieces, layers[0], tuple(layers[1:]), _sureness(arrays), before, after)


def _sureness(arrays: Mapping[str, Array]) -> Sureness:
    factors, threshold = arrays["sureness"], float(arrays["threshold"])
    _expect("sureness", factors, (len(NAME_TYPES), 4), np.float32)
    if not 0 < threshold < 1:
        raise ValueError(f"the threshold is {threshold}, not between 0 and 1")
    return Sureness(tuple(map(tuple, factors.tolist())), threshold, log(threshold / (1 - threshold)))


def _convolution(arrays: Mapping[str, Array], number: int, inputs: int) -> Convolution:
    offsets = tuple(int(offset) for offset in arrays[f"offsets{number}"])
    matrices, factor, bias = (arrays[f"{part}{number}"] for part in ("matrices", "factor", "bias"))
    outputs = factor.shape[0]
    _expect(f"layer {number}", matrices, (len(offsets), inputs, outputs), np.int8)
    _expect(f"the bias of layer {number}", bias, (outputs,), np.float32)
    if list(offsets) != sorted(set(offsets)) or not offsets[0] <= 0 <= offsets[-1]:
        raise ValueError(f"layer {number} has offsets {offsets}")
    return Convolution(offsets, matrices.astype(np.float32), factor.astype(np.float32), bias)


def _expect(what: str, array: Array, shape: tuple[int, ...], kind: Any) -> None:
    if array.shape != shape or array.dtype != kind:
        raise ValueError(f"{what}: {array.dtype} {array.shape} in place of {np.dtype(kind)} {shape}")
