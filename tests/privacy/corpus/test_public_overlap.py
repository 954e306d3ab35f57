"""Nothing that is learned from is a sentence of the sets we report on."""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
DATA = Path(os.environ.get("ABOVEBOARD_DATA", "/nonexistent"))
CACHE = Path(os.environ.get("ABOVEBOARD_OPEN_TEXT", ROOT / "tagger/.opentext"))
WORDS = 8

pytestmark = [
    pytest.mark.public_data,
    pytest.mark.train,
    pytest.mark.skipif(not DATA.is_dir(), reason="ABOVEBOARD_DATA does not point at the public sets"),
]
Shingle = tuple[str, ...]


def shingles(text: str) -> Iterator[Shingle]:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return zip(*(words[at:] for at in range(WORDS)), strict=False)


@pytest.fixture(scope="module")
def theirs() -> frozenset[Shingle]:
    """Every eight words in a row of the five public sets and of the hard negatives."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    data = importlib.import_module("privacy.data")
    negatives = importlib.import_module("privacy.hard_negatives").texts().values()
    read = (sample.text for each in data.SETS.values() for sample in each.read(DATA, "all"))
    return frozenset(chain.from_iterable(map(shingles, chain(read, *negatives))))


def generated() -> Iterator[Any]:
    yield from importlib.import_module("tagger.corpus").examples(23, 10_000)


def machines() -> Iterator[Any]:
    for kind in ("machine", "numbered"):
        yield from getattr(importlib.import_module(f"tagger.{kind}"), f"{kind}_examples")([], 23, 6_000)


def courts() -> Iterator[Any]:
    yield from importlib.import_module("tagger.citations").citing_examples(23, 6_000)
    yield from importlib.import_module("tagger.rulings").ruling_examples(23, 6_000)


def ordinary() -> Iterator[Any]:
    yield from importlib.import_module("tagger.ordinary").ordinary_examples([], 23, 6_000)


def open_text() -> Iterator[Any]:
    yield from importlib.import_module("tagger.opentext").open_examples(CACHE, 40_000)


KINDS = [generated, machines, courts, ordinary]
if (CACHE / "en.jsonl").exists():  # gathered by hand, before training (tagger/opentext/README.md)
    KINDS.append(open_text)


@pytest.mark.parametrize("made", KINDS)
def test_hardly_a_run_of_eight_words_is_shared_with_what_is_reported(
    made: Callable[[], Iterable[Any]], theirs: frozenset[Shingle]
) -> None:
    shared = [run & theirs for run in (set(shingles(example.text)) for example in made()) if run & theirs]
    assert len(theirs) > 100_000
    assert len(shared) <= 2, shared[:5]
