"""What the training text promises: spans that fit, the same text for the same seed, no name left out."""

from __future__ import annotations

import importlib
import itertools
from collections import Counter
from random import Random
from typing import Any

import pytest

pytestmark = pytest.mark.train

corpus: Any = importlib.import_module("corpus")
origins: Any = corpus.origins


@pytest.fixture(scope="module")
def some() -> list[Any]:
    return list(corpus.examples(7, 1500))


def test_spans_lie_in_order_within_the_text_and_carry_no_white_space_at_their_ends(some: list[Any]) -> None:
    for example in some:
        ends = [0, *(end for _, end, _ in example.spans)]
        assert all(before <= start for before, (start, _, _) in zip(ends, example.spans, strict=False))
        for value, kind in example.values():
            assert value and value == value.strip(), example
            assert kind in corpus.TYPES


def test_the_same_seed_gives_the_same_examples_and_another_seed_others() -> None:
    first, again, other = ([e.text for e in corpus.examples(seed, 200)] for seed in (3, 3, 4))
    assert first == again
    assert first != other


def test_more_examples_of_a_seed_begin_with_the_fewer() -> None:
    assert list(corpus.examples(5, 20)) == list(itertools.islice(corpus.examples(5, 60), 20))


def test_languages_take_turns_and_every_type_is_found_in_each(some: list[Any]) -> None:
    assert Counter(example.language for example in some) == dict.fromkeys(corpus.LANGUAGES, 300)
    for language in corpus.LANGUAGES:
        kinds = {kind for e in some if e.language == language for _, _, kind in e.spans}
        assert kinds == set(corpus.TYPES)


def test_a_good_part_of_the_examples_names_nobody(some: list[Any]) -> None:
    empty = sum(not example.spans for example in some) / len(some)
    assert 0.08 < empty < 0.5


def test_only_the_languages_asked_for() -> None:
    assert {e.language for e in corpus.examples(1, 30, ("de", "it"))} == {"de", "it"}


def _pool(held_out: bool) -> set[str]:
    every = (*origins.origins(), *origins.native_scripts())
    pools = (origins.names(o, part, held_out) for o in every for part in ("given", "family"))
    return {word for pool in pools for name in pool for word in origins.words(name)}


def test_names_to_train_on_have_no_word_that_is_held_out() -> None:
    assert not [word for word in _pool(False) if origins.is_held_out(word)]


def test_people_in_training_text_bear_no_held_out_name() -> None:
    names = _drawn(held_out=False)
    assert not [name for name in names if origins.is_held_out(name)]


def test_people_in_held_out_text_bear_held_out_names_only() -> None:
    assert all(origins.is_held_out(name) for name in _drawn(held_out=True))


def _drawn(held_out: bool) -> list[str]:
    people: Any = importlib.import_module("corpus._people")
    names = people.Names(Random(1), "en", held_out)
    drawn = [names.person() for _ in range(2000)]
    return [given for person in drawn for given in person.given]


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "it"])
def test_every_origin_is_drawn_and_none_is_rare(language: str) -> None:
    people: Any = importlib.import_module("corpus._people")
    names = people.Names(Random(1), language, False)
    drawn = Counter(names.person().origin for _ in range(10_000))
    assert set(origins.origins()) <= set(drawn)
    assert min(drawn[origin] for origin in origins.origins()) > 20


def test_every_origin_keeps_names_for_measuring() -> None:
    for origin in origins.origins():
        for part in ("given", "family"):
            assert len(origins.names(origin, part, True)) >= 2, (origin, part)
            assert len(origins.names(origin, part, False)) > 10, (origin, part)


def test_an_unknown_origin_is_refused() -> None:
    with pytest.raises(KeyError):
        origins.names("martian")
