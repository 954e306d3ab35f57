"""No sentence of ours is a sentence of the sets we report on."""

from __future__ import annotations

import gzip
import importlib
import json
import os
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.public_data
pytest.importorskip("faker", reason="the names come from Faker (extra `synthetic`)")

corpus: Any = importlib.import_module("corpus")
DATA = Path(os.environ.get("ABOVEBOARD_DATA", "/nonexistent"))
WORDS = 8


def shingles(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return zip(*(words[at:] for at in range(WORDS)), strict=False)


def public_texts() -> Iterator[str]:
    for row in json.loads((DATA / "presidio_research/synth_dataset_v2.json").read_text(encoding="utf-8")):
        yield row["full_text"]
    with tarfile.open(DATA / "meddocan/brat_train_dev.tar.gz") as archive:
        for member in archive:
            taken = archive.extractfile(member) if member.name.endswith(".txt") else None
            if taken is not None:
                yield taken.read().decode("utf-8")
    with gzip.open(DATA / "german_legal/ler_dev.conll.gz", "rt", encoding="utf-8") as lines:
        for sentence in lines.read().split("\n\n"):
            yield " ".join(line.split(" ")[0] for line in sentence.splitlines() if line)


def test_hardly_a_run_of_eight_words_is_shared_with_the_public_sets() -> None:
    if not DATA.is_dir():
        pytest.skip("ABOVEBOARD_DATA does not point at the public sets")
    theirs = {shingle for text in public_texts() for shingle in shingles(text)}
    ours = [set(shingles(example.text)) for example in corpus.examples(23, 10_000)]
    shared = [run & theirs for run in ours if run & theirs]
    assert len(theirs) > 50_000
    assert len(shared) <= 2, shared[:5]
