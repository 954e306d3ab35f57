"""Trains the tagger from generated text and writes its weights (`--help`; docs/reference/tagger.md).

The same seed and options give the same bytes on the same machine: one thread, no time in any decision unless
`--minutes` runs out. Stop with Ctrl-C: what was learned so far is written.
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).parents[1]))

from tagger.encoding import PAD, Encoded, Labelled, Vocabulary, encode
from tagger.exporting import arrays_of, save
from tagger.network import Network

PACKAGE = Path(__file__).parents[1] / "src/aboveboard/privacy/tagger"
CACHE = Path(__file__).parent / ".opentext"
_RARE = 12  # words seen less often are learned by their pieces and what is around them only


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
        """Tokens and labels (-1: padding) of texts with `size` tokens at least."""
        tokens, labels, count = [np.full(self._before, PAD)], [], 0
        while count < size:
            text = int(self._draw.integers(len(self._encoded.starts) - 1))
            part = slice(self._encoded.starts[text], self._encoded.starts[text + 1])
            tokens += [self._encoded.tokens[part], np.full(self._gap, PAD)]
            labels += [self._encoded.labels[part], np.full(self._gap, -1)]
            count += part.stop - part.start
        flat = np.concatenate(tokens)
        marks = np.concatenate(labels)[: len(flat) - self._gap]
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
        tokens, labels = batches.next(options.batch)
        scores = network(batches.vectors(network, tokens, forget=options.forget))
        loss = functional.cross_entropy(scores, labels, ignore_index=-1)
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


@dataclass(frozen=True, slots=True)
class Mix:
    """What is learned from: so many generated examples; for each of them a share of a string of ordinary
    words, and of each kind in `shares`; and open texts (`tagger/opentext`), `times` over, and a share of them
    with more people.
    """

    examples: int
    share: float
    shares: Mapping[str, float]
    cache: Path
    open_texts: int
    times: int
    peopled: float


def corpus(seed: int, mix: Mix, kept: Path | None) -> list[Labelled]:
    """Examples of all kinds, shuffled; kept in a file of our own making, when one is named, for next time."""
    if kept is not None and kept.exists():
        return list(pickle.loads(kept.read_bytes()))  # noqa: S301 - written by the line below
    mixed = list(_mixed(seed, mix))
    random.Random(seed).shuffle(mixed)  # noqa: S311 - no secret
    if kept is not None:
        kept.write_bytes(pickle.dumps(mixed))
    return mixed


def _mixed(seed: int, mix: Mix) -> Iterator[Labelled]:
    from tagger.corpus import examples
    from tagger.inventing import with_invented_names
    from tagger.opentext import open_examples
    from tagger.ordinary import ordinary_examples
    from tagger.peopling import peopled

    made = list(with_invented_names(list(examples(seed, mix.examples)), seed))
    yield from made
    yield from ordinary_examples(made, seed, int(mix.examples * mix.share))
    for kind, share in mix.shares.items():
        yield from _of_kind(kind, made, seed, int(mix.examples * share))
    texts = list(open_examples(mix.cache, mix.open_texts)) if mix.open_texts else []
    for time_over in range(mix.times):
        yield from with_invented_names(texts, seed + time_over)  # other people each time
        yield from with_invented_names(list(peopled(texts, seed + time_over, mix.peopled)), seed + time_over)


def _of_kind(kind: str, made: Sequence[Labelled], seed: int, count: int) -> Iterator[Labelled]:
    from tagger.citations import citing_examples
    from tagger.machine import machine_examples
    from tagger.numbered import numbered_examples
    from tagger.rulings import ruling_examples

    if kind in ("citations", "rulings"):
        yield from (citing_examples if kind == "citations" else ruling_examples)(seed, count)
    else:
        yield from (machine_examples if kind == "machine" else numbered_examples)(made, seed, count)


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
