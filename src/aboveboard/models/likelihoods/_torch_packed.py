"""Weights laid out once as the processor multiplies them, in place of anew at every product.

A product of matrices first copies its weights into blocks that fit the cache. oneDNN lets a program keep that
copy, and its products are quicker than the ones that PyTorch makes by itself where this was measured
(`benchmarks/evals/products.py`).
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import torch

Product = Callable[[torch.Tensor], torch.Tensor]
"""What a linear layer makes of states [..., inputs]: [..., outputs]."""

_ROWS = 512
"""Rows of a usual product, by which the blocks are chosen; with others the products are as right."""


def can_pack(weight: torch.Tensor) -> bool:
    """In float32 on a processor with AVX-512, where it was measured, and where this PyTorch has oneDNN."""
    return (
        weight.device.type == "cpu"
        and weight.dtype == torch.float32
        and torch.backends.cpu.get_cpu_capability().startswith("AVX512")
        and torch.backends.mkldnn.is_available()
        and all(hasattr(torch.ops.mkldnn, name) for name in ("_reorder_linear_weight", "_linear_pointwise"))
    )


def packed(weight: torch.Tensor, bias: torch.Tensor | None) -> Product:
    """A product with a copy of these weights, [outputs, inputs]."""
    return partial(_multiply, _blocks(weight), bias)


def pack(module: Any) -> None:
    """Has every linear layer within keep its weights in blocks only, one after the other, so that no more
    than one of them is in memory twice. The weights still tell their dtype, device and shape."""
    for layer in module.modules():
        if type(layer) is torch.nn.Linear and can_pack(layer.weight):
            blocks = _blocks(layer.weight)
            layer.forward = partial(_multiply, blocks, layer.bias)
            del layer.weight
            layer.register_buffer("weight", blocks)


def _blocks(weight: torch.Tensor) -> torch.Tensor:
    blocks: torch.Tensor = torch.ops.mkldnn._reorder_linear_weight(weight.detach(), _ROWS)
    return blocks


def _multiply(blocks: torch.Tensor, bias: torch.Tensor | None, states: torch.Tensor) -> torch.Tensor:
    product: torch.Tensor = torch.ops.mkldnn._linear_pointwise(states, blocks, bias, "none", [], "")
    return product
