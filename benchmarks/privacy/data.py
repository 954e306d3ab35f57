"""The public sets that finders of personal data are measured on, as texts with spans.

Each set has a development half, which its makers may look at, and a reported half, of which they see totals
only. Set ABOVEBOARD_DATA to the folder of the copies (docs/guides/public-data.md).
"""

import gzip
import json
import os
import sys
import tarfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

DEVELOPMENT, REPORTED, WHOLE = "dev", "reported", "all"
_BLOCK = 20
"""Sentences in a row that may come from one decision."""
HALVES = (DEVELOPMENT, REPORTED, WHOLE)


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with its labelled spans (start, end, type) in code points. `cluster` says what it was drawn
    with (its template, its document); `language` is an ISO 639-1 code.
    """

    text: str
    spans: tuple[tuple[int, int, str], ...]
    cluster: str
    language: str


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """A set: how it is read, which types are neither personal data nor its absence, and, for a set that
    marks names alone, the finders' types that count: nobody is wrong to find a date where none is labelled.
    """

    name: str
    read: Callable[[Path, str], Iterator[Sample]]
    ignored: frozenset[str] = frozenset()
    counted: frozenset[str] | None = None


def data_folder() -> Path:
    """The folder of the public copies."""
    folder = os.environ.get("ABOVEBOARD_DATA")
    if not folder:
        sys.exit("set ABOVEBOARD_DATA to the folder of the public sets (docs/guides/public-data.md)")
    return Path(folder)


def read_presidio_research(folder: Path, half: str) -> Iterator[Sample]:
    """1,500 English sentences made from templates; templates with an even number are for development."""
    rows = json.loads((folder / "presidio_research/synth_dataset_v2.json").read_text("utf-8"))
    for row in rows:
        template = row["template_id"]
        if half in (WHOLE, REPORTED if template % 2 else DEVELOPMENT):
            spans = sorted((s["start_position"], s["end_position"], s["entity_type"]) for s in row["spans"])
            yield Sample(row["full_text"], tuple(spans), f"template {template}", "en")


def read_meddocan(folder: Path, half: str) -> Iterator[Sample]:
    """750 Spanish clinical cases in brat format; its `dev` part is for development, `train` reported."""
    with tarfile.open(folder / "meddocan/brat_train_dev.tar.gz") as archive:
        files = {member.name: archive.extractfile(member) for member in archive if member.isfile()}
        contents = {name: file.read().decode() for name, file in files.items() if file}
    part = {DEVELOPMENT: "/dev/", REPORTED: "/train/", WHOLE: "/"}[half]
    for name, text in sorted(contents.items()):
        if name.endswith(".txt") and part in name:
            yield Sample(text, _brat_spans(contents[name.removesuffix("txt") + "ann"]), name, "es")


def _brat_spans(annotations: str) -> tuple[tuple[int, int, str], ...]:
    rows = [line.split("\t")[1].split() for line in annotations.splitlines() if line.startswith("T")]
    return tuple(sorted((int(start), int(end), type_) for type_, start, end, *_ in rows))


def read_german_legal(folder: Path, half: str) -> Iterator[Sample]:
    """6,666 sentences of German court decisions; the first third, to the end of its last block, is for
    development.
    """
    sentences = list(_conll(folder / "german_legal/ler_dev.conll.gz", 0, -1))
    cut = -(-len(sentences) // (3 * _BLOCK)) * _BLOCK
    chosen = {DEVELOPMENT: range(cut), REPORTED: range(cut, len(sentences)), WHOLE: range(len(sentences))}
    for number in chosen[half]:
        yield _joined(sentences[number], f"block {number // _BLOCK}", "de")  # neighbours share a decision


def read_germeval(folder: Path, half: str) -> Iterator[Sample]:
    """2,200 German sentences of news and Wikipedia; all reported."""
    yield from _names(folder / "names_in_text/germeval2014_dev.conll.gz", half, "de")


def read_wnut17(folder: Path, half: str) -> Iterator[Sample]:
    """3,394 English sentences of social media; all reported."""
    yield from _names(folder / "names_in_text/wnut17train.conll.gz", half, "en")


def _names(path: Path, half: str, language: str) -> Iterator[Sample]:
    if half != DEVELOPMENT:
        for number, sentence in enumerate(_conll(path, 0, -1)):
            yield _joined(sentence, f"sentence {number}", language)


def _conll(path: Path, word: int, tag: int) -> Iterator[list[tuple[str, str]]]:
    sentence: list[tuple[str, str]] = []
    for line in [*gzip.decompress(path.read_bytes()).decode().split("\n"), ""]:
        fields = line.split()
        if len(fields) > 1:
            sentence.append((fields[word], fields[tag]))
        elif sentence:
            yield sentence
            sentence = []


_NO_SPACE_BEFORE = frozenset(".,;:!?)]}%“”'’…") | {"'s", "n't"}
_NO_SPACE_AFTER = frozenset("([{„‚#@")


def _joined(tokens: list[tuple[str, str]], cluster: str, language: str) -> Sample:
    """Tokens as running text, and IOB tags as spans."""
    text, spans, glued = "", [], True
    for word, tag in tokens:
        text += "" if glued or word in _NO_SPACE_BEFORE else " "
        start, glued = len(text), word in _NO_SPACE_AFTER
        text += word
        mark, _, type_ = tag.partition("-")
        if mark == "I" and spans and spans[-1][2] == type_:
            spans[-1] = (spans[-1][0], len(text), type_)
        elif mark in ("B", "I"):
            spans.append((start, len(text), type_))
    return Sample(text, tuple(spans), cluster, language)


# What finders, ours and others, call persons, places and organisations.
NAMES = frozenset(
    [
        "person",
        "address",
        "place",
        "organisation",
        "PERSON",
        "PER",
        "LOCATION",
        "LOC",
        "GPE",
        "FAC",
        "ORG",
        "ORGANIZATION",
        "name",
    ]
)

SETS: Mapping[str, LabelledSet] = {
    each.name: each
    for each in (
        LabelledSet("presidio_research", read_presidio_research),
        LabelledSet("meddocan", read_meddocan),
        # Courts, institutions and brands name nobody, yet no finder is wrong to hide them.
        LabelledSet("german_legal", read_german_legal, frozenset({"GRT", "INN", "MRK"}), NAMES),
        LabelledSet("germeval", read_germeval, frozenset({"OTH", "OTHderiv", "OTHpart"}), NAMES),
        LabelledSet("wnut17", read_wnut17, frozenset({"creative-work", "product"}), NAMES),
    )
}
# Laws, rulings and literature in german_legal are no personal data: finding them is an error.
NEGATIVE = frozenset({"GS", "RS", "LIT", "VT", "VS", "VO", "EUN"})
# Words made from names (`German`, `Berlin-based`) in germeval are neither.
PARTS = frozenset({f"{kind}{end}" for kind in ("LOC", "ORG", "PER") for end in ("deriv", "part")})
