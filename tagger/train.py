"""Trains the tagger from generated text and writes its weights (`--help`; docs/reference/tagger.md).

The same seed and options give the same bytes on the same machine: one thread, no time in any decision unless
`--minutes` runs out. Stop with Ctrl-C: what was learned so far is written.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).parents[1]))

from tagger.batches import Batches
from tagger.encoding import Labelled, Vocabulary, encode
from tagger.exporting import arrays_of, save
from tagger.mixing import Mix, corpus
from tagger.network import Network

PACKAGE = Path(__file__).parents[1] / "src/aboveboard/privacy/tagger"
CACHE = Path(__file__).parent / ".opentext"


@dataclass(frozen=True, slots=True)
class Options:
    """How long and how: `steps` batches of about `batch` tokens; `minutes` (0: none) ends it sooner."""

    seed: int = 1
    steps: int = 9_000
    batch: int = 3_000
    rate: float = 3e-3
    minutes: float = 0.0
    forget: float = 0.22
    """The share of words that are learned by their pieces and surroundings alone, each time anew."""


def train(examples: Iterable[Labelled], options: Options, tell: Callable[[str], None]) -> Network:
    """A network that learned from these examples."""
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    vocabulary = Vocabulary()
    encoded = encode(examples, vocabulary, options.seed)
    tell(f"{len(encoded.starts) - 1} texts, {len(encoded.tokens)} tokens, {len(vocabulary.counts)} distinct")
    network = Network()
    try:
        learn(network, Batches(encoded, vocabulary, network, options.seed), options, tell)
    except KeyboardInterrupt:
        tell("stopped: writing what was learned so far")
    return network


def learn(network: Network, batches: Batches, options: Options, tell: Callable[[str], None]) -> None:
    """Adam, with the rate rising for a twentieth of the steps and then falling to nothing."""
    optimiser = torch.optim.Adam(network.parameters(), lr=options.rate, betas=(0.9, 0.99), fused=True)
    began, mean = time.monotonic(), 0.0
    network.train()
    for step in range(options.steps):
        for group in optimiser.param_groups:
            group["lr"] = options.rate * _share(step / options.steps)
        tokens, tags = batches.next(options.batch)
        scores = network(batches.vectors(network, tokens, forget=options.forget))
        loss = functional.cross_entropy(scores, tags, ignore_index=-1)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        network.bound()
        mean = loss.item() if not step else 0.98 * mean + 0.02 * loss.item()
        minutes = (time.monotonic() - began) / 60
        if step % 100 == 99:
            tell(f"step {step + 1} of {options.steps}, loss {mean:.4f}, {minutes:.1f} min")
        if options.minutes and minutes > options.minutes:
            tell("out of time: another machine may stop elsewhere")
            return


def _share(done: float) -> float:
    return done / 0.05 if done < 0.05 else (1 - done) / 0.95


def parser() -> argparse.ArgumentParser:
    """The command line."""
    usual = Options()
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--seed", type=int, default=usual.seed)
    options.add_argument("--examples", type=int, default=128_000)
    options.add_argument(
        "--ordinary", type=float, default=0.7, help="strings of ordinary words for each example"
    )
    options.add_argument("--machine", type=float, default=0.3, help="texts of machines for each example")
    options.add_argument("--citations", type=float, default=0.2, help="texts with citations for each")
    options.add_argument("--numbered", type=float, default=0.5, help="texts of what is numbered, for each")
    options.add_argument("--rulings", type=float, default=0.4, help="sentences of rulings for each")
    options.add_argument("--open", type=int, default=38_000, help="open texts (0: none)")
    options.add_argument("--times", type=int, default=2, help="how often each open text is learned from")
    options.add_argument("--peopled", type=float, default=0.6, help="the share with more people in them")
    options.add_argument("--cache", type=Path, default=CACHE, help="the folder of the open texts")
    options.add_argument("--steps", type=int, default=usual.steps)
    options.add_argument("--batch", type=int, default=usual.batch)
    options.add_argument("--minutes", type=float, default=usual.minutes)
    options.add_argument("--rate", type=float, default=usual.rate)
    options.add_argument("--forget", type=float, default=usual.forget, help="the share of words hidden")
    options.add_argument("--lean", type=float, default=4.0)
    options.add_argument("--kept", type=Path, help="a file to keep the generated examples in")
    options.add_argument("--network", type=Path, help="a file for it; trained only when not there")
    options.add_argument("--into", type=Path, default=PACKAGE, help="the folder the weights are written to")
    return options


def main() -> None:
    chosen = parser().parse_args()
    network = _network(chosen)
    digest = save(arrays_of(network, lean=chosen.lean), chosen.into)
    _tell(f"wrote {chosen.into}, SHA-256 {digest}")


def _network(chosen: argparse.Namespace) -> Network:
    network = Network()
    if chosen.network is not None and chosen.network.exists():
        network.load_state_dict(torch.load(chosen.network, weights_only=True))
        return network
    options = Options(chosen.seed, chosen.steps, chosen.batch, chosen.rate, chosen.minutes, chosen.forget)
    shares = {kind: getattr(chosen, kind) for kind in ("machine", "citations", "numbered", "rulings")}
    open_text = chosen.cache, chosen.open, chosen.times, chosen.peopled
    mix = Mix(chosen.examples, chosen.ordinary, shares, *open_text)
    network = train(corpus(chosen.seed, mix, chosen.kept), options, _tell)
    if chosen.network is not None:
        torch.save(network.state_dict(), chosen.network)
    return network


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
