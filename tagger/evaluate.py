"""How well names are found in generated text that was not trained on, by language and type (`--help`).

The people are named with names held out of training; the sentences are of another seed, but of the same
templates, which flatters: the public sets (`benchmarks/privacy/accuracy.py`) say how it does elsewhere.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tagger.corpus import Example, examples

from aboveboard.privacy.tagger import NAME_TYPES, find_names_many
from aboveboard.stats import clustered_proportion

LANGUAGES = ("en", "de", "es", "fr", "it")
_SEED = 7_001  # of no training run


class Counts:
    """Letters of spans, by type: a 1 for each that was found, a 0 for each that was not; by text."""

    def __init__(self) -> None:
        self.hits: dict[str, list[float]] = defaultdict(list)
        self.texts: dict[str, list[int]] = defaultdict(list)

    def add(self, kind: str, text: int, hit: float) -> None:
        """One span."""
        self.hits[kind].append(hit)
        self.texts[kind].append(text)

    def share(self, kind: str) -> str:
        """The mean with its interval, clustered by text."""
        if not self.hits[kind]:
            return "–"
        share = clustered_proportion(self.hits[kind], self.texts[kind])
        return f"{share.value:.3f} ({share.low:.3f}–{share.high:.3f})"


def measure(made: Sequence[Example]) -> tuple[Counts, Counts]:
    """Recall of each type (share of a span's characters found, as any type) and precision."""
    recall, precision = Counts(), Counts()
    found = find_names_many([example.text for example in made])
    for number, (example, items) in enumerate(zip(made, found, strict=True)):
        named = {at for item in items for at in range(item.start, item.end)}
        true = {at for start, end, _ in example.spans for at in range(start, end)}
        for start, end, kind in example.spans:
            recall.add(kind, number, len(named & set(range(start, end))) / (end - start))
        for item in items:
            inside = set(range(item.start, item.end))
            precision.add(item.type, number, len(inside & true) / len(inside))
    return recall, precision


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=2_000, help="so many for each language")
    options = parser.parse_args()
    for language in LANGUAGES:
        recall, precision = measure(list(examples(_SEED, options.examples, (language,), hold_out=True)))
        for kind in NAME_TYPES:
            line = f"| {language} | {kind} | {recall.share(kind)} | {precision.share(kind)} |"
            sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
