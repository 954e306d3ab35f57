"""Names that nobody has, made of the beginning of one name and the end of another.

A network that sees the same few thousand names again and again learns them by heart, and finds others badly:
those of origins with short lists worst. Most of the names it learns from are therefore new, built
from the syllables of their origin.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tagger.encoding import Labelled, Spans

_SHARE = {"person": 0.65, "organisation": 0.25, "place": 0.1}
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST = 8


@dataclass(frozen=True, slots=True)
class Renamed:
    """An example with other names."""

    text: str
    spans: Spans
    language: str = ""
    source: str = ""


def with_invented_names(examples: Sequence[Labelled], seed: int) -> Iterator[Labelled]:
    """The examples in order, most names of persons (fewer of other types) replaced by invented ones."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    pools = _pools(examples)
    for example in examples:
        yield _renamed(example, pools, draw) if example.spans else example


def _pools(examples: Iterable[Labelled]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for example in examples:
        for start, end, kind in example.spans:
            for word in _WORD.findall(example.text[start:end]):
                if word[0].isupper() or kind == "person":
                    found[kind, _origin(example, kind)].add(word.lower())
    return {key: sorted(words) for key, words in found.items() if len(words) >= _FEWEST}


def _origin(example: Labelled, kind: str) -> str:
    return str(getattr(example, "origin", "")) if kind == "person" else ""


def _renamed(example: Labelled, pools: dict[tuple[str, str], list[str]], draw: random.Random) -> Labelled:
    text, spans, done = "", [], 0
    known: dict[str, str] = {}
    for start, end, kind in example.spans:
        text += example.text[done:start]
        pool = pools.get((kind, _origin(example, kind)), [])
        value = example.text[start:end]
        if pool and kind in _SHARE:
            value = _WORD.sub(lambda found: _other(found[0], kind, pool, known, draw), value)  # noqa: B023
        spans.append((len(text), len(text) + len(value), kind))
        text, done = text + value, end
    return Renamed(text + example.text[done:], tuple(spans))


def _other(word: str, kind: str, pool: list[str], known: dict[str, str], draw: random.Random) -> str:
    """A word of a name, or the invented one that stands for it throughout an example."""
    key = word.lower()
    if key not in known:
        is_kept = draw.random() >= _SHARE[kind] or (word[0].islower() and kind != "person")
        known[key] = key if is_kept else _blend(key, draw.choice(pool), draw)
    new = known[key]
    if new == key:
        return word
    return new.upper() if word.isupper() else new if word.islower() else new[:1].upper() + new[1:]


def _blend(first: str, second: str, draw: random.Random) -> str:
    """The beginning of one word and the end of another."""
    least = 1 if min(len(first), len(second)) < 4 else 2
    begin = draw.randint(least, max(least, len(first) - 1))
    return first[:begin] + second[-draw.randint(least, max(least, len(second) - 1)) :]
