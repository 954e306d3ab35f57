"""What a row of logits tells, a slice of the vocabulary at a time.

A whole table of logits (256 rows of 49,152 are 50 MB) is written to memory and read back for every pass over
it. A slice stays in the processor's cache until all that is wanted of it has been added up.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import torch

from aboveboard.models.likelihoods._torch_packed import Product, can_pack, packed

_LOG2E = 1 / math.log(2)
_COLUMNS = {"cpu": 1024}
_COLUMNS_ELSEWHERE = 1 << 14
"""Columns of a slice: as many as a core's cache holds; elsewhere few starts of a kernel matter more."""

Slices = Iterator[torch.Tensor]
"""Neighbouring columns of a table of logits, [rows, columns], in float32."""

LastLayer = Callable[[torch.Tensor], Slices]


def last_layer(model: Any, *, pack: bool = False) -> LastLayer | None:
    """The model's last layer as a function of hidden states, or None where it is no linear one.

    A model may do more than this layer says (scale or bend its logits): compare before you rely on it.
    `pack`: with a copy of its weights in blocks, where that can be.
    """
    layer = model.get_output_embeddings()
    if not isinstance(layer, torch.nn.Linear):
        return None
    if pack and can_pack(layer.weight):
        return partial(_multiply_in_turn, [packed(*part) for part in _parts(layer)])
    return partial(_multiply, layer)


def cut(logits: torch.Tensor) -> Slices:
    """The slices of a table that is there already."""
    return (part.float() for part in logits.split(_width(logits.device), dim=-1))


def _multiply(layer: torch.nn.Linear, hidden: torch.Tensor) -> Slices:
    return (torch.nn.functional.linear(hidden, *part).float() for part in _parts(layer))


def _multiply_in_turn(products: Sequence[Product], hidden: torch.Tensor) -> Slices:
    return (product(hidden) for product in products)


def _parts(layer: torch.nn.Linear) -> Iterator[tuple[torch.Tensor, torch.Tensor | None]]:
    """Weights and bias of neighbouring columns."""
    width = _width(layer.weight.device)
    for start in range(0, layer.weight.shape[0], width):
        columns = slice(start, start + width)
        yield layer.weight[columns], None if layer.bias is None else layer.bias[columns]


def _width(device: torch.device) -> int:
    return _COLUMNS.get(device.type, _COLUMNS_ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Entries of a table of logits: rows and columns of equal number; `moments` of every row or not."""

    rows: torch.Tensor
    columns: torch.Tensor
    moments: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """Of each wanted entry its log p and whether no other column is likelier; of each row its moments."""

    logprobs: list[float]
    are_greedy: list[bool]
    moments: list[tuple[float, float]]


def tell(slices: Slices, wanted: Wanted) -> Told:
    """Reads each slice once. Sums of slices are put together in float64."""
    sums = _Sums(wanted)
    for part in slices:
        sums.add(part)
    return sums.told()


@dataclass(slots=True)
class _Sums:
    """Of each slice and row the highest logit, and the sum of exp(logit − highest); of moments also the sums
    of this times the difference and times its square."""

    wanted: Wanted
    entries: torch.Tensor = field(init=False)
    seen: int = 0
    highest: list[torch.Tensor] = field(default_factory=list)
    sums: list[torch.Tensor] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.entries = torch.zeros(self.wanted.rows.shape, device=self.wanted.rows.device)

    def add(self, part: torch.Tensor) -> None:
        """The slice is written over."""
        self._look_up(part)
        highest = part.amax(-1, keepdim=True)
        # exp2 is three times as fast as exp here, and as exact.
        below = part.sub_(highest)
        each = (below * _LOG2E).exp2_()
        powers = [each.sum(-1)]
        if self.wanted.moments:
            powers += [each.mul_(below).sum(-1), each.mul_(below).sum(-1)]
        self.highest.append(highest[:, 0])
        self.sums.append(torch.stack(powers))

    def _look_up(self, part: torch.Tensor) -> None:
        columns = self.wanted.columns - self.seen
        here = ((columns >= 0) & (columns < part.shape[-1])).nonzero()[:, 0]
        self.entries[here] = part[self.wanted.rows[here], columns[here]]
        self.seen += part.shape[-1]

    def told(self) -> Told:
        highest = torch.stack(self.highest, -1).double()
        top = highest.amax(-1, keepdim=True)
        below = highest - top
        sums = torch.stack(self.sums, -1).double() * below.exp()
        normaliser = sums[0].sum(-1).log()
        entries = self.entries.double() - top[self.wanted.rows, 0]
        return Told(
            (entries - normaliser[self.wanted.rows]).tolist(),
            (entries == 0).tolist(),
            _moments(sums, below, normaliser) if self.wanted.moments else [],
        )


def _moments(sums: torch.Tensor, below: torch.Tensor, normaliser: torch.Tensor) -> list[tuple[float, float]]:
    """Mean and standard deviation of log p over the vocabulary.

    `sums` [3, rows, slices] are of differences from each slice's highest logit, which lies `below` the row's.
    """
    zeroth, first, second = sums
    total = zeroth.sum(-1)
    mean = (first + zeroth * below).sum(-1) / total
    square = (second + 2 * first * below + zeroth * below.square()).sum(-1) / total
    deviation = (square - mean.square()).clamp_min(0).sqrt()
    return list(zip((mean - normaliser).tolist(), deviation.tolist(), strict=True))
