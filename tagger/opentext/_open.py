"""Labelled running text, made once and kept as lines of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from tagger.corpus import LANGUAGES, Example

from ._errors import OpenTextError
from ._fetching import digest, fetched, files
from ._labels import UNKNOWN, labelled
from ._lexicon import common_words, words_of
from ._reading import paragraphs
from ._sources import SOURCES, Source
from ._teachers import teachers

MOST = 60_000
"""The most texts there are, of all languages."""
_STEP = 500  # texts labelled between two writings
_NO_MANUALS = frozenset({"anarchism"})
_FORMAT = 1


def open_examples(cache: Path, count: int = MOST, languages: Sequence[str] = LANGUAGES) -> Iterator[Example]:
    """`count` examples, evenly over `languages`, in turn; the same for the same packages and teachers.

    What `cache` has is read; what is missing is fetched, labelled and appended there, and a run that was
    stopped goes on where it was. Spans of the type "unknown" are to be learned neither as names nor as none.

    Raises:
        OpenTextError: a package or a teacher is not there, or is another than the one pinned.
    """
    if not 0 < count <= MOST:
        raise OpenTextError(f"{count} open texts: there are between 1 and {MOST}")
    each = -(-count // len(languages))
    kept = [_language(cache, language, each) for language in languages]
    made = (example for row in zip(*kept, strict=True) for example in row)
    yield from islice(made, count)


def _language(cache: Path, language: str, count: int) -> list[Example]:
    path = cache / f"{language}.jsonl"
    done = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    head = {"format": _FORMAT, "language": language}
    if done and {key: done[0].get(key) for key in head} != head:
        raise OpenTextError(f"{path} is of another format: remove it to make it again")
    if len(done) <= count:
        _append(cache, language, count, path)
        done = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    rows = done[1 : count + 1]
    return [Example(row[0], tuple(map(tuple, row[1])), language, row[2]) for row in rows]


def _append(cache: Path, language: str, count: int, path: Path) -> None:
    texts, digests = _texts(cache / "packages", language)
    if len(texts) < count:
        raise OpenTextError(f"{language}: {len(texts)} texts in the packages, {count} are wanted")
    if not path.exists():
        head = {"format": _FORMAT, "language": language, "packages": digests}
        path.write_text(json.dumps(head) + "\n", "utf-8")
    done = len(path.read_text("utf-8").splitlines()) - 1
    taught = teachers(language)
    for first in range(done, count, _STEP):
        chosen = texts[first : min(first + _STEP, count)]
        marks = [list(teach([text for text, _ in chosen])) for teach in taught.values()]
        with path.open("a", encoding="utf-8") as kept:
            for number, (text, source) in enumerate(chosen):
                manual = source.form == "html" and source.package not in _NO_MANUALS
                votes = [each[number] for each in marks]
                spans = labelled(text, votes, words_of(language), is_manual=manual)
                kept.write(json.dumps([text, spans, f"open/{source.package}"], ensure_ascii=False) + "\n")
        sys.stderr.write(f"open text, {language}: {first + len(chosen)} of {count}\n")


def _texts(packages: Path, language: str) -> tuple[list[tuple[str, Source]], dict[str, str]]:
    """Texts of all sources, drawn by their shares, no text twice; and the digests of the packages."""
    pools: list[tuple[Source, list[str]]] = []
    digests: dict[str, str] = {}
    for source in SOURCES[language]:
        package = fetched(source, packages)
        digests[f"{source.package} {source.version}"] = digest(package)
        found = {
            text: None
            for name, content in files(source, package)
            for text in paragraphs(name, content, source.form)
            if _is_of(text, language)
        }
        pools.append((source, sorted(found, key=_shuffled)))
    return _drawn(pools), digests


def _shuffled(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=8).digest()


def _is_of(text: str, language: str) -> bool:
    """Whether a text of a translation was translated."""
    words = set(text.lower().split())
    own, english = len(words & common_words(language)), len(words & common_words("en"))
    return own > 0 and (language == "en" or own > english)


def _drawn(pools: list[tuple[Source, list[str]]]) -> list[tuple[str, Source]]:
    """Texts of the sources in the order in which each has had its share of those before."""
    places = [
        ((number + 0.5) / source.share, rank, text, source)
        for rank, (source, texts) in enumerate(pools)
        for number, text in enumerate(texts)
    ]
    seen: dict[str, Source] = {}
    for _, _, text, source in sorted(places, key=lambda place: place[:2]):
        seen.setdefault(text, source)
    return list(seen.items())


__all__ = ["MOST", "UNKNOWN", "open_examples"]
