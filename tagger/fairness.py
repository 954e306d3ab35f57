"""How many names are found, by the origin of the name: all in the same sentences, none trained on (`--help`).

Names and sentences are crossed: every name of an origin is put into every sentence. A name is found when all
its letters lie in findings of any type, and told for a person's when they are of that type. Intervals are
clustered by name (Liang and Zeger, 1986).
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tagger.carriers import FULL, GIVEN
from tagger.corpus.origins import names, origins

from aboveboard.privacy import PersonalData
from aboveboard.privacy.tagger import find_names_many
from aboveboard.stats import Estimate, clustered_proportion

LANGUAGES = tuple(FULL)
WAYS = ("full", "full, small letters", "full, alone", "given", "given, small letters", "family")
_FEWEST = 8  # names: fewer tell nothing of an origin


@dataclass(frozen=True, slots=True)
class Case:
    """A name in a text."""

    text: str
    start: int
    end: int

    @property
    def name(self) -> str:
        return self.text[self.start : self.end].lower()

    def hit(self, items: Sequence[PersonalData], types: Sequence[str] = ()) -> bool:
        """Whether every letter of the name lies in findings (of these types)."""
        covered = {index for item in items if not types or item.type in types
                   for index in range(item.start, item.end)}  # fmt: skip
        return all(at in covered for at in range(self.start, self.end) if self.text[at].isalpha())


@dataclass(frozen=True, slots=True)
class Row:
    """Recall of the names of an origin, written and framed in one way."""

    origin: str
    way: str
    found: Estimate
    as_person: Estimate


def measure(way: str, languages: Sequence[str], most: int) -> Iterator[Row]:
    """A row for each origin with enough held-out names; `most` names of each."""
    for origin in origins():
        cases = list(_cases(held_out(origin, way.split(",")[0], most), way, languages))
        if cases:
            yield row(origin, way, cases)


def row(origin: str, way: str, cases: Sequence[Case]) -> Row:
    """What is found of these cases."""
    found = find_names_many([case.text for case in cases])
    clusters = [case.name for case in cases]
    hits = [case.hit(items) for case, items in zip(cases, found, strict=True)]
    persons = [case.hit(items, ("person",)) for case, items in zip(cases, found, strict=True)]
    return Row(origin, way, clustered_proportion(hits, clusters), clustered_proportion(persons, clusters))


def held_out(origin: str, kind: str, most: int) -> list[str]:
    """Names of an origin that were never trained on; none when there are too few."""
    draw = random.Random(origin)  # noqa: S311 - no secret
    given, family = (_listed(origin, part) for part in ("given", "family"))
    if kind == "full":
        pairs = [f"{first} {last}" for first in given for last in family]
        enough = min(len(given), len(family)) >= _FEWEST
        return draw.sample(pairs, min(most, len(pairs))) if enough else []
    chosen = given if kind == "given" else family
    return draw.sample(chosen, min(most, len(chosen))) if len(chosen) >= _FEWEST else []


def _listed(origin: str, part: str) -> list[str]:
    try:
        return list(names(origin, part, held_out=True))
    except KeyError:
        return []


def _cases(chosen: Sequence[str], way: str, languages: Sequence[str]) -> Iterator[Case]:
    kind, _, manner = way.partition(", ")
    frames = [frame for language in languages for frame in (FULL if kind == "full" else GIVEN)[language]]
    for name in chosen:
        for frame in ["{}"] if manner == "alone" else frames:
            text, start = frame.format(name), frame.index("{}")
            small = manner == "small letters" and len(text.lower()) == len(text)
            yield Case(text.lower() if small else text, start, start + len(name))


def tell(rows: Sequence[Row], write: Sequence[str] = ()) -> None:
    """A table, the worst first, and the gap."""
    ordered = sorted(rows, key=lambda each: each.found.value)
    for each in ordered:
        sys.stdout.write(f"| {each.origin} | {_share(each.found)} | {_share(each.as_person)} |\n")
    worst, best = ordered[0], ordered[-1]
    gap = best.found.value - worst.found.value
    mean = sum(each.found.value for each in rows) / len(rows)
    sys.stdout.write(
        f"{worst.way}: {len(rows)} origins, mean {mean:.3f}, worst {worst.origin} {worst.found.value:.3f}, "
        f"best {best.origin} {best.found.value:.3f}, gap {gap:.3f}\n"
    )


def _share(share: Estimate) -> str:
    return f"{share.value:.3f} ({share.low:.3f}–{share.high:.3f}; {share.clusters})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--way", choices=WAYS, action="append", help="only this one (again for more)")
    parser.add_argument("--language", choices=LANGUAGES, action="append", help="only these sentences")
    parser.add_argument("--names", type=int, default=40, help="so many names of each origin")
    options = parser.parse_args()
    for way in options.way or WAYS:
        tell(list(measure(way, options.language or LANGUAGES, options.names)))


if __name__ == "__main__":
    main()
