"""What a token costs in the bundled model's matrix products alone, by PyTorch's own and by packed ones.

    python benchmarks/evals/products.py [--rounds 20]

Random weights of the model's shapes, every layer's its own so that they come from memory as in a reading;
the least of several rounds, one thread. Needs the extra `train`.
"""

import argparse
import time
from collections.abc import Sequence

import torch

from aboveboard.models.likelihoods._torch_packed import Product, can_pack, packed

LAYERS, WIDTH, KEYS, INNER, VOCABULARY = 30, 576, 192, 1536, 49152
SHAPES = [(WIDTH, WIDTH), (KEYS, WIDTH), (KEYS, WIDTH), (WIDTH, WIDTH), *[(INNER, WIDTH)] * 2, (WIDTH, INNER)]
"""Outputs and inputs of a layer's seven products (SmolLM2-135M)."""

SLICE = 1024
ROWS = (15, 64, 256, 512)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    torch.set_num_threads(1)
    weights = [torch.randn(shape) for shape in [*SHAPES * LAYERS, *[(SLICE, WIDTH)] * (VOCABULARY // SLICE)]]
    if not can_pack(weights[0]):
        raise SystemExit("nothing is packed on this processor")
    ways: dict[str, Sequence[Product]] = {
        "PyTorch's own": [lambda states, w=w: torch.nn.functional.linear(states, w) for w in weights],
        "packed": [packed(weight, None) for weight in weights],
    }
    print("| tokens a row | products | ms a token | operations a second |\n|---|---|---|---|")
    with torch.inference_mode():
        for rows in ROWS:
            states = {width: torch.randn(rows, width) for width in (WIDTH, INNER)}
            for name, products in ways.items():
                seconds = min(_seconds(products, weights, states) for _ in range(rounds))
                operations = 2 * rows * sum(weight.numel() for weight in weights) / seconds
                print(f"| {rows} | {name} | {1000 * seconds / rows:.2f} | {operations / 1e9:.0f}e9 |")


def _seconds(
    products: Sequence[Product], weights: Sequence[torch.Tensor], states: dict[int, torch.Tensor]
) -> float:
    started = time.process_time()
    for product, weight in zip(products, weights, strict=True):
        product(states[weight.shape[1]])
    return time.process_time() - started


if __name__ == "__main__":
    main()
