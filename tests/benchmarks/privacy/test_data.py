"""The halves of the public sets: what may be looked at, and what is reported."""

import gzip
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Module = Callable[[str], Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Small sets in the forms of the public ones."""
    rows = [
        {"full_text": f"Ann {number}", "template_id": number % 7, "spans": [_row(0, 3, "PERSON")]}
        for number in range(40)
    ]
    _write(tmp_path / "presidio_research/synth_dataset_v2.json", json.dumps(rows).encode())
    _write(tmp_path / "meddocan/brat_train_dev.tar.gz", _archive())
    words = "".join(f"In O\nFrau O\nR{number} B-PER\n. O\n\n" for number in range(90))
    _write(tmp_path / "german_legal/ler_dev.conll.gz", gzip.compress(words.encode()))
    return tmp_path


def _row(start: int, end: int, type_: str) -> dict[str, object]:
    return {"start_position": start, "end_position": end, "entity_type": type_}


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)


def _archive() -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as archive:
        for part in ("dev", "train"):
            for number in range(3):
                for suffix, text in (("txt", "Ana vive"), ("ann", "T1\tNOMBRE 0 3\tAna\n#1\tnote\n")):
                    member = tarfile.TarInfo(f"corpus/{part}/brat/{part}{number}.{suffix}")
                    member.size = len(text)
                    archive.addfile(member, io.BytesIO(text.encode()))
    return written.getvalue()


@pytest.mark.parametrize("name", ["presidio_research", "meddocan", "german_legal"])
def test_no_text_is_looked_at_and_reported(name: str, folder: Path, benchmark_module: Module) -> None:
    read = benchmark_module("data").SETS[name].read
    dev, reported, whole = ([*read(folder, half)] for half in ("dev", "reported", "all"))
    assert dev
    assert reported
    assert sorted(map(repr, dev + reported)) == sorted(map(repr, whole))
    assert not {each.cluster for each in dev} & {each.cluster for each in reported}


def test_templates_with_an_even_number_are_for_development(folder: Path, benchmark_module: Module) -> None:
    read = benchmark_module("data").read_presidio_research
    assert {each.cluster for each in read(folder, "dev")} == {f"template {even}" for even in (0, 2, 4, 6)}
    assert {each.cluster for each in read(folder, "reported")} == {f"template {odd}" for odd in (1, 3, 5)}


def test_spans_lie_on_the_words_they_mark(folder: Path, benchmark_module: Module) -> None:
    sets = benchmark_module("data").SETS
    for name, word in (("presidio_research", "Ann"), ("meddocan", "Ana")):
        (first, *_) = sets[name].read(folder, "all")
        assert [first.text[start:end] for start, end, _ in first.spans] == [word]
    (first, *_) = sets["german_legal"].read(folder, "all")
    assert first.text == "In Frau R0."
    assert first.spans == ((8, 10, "PER"),)


def test_sets_that_only_report_have_nothing_to_look_at(folder: Path, benchmark_module: Module) -> None:
    assert not [*benchmark_module("data").read_germeval(folder, "dev")]


@pytest.mark.public_data
@pytest.mark.parametrize("name", ["presidio_research", "meddocan", "german_legal"])
def test_the_public_halves_share_no_template_and_no_document(
    name: str, public_data: Path, benchmark_module: Module
) -> None:
    read = benchmark_module("data").SETS[name].read
    dev, reported = ({each.cluster for each in read(public_data, half)} for half in ("dev", "reported"))
    assert dev
    assert reported
    assert not dev & reported
