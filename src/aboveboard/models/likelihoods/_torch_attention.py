"""Attention of a tree's nodes among the keys that they see, in place of all keys of a row under a mask.

Nodes lie in the order in which a tree is walked, so a run of neighbours sees the trunk, the ancestors of the
first of them, and each other. A processor gains by that; elsewhere one large product is quicker than many
small ones.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import torch

Sees = np.ndarray[Any, np.dtype[np.bool_]]
"""[nodes, trunk and nodes]: whether the first attends to the second."""

_NAME = "aboveboard-runs"
_NODES = 64
"""Of a run: fewer make more, smaller products."""


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring nodes, the keys that any of them sees, and a mask [1, 1, nodes, keys]."""

    nodes: slice
    keys: torch.Tensor
    mask: torch.Tensor


class Runs:
    """The runs of a row, made when a model asks for them; `mask` is what the model is given for the row."""

    def __init__(self, sees: Sees, mask: torch.Tensor) -> None:
        self._sees, self.mask = sees, mask

    @cached_property
    def all(self) -> tuple[Run, ...]:
        starts = range(0, len(self._sees), _NODES)
        return tuple(self._run(slice(start, start + _NODES)) for start in starts)

    def _run(self, nodes: slice) -> Run:
        keys = torch.from_numpy(np.flatnonzero(self._sees[nodes].any(axis=0)))
        return Run(nodes, keys, self.mask[:, :, nodes].index_select(3, keys))


_reading: ContextVar[Runs | None] = ContextVar("reading", default=None)


def mask_of(sees: Sees, dtype: torch.dtype) -> torch.Tensor:
    """[1, 1, nodes, keys]: 0 where a node attends, the lowest number elsewhere."""
    mask = torch.zeros(sees.shape, dtype=dtype)
    return mask.masked_fill_(torch.from_numpy(~sees), torch.finfo(dtype).min)[None, None]


@contextmanager
def reading(sees: Sees, dtype: torch.dtype, device: torch.device) -> Iterator[torch.Tensor]:
    """The mask of a row; within, a model that attends by runs and is given it reads these nodes."""
    runs = Runs(sees, mask_of(sees, dtype).to(device))
    token = _reading.set(runs)
    try:
        yield runs.mask
    finally:
        _reading.reset(token)


def attend_by_runs(model: Any) -> None:
    """Has the model attend so, where `transformers` leaves that to its function for PyTorch's attention."""
    from transformers import AttentionInterface, AttentionMaskInterface
    from transformers.masking_utils import sdpa_mask

    if model.device.type == "cpu" and model.config._attn_implementation == "sdpa":
        AttentionInterface.register(_NAME, _attend)
        AttentionMaskInterface.register(_NAME, sdpa_mask)
        model.set_attn_implementation(_NAME)


def _attend(
    module: Any,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    **given: Any,
) -> tuple[torch.Tensor, None]:
    """As `transformers` calls it: states [1, heads, tokens, width] to [1, tokens, heads, width].

    A layer that made a mask of its own attends as ever.
    """
    from transformers.integrations.sdpa_attention import sdpa_attention_forward as attend

    runs = _reading.get()
    if runs is None or attention_mask is not runs.mask:
        whole: tuple[torch.Tensor, None] = attend(module, query, key, value, attention_mask, **given)
        return whole
    parts = []
    for run in runs.all:
        seen = (states.index_select(2, run.keys) for states in (key, value))
        part, _ = attend(module, query[:, :, run.nodes], *seen, run.mask, **given)
        parts.append(part)
    return torch.cat(parts, 1), None
