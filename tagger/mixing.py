"""What is learned from: examples of all kinds, and how much of each."""

import pickle
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tagger.encoding import Labelled


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
