#!/usr/bin/env python3
"""A second set of text without personal data, which no finder here was tuned with.

    benchmarks/privacy/held_out_negatives.py [--sample 200 --seed 1]

Half of it is read from what every installation has (held_out_gathered.py), with the lines that name somebody
taken out by a rule of its own (personal_lines.py); half is generated (held_out_generated.py). Ten thousand
words a category, fewer where there are no more. Prints how many words each category has and a digest of it;
`--sample` prints pages drawn at random, to be read by eye. Findings in it are never looked at one by one to
change a finder: then it would be held out no more.
"""

import argparse
import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from privacy import held_out_gathered as gathered
from privacy import held_out_generated as generated
from privacy.personal_lines import nobodys, words_written_small

WORDS = 10_000
_POOL = 4_000
"""Pages of a source that are drawn from at most: what is read stays a matter of seconds."""

Source = Callable[[], Iterator[str]]
GATHERED: Mapping[str, Source] = {
    "language reference": gathered.language_reference,
    "docstrings": gathered.docstrings,
    "source code": gathered.source_code,
    "scientific docstrings": gathered.scientific_docstrings,
    "READMEs": gathered.readmes,
    "licences": gathered.licences,
    "checksums": gathered.checksums,
    "reference tables": gathered.reference_tables,
    "physical constants": gathered.constants,
    "disassembly": gathered.disassembly,
    "time-zone rules": gathered.time_zone_rules,
}
GENERATED: Mapping[str, Source] = {
    "catalogues": generated.catalogue,
    "stock and orders": generated.stock,
    "logs by identifier": generated.logs,
    "releases": generated.releases,
    "laboratory": generated.laboratory,
    "SQL": generated.sql,
    "number tables": generated.number_tables,
    "dumps": generated.dumps,
}


def texts() -> Mapping[str, list[str]]:
    """Texts by category; the same wherever the same versions are installed."""
    pools = {name: _pool(source) for name, source in GATHERED.items()}
    small = words_written_small(text for pool in pools.values() for text in pool)
    kept = {name: _enough(nobodys(_drawn(name, pool), small)) for name, pool in pools.items()}
    return kept | {name: _enough(source()) for name, source in GENERATED.items()}


def _pool(source: Source) -> list[str]:
    found: list[str] = []
    for text in source():
        found.append(text)
        if len(found) == _POOL:
            break
    return found


def _drawn(name: str, pool: Iterable[str]) -> list[str]:
    """All of them once, in an order of the seed's."""
    once = sorted(set(pool))
    Random(f"held out: {name}").shuffle(once)
    return once


def _enough(pages: Iterable[str]) -> list[str]:
    kept, words = [], 0
    for page in pages:
        kept.append(page)
        words += len(page.split())
        if words >= WORDS:
            break
    return kept


def digest(written: Iterable[str]) -> str:
    """Says of two installations whether they measured with the same text."""
    return hashlib.sha256("\f".join(written).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def main() -> None:
    """Prints words, pages and digests, or a sample."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sample", type=int, default=0, help="print so many pages, drawn at random")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    categories = texts()
    if options.sample:
        every = [(name, text) for name, written in categories.items() for text in written]
        for name, text in Random(options.seed).sample(every, options.sample):
            print(f"=== {name}\n{text}")
        return
    for name, written in categories.items():
        words = sum(len(text.split()) for text in written)
        print(f"{name:<24}{words:>8} words {len(written):>5} pages  {digest(written)}")


if __name__ == "__main__":
    main()
