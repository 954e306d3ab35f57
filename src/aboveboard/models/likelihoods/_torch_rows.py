"""Rows through a causal language model of `transformers`: log-probabilities of the tokens that are wanted.

Only the rows of logits that predict a wanted token are computed, each once. Keys and values of the last trunk
are kept: rows come in the order of their texts, so the next trunk shares as much of it as any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch

from aboveboard.models._likelihood import Likelihood
from aboveboard.models.likelihoods._rows import ROOT, Row, Scored, shared

Layers = list[tuple[torch.Tensor, torch.Tensor]]
"""Keys and values of each layer, [1, heads, tokens, width]."""


@dataclass(slots=True)
class RowReader:
    """Reads rows with a model. `is_plain`: it is given no mask and no positions, and reads one text a row.

    `all_logits` computes every row of logits, as a model without `logits_to_keep` does.
    """

    model: Any
    device: torch.device
    is_plain: bool = False
    all_logits: bool = False
    kept: tuple[tuple[int, ...], Layers] = ((), [])

    def read(self, row: Row, *, moments: bool = False) -> list[Likelihood]:
        """The likelihood of each piece of a row, in its order."""
        with torch.inference_mode():
            return self._read(row, moments=moments)

    def _read(self, row: Row, *, moments: bool) -> list[Likelihood]:
        past = self._trunk(row.trunk)
        wanted = sorted({node for scored in row.scored for node in scored.nodes})
        logits = self._logits(row, past, wanted)
        place = {node: number for number, node in enumerate(wanted)}
        table = _Table(logits, moments)
        return [table.likelihood(scored, [place[node] for node in scored.nodes]) for scored in row.scored]

    def forget(self) -> None:
        """Frees what is kept of the trunk."""
        self.kept = ((), [])

    def _logits(self, row: Row, past: Layers, wanted: Sequence[int]) -> torch.Tensor:
        """[len(wanted), vocabulary] in float32."""
        keep = torch.tensor(wanted, device=self.device)
        more: dict[str, Any] = {} if self.all_logits else {"logits_to_keep": keep}
        if not self.is_plain:
            more |= {
                "position_ids": torch.tensor([row.positions], device=self.device),
                "attention_mask": self._mask(row.parents, len(row.trunk)),
                "past_key_values": _cache(past) if past else None,
            }
        output = self.model(
            input_ids=torch.tensor([row.tokens], device=self.device), use_cache=bool(past), **more
        )
        logits: torch.Tensor = output.logits[0]
        return (logits[keep] if self.all_logits else logits).float()

    def _mask(self, parents: Sequence[int], past: int) -> torch.Tensor:
        """[1, 1, nodes, past + nodes]: 0 where a node attends, the lowest number elsewhere."""
        own = ancestors(parents)
        sees = np.concatenate([np.ones((len(parents), past), dtype=bool), own], axis=1)
        dtype = self.model.dtype
        mask = torch.zeros(sees.shape, dtype=dtype).masked_fill_(
            torch.from_numpy(~sees), torch.finfo(dtype).min
        )
        return mask[None, None].to(self.device)

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
        self.model(
            input_ids=torch.tensor([fresh], device=self.device),
            position_ids=torch.arange(known, len(trunk), device=self.device)[None],
            attention_mask=self._mask(range(ROOT, len(fresh) - 1), known),
            past_key_values=cache,
            use_cache=True,
            **({} if self.all_logits else {"logits_to_keep": 1}),
        )
        return _layers(cache)


def ancestors(parents: Sequence[int]) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """[nodes, nodes]: whether the second is the first or one of its ancestors."""
    sees = np.zeros((len(parents), len(parents)), dtype=bool)
    for node, parent in enumerate(parents):
        if parent != ROOT:
            sees[node, :node] = sees[parent, :node]
        sees[node, node] = True
    return sees


@dataclass(slots=True)
class _Table:
    """What the wanted rows of logits tell."""

    logits: torch.Tensor
    with_moments: bool
    normaliser: torch.Tensor = field(init=False)
    greedy: list[int] = field(init=False)
    moments: list[tuple[float, float]] = field(init=False)

    def __post_init__(self) -> None:
        self.normaliser = torch.logsumexp(self.logits, dim=-1)
        self.greedy = self.logits.argmax(dim=-1).tolist()
        self.moments = self._moments() if self.with_moments else []

    def likelihood(self, scored: Scored, places: list[int]) -> Likelihood:
        targets = list(scored.targets)
        each = (self.logits[places, targets] - self.normaliser[places]).double().tolist()
        return Likelihood(
            logprob=sum(each),
            tokens=len(each),
            is_greedy=all(
                self.greedy[place] == target for place, target in zip(places, targets, strict=True)
            ),
            token_logprobs=tuple(each),
            token_moments=tuple(self.moments[place] for place in places) if self.with_moments else (),
        )

    def _moments(self) -> list[tuple[float, float]]:
        logp = self.logits - self.normaliser[:, None]
        chances = logp.exp()
        mean = (chances * logp).sum(-1)
        variance = (chances * logp.square()).sum(-1) - mean.square()
        return list(zip(mean.tolist(), variance.clamp_min(0).sqrt().tolist(), strict=True))


def _cache(layers: Layers) -> Any:
    from transformers import DynamicCache

    cache = DynamicCache()
    for number, (keys, values) in enumerate(layers):
        cache.update(keys, values, number)
    return cache


def _layers(cache: Any) -> Layers:
    return [(layer.keys, layer.values) for layer in cache.layers]
