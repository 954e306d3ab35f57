"""Rows through a causal language model of `transformers`: log-probabilities of the tokens that are wanted.

Only the rows of logits that predict a wanted token are computed, each once. Keys and values of the last trunk
are kept: rows come in the order of their texts, so the next trunk shares as much of it as any other.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import torch

from aboveboard.models._likelihood import Likelihood
from aboveboard.models.likelihoods._rows import ROOT, Row, shared
from aboveboard.models.likelihoods._torch_attention import Sees, reading
from aboveboard.models.likelihoods._torch_logits import LastLayer, Slices, Told, Wanted, cut, last_layer, tell

Layers = list[tuple[torch.Tensor, torch.Tensor]]
"""Keys and values of each layer, [1, heads, tokens, width]."""

Logits = Literal["slices", "wanted", "all"]


@dataclass(frozen=True, slots=True)
class Way:
    """How a model is read. `trees`: with a mask and positions; else one text a row, and neither of them.

    `logits`: by its last layer on the wanted rows, a slice at a time; or by the model itself, the wanted rows
    (`logits_to_keep`) or all of them.
    """

    trees: bool = True
    logits: Logits = "slices"


@dataclass(slots=True)
class RowReader:
    """Reads rows with a model, in one way. `layer`: its last one, looked up when first read; `window`: tokens
    of the longest text that is read under a mask of ours, a longer one is a row of its own."""

    model: Any
    device: torch.device
    window: int
    way: Way = Way()
    kept: tuple[tuple[int, ...], Layers] = ((), [])
    layer: LastLayer | None = None

    def read(self, row: Row, *, moments: bool = False) -> list[Likelihood]:
        """The likelihood of each piece of a row, in its order."""
        with torch.inference_mode():
            return self._read(row, moments=moments)

    def _read(self, row: Row, *, moments: bool) -> list[Likelihood]:
        past = self._trunk(row.trunk)
        nodes = sorted({node for scored in row.scored for node in scored.nodes})
        place = {node: number for number, node in enumerate(nodes)}
        rows = [place[node] for scored in row.scored for node in scored.nodes]
        columns = [target for scored in row.scored for target in scored.targets]
        slices = self._slices(row, past, torch.tensor(nodes, device=self.device))
        wanted = Wanted(self._numbers(rows), self._numbers(columns), moments)
        return _likelihoods(row, tell(slices, wanted), rows)

    def forget(self) -> None:
        """Frees what is kept of the trunk."""
        self.kept = ((), [])

    def _numbers(self, values: Sequence[int]) -> torch.Tensor:
        return torch.tensor(values, dtype=torch.long, device=self.device)

    def _slices(self, row: Row, past: Layers, keep: torch.Tensor) -> Slices:
        """The rows of logits of the nodes that are kept."""
        given: dict[str, Any] = {"input_ids": self._numbers(row.tokens)[None], "use_cache": bool(past)}
        positions = row.positions
        if not self.way.trees or max(positions) >= self.window:
            return self._logits(given, keep)
        with self._masked(row.parents, len(row.trunk)) as mask:
            given |= {
                "position_ids": self._numbers(positions)[None],
                "attention_mask": mask,
                "past_key_values": _cache(past) if past else None,
            }
            return self._logits(given, keep)

    def _logits(self, given: Mapping[str, Any], keep: torch.Tensor) -> Slices:
        if self.way.logits == "slices":
            return self._last_layer()(self.model.base_model(**given).last_hidden_state[0][keep])
        if self.way.logits == "wanted":
            return cut(self.model(**given, logits_to_keep=keep).logits[0])
        return cut(self.model(**given).logits[0][keep])

    def _last_layer(self) -> LastLayer:
        self.layer = self.layer or last_layer(self.model)
        if self.layer is None:
            raise TypeError("the last layer is no linear one")
        return self.layer

    def _masked(self, parents: Sequence[int], past: int) -> AbstractContextManager[torch.Tensor]:
        """Each node sees what is past, its ancestors and itself."""
        sees = np.concatenate([np.ones((len(parents), past), dtype=bool), ancestors(parents)], axis=1)
        return reading(sees, self.model.dtype, self.device)

    def _trunk(self, trunk: tuple[int, ...]) -> Layers:
        if not trunk:
            return []
        known = shared(self.kept[0], trunk)
        layers = (
            [(keys[:, :, :known], values[:, :, :known]) for keys, values in self.kept[1]] if known else []
        )
        if known < len(trunk):
            layers = self._extend(layers, trunk, known)
            self.kept = (trunk, layers)
        return layers

    def _extend(self, layers: Layers, trunk: tuple[int, ...], known: int) -> Layers:
        fresh = trunk[known:]
        cache = _cache(layers)
        with self._masked(range(ROOT, len(fresh) - 1), known) as mask:
            self.model.base_model(
                input_ids=self._numbers(fresh)[None],
                position_ids=torch.arange(known, len(trunk), device=self.device)[None],
                attention_mask=mask,
                past_key_values=cache,
                use_cache=True,
            )
        return _layers(cache)


def ancestors(parents: Sequence[int]) -> Sees:
    """[nodes, nodes]: whether the second is the first or one of its ancestors."""
    sees = np.zeros((len(parents), len(parents)), dtype=bool)
    for node, parent in enumerate(parents):
        if parent != ROOT:
            sees[node, :node] = sees[parent, :node]
        sees[node, node] = True
    return sees


def _likelihoods(row: Row, told: Told, rows: Sequence[int]) -> list[Likelihood]:
    found, end = [], 0
    for scored in row.scored:
        start, end = end, end + len(scored.nodes)
        each = told.logprobs[start:end]
        found.append(
            Likelihood(
                logprob=sum(each),
                tokens=len(each),
                is_greedy=all(told.are_greedy[start:end]),
                token_logprobs=tuple(each),
                token_moments=tuple(told.moments[place] for place in rows[start:end]) if told.moments else (),
            )
        )
    return found


def _cache(layers: Layers) -> Any:
    from transformers import DynamicCache

    cache = DynamicCache()
    for number, (keys, values) in enumerate(layers):
        cache.update(keys, values, number)
    return cache


def _layers(cache: Any) -> Layers:
    return [(layer.keys, layer.values) for layer in cache.layers]
