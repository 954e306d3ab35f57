"""The network while it learns: binary32 in PyTorch, the same sums as at run time."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn

from aboveboard.privacy.tagger._features import PIECE_ROWS, WORD_ROWS
from aboveboard.privacy.tagger._weights import TAGS

WIDTH, HIDDEN = 32, 64
OFFSETS = ((-3, -2, -1, 0, 1, 2, 3), (-4, -2, 0, 2), (0,))
"""For each layer, which tokens around one it reads."""
CEILING = 6.0
"""What an activation is cut off at: 255 steps at run time."""


class Layer(nn.Module):
    """One matrix for each offset, and a bias."""

    def __init__(self, offsets: tuple[int, ...], inputs: int, outputs: int) -> None:
        super().__init__()
        self.offsets = offsets
        bound = (2.0 / (inputs * len(offsets))) ** 0.5
        self.matrices = nn.Parameter(torch.randn(len(offsets), inputs, outputs) * bound)
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, given: Tensor) -> Tensor:
        """Outputs for all but the first and last tokens, which lack a part of their window."""
        low = self.offsets[0]
        count = given.shape[0] - (self.offsets[-1] - low)
        total = self.bias.expand(count, -1)
        for matrix, offset in zip(self.matrices, self.offsets, strict=True):
            total = total + given[offset - low : offset - low + count] @ matrix
        return total


class Network(nn.Module):
    """Vectors of tokens, three layers of sums over windows, a score for each tag."""

    def __init__(self, width: int = WIDTH, hidden: int = HIDDEN) -> None:
        super().__init__()
        self.words = nn.Embedding(WORD_ROWS, width)
        self.pieces = nn.EmbeddingBag(PIECE_ROWS, width, mode="sum")
        nn.init.zeros_(self.words.weight)
        nn.init.uniform_(self.pieces.weight, -0.05, 0.05)
        sizes = [width, *[hidden] * (len(OFFSETS) - 1), len(TAGS)]
        self.layers = nn.ModuleList(
            Layer(offsets, *size) for offsets, size in zip(OFFSETS, pairwise(sizes), strict=True)
        )

    @property
    def before(self) -> int:
        """How many tokens before one its scores depend on."""
        return -sum(layer.offsets[0] for layer in self.layers)

    @property
    def after(self) -> int:
        """How many tokens after one its scores depend on."""
        return sum(layer.offsets[-1] for layer in self.layers)

    def forward(self, vectors: Tensor) -> Tensor:
        """Scores of the tokens in the middle: `before` fewer at the start, `after` at the end."""
        hidden = vectors
        for layer in self.layers[:-1]:
            hidden = layer(hidden).clamp(0.0, CEILING)
        return self.layers[-1](hidden)

    @torch.no_grad()
    def bound(self) -> None:
        """Keeps the tables within -1 and 1, where eight bits serve them well."""
        self.words.weight.clamp_(-1.0, 1.0)
        self.pieces.weight.clamp_(-1.0, 1.0)
