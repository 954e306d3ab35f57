"""Texts drawn at random for the network to learn from, and what is left out of them each time."""

import numpy as np
import torch
from tagger.encoding import PAD, Encoded, Vocabulary
from tagger.network import Network
from torch import Tensor

_RARE = 12  # words seen less often are learned by their pieces and what is around them only


class Batches:
    """Texts drawn at random, as what the network takes."""

    def __init__(self, encoded: Encoded, vocabulary: Vocabulary, network: Network, seed: int) -> None:
        self._encoded = encoded
        self._draw = np.random.default_rng(seed)
        self._gap = network.before + network.after
        self._before, self._after = network.before, network.after
        self._words = np.array(vocabulary.words)
        self._shapes = np.array(vocabulary.shapes)
        self._is_rare = np.array(vocabulary.counts) < _RARE
        self._lengths = np.array([len(each) for each in vocabulary.pieces])
        self._firsts = np.concatenate(([0], np.cumsum(self._lengths)))
        self._pieces = np.concatenate(vocabulary.pieces).astype(np.int64)

    def forget_nothing(self) -> None:
        """Lets rare words be read whole, as at run time."""
        self._is_rare[:] = False

    def next(self, size: int) -> tuple[Tensor, Tensor]:
        """Tokens and tags (-1: padding) of texts with `size` tokens at least."""
        tokens, tags, count = [np.full(self._before, PAD)], [], 0
        while count < size:
            text = int(self._draw.integers(len(self._encoded.starts) - 1))
            part = slice(self._encoded.starts[text], self._encoded.starts[text + 1])
            tokens += [self._encoded.tokens[part], np.full(self._gap, PAD)]
            tags += [self._encoded.tags[part], np.full(self._gap, -1)]
            count += part.stop - part.start
        flat = np.concatenate(tokens)
        marks = np.concatenate(tags)[: len(flat) - self._gap]
        return torch.from_numpy(flat.astype(np.int64)), torch.from_numpy(marks.astype(np.int64))

    def vectors(self, network: Network, tokens: Tensor, forget: float) -> Tensor:
        """Vectors of tokens; of some, and of rare ones, the whole word is left out, of a third as many its
        pieces too, so that names never seen are found by their form and by what is around them.
        """
        distinct, where = np.unique(tokens.numpy(), return_inverse=True)
        lengths = self._lengths[distinct]
        starts = np.cumsum(lengths) - lengths
        index = np.repeat(self._firsts[distinct] - starts, lengths) + np.arange(lengths.sum())
        is_word = lengths > 0
        lost = is_word & (self._draw.random(len(distinct)) < forget / 3)
        forgotten = lost | is_word & (self._is_rare[distinct] | (self._draw.random(len(distinct)) < forget))
        factors = np.where(is_word & ~lost, 1 / np.sqrt(np.maximum(lengths, 1)), 0.0)
        bags = (torch.from_numpy(self._pieces[index]), torch.from_numpy(starts), _floats(factors))
        words = network.words(torch.from_numpy(self._words[distinct])) * _floats(~forgotten)[:, None]
        shapes = network.words(torch.from_numpy(self._shapes[distinct]))
        whole = words + shapes + network.pieces(bags[0], bags[1]) * bags[2][:, None]
        whole = whole * _floats(distinct != PAD)[:, None]
        return whole[torch.from_numpy(where.reshape(-1))]


def _floats(values: np.ndarray) -> Tensor:
    return torch.from_numpy(values.astype(np.float32))
