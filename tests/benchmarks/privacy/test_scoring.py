"""Precision, recall and F2 over characters, from confusions counted by hand."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

Module = Callable[[str], Any]


@pytest.fixture
def sample(benchmark_module: Module) -> Callable[..., Any]:
    """A sample: `sample("text", (0, 4, "NAME"))`."""
    made = benchmark_module("data").Sample
    return lambda text, *spans, cluster="one": made(text, spans, cluster, "en")


@pytest.fixture
def scored(benchmark_module: Module) -> Callable[..., Any]:
    """The result of spans found in samples; keywords are a LabelledSet's."""
    score, chosen = benchmark_module("scoring").score, benchmark_module("data").LabelledSet

    def result(samples: list[Any], found: list[list[tuple[int, int, str]]], **options: Any) -> Any:
        return score(samples, found, chosen("made", lambda folder, half: iter(()), **options))

    return result


def test_a_known_confusion_gives_known_figures(sample: Any, scored: Any) -> None:
    # Labelled 0…10; found 4…16: six characters right, four missed, six too many.
    result = scored([sample("abcdefghijklmnopqrst", (0, 10, "NAME"))], [[(4, 16, "person")]])
    assert result.precision.value == pytest.approx(6 / 12)
    assert result.recall.value == pytest.approx(6 / 10)
    assert result.f2.value == pytest.approx(5 * 0.5 * 0.6 / (4 * 0.5 + 0.6))
    assert result.by_type == {"NAME": (pytest.approx(0.6), 1)}


def test_white_space_counts_for_nobody(sample: Any, scored: Any) -> None:
    result = scored([sample("ab cd ef", (0, 5, "NAME"))], [[(0, 2, "x"), (3, 5, "x")]])
    assert (result.precision.value, result.recall.value) == (1, 1)


def test_overlapping_findings_count_a_character_once(sample: Any, scored: Any) -> None:
    result = scored([sample("abcdefgh", (0, 4, "NAME"))], [[(0, 4, "x"), (2, 4, "y"), (2, 6, "z")]])
    assert result.precision.value == pytest.approx(4 / 6)
    assert result.recall.value == 1


def test_findings_that_touch_cover_what_lies_under_both(sample: Any, scored: Any) -> None:
    result = scored([sample("abcdefgh", (2, 6, "NAME"))], [[(2, 4, "x"), (4, 6, "x")]])
    assert (result.precision.value, result.recall.value) == (1, 1)


def test_the_type_that_a_finder_gives_does_not_matter(sample: Any, scored: Any) -> None:
    result = scored([sample("abcd", (0, 4, "PHONE"))], [[(0, 4, "card")]])
    assert result.f2.value == 1


def test_ignored_types_are_neither_right_nor_wrong(sample: Any, scored: Any) -> None:
    text = sample("abcdefgh", (0, 4, "COURT"), (4, 8, "NAME"))
    result = scored([text], [[(0, 6, "x")]], ignored=frozenset({"COURT"}))
    assert result.precision.value == 1
    assert result.recall.value == pytest.approx(0.5)
    assert set(result.by_type) == {"NAME"}


def test_types_that_do_not_count_are_not_held_against_a_finder(sample: Any, scored: Any) -> None:
    text = sample("abcdefgh", (4, 8, "NAME"))
    result = scored([text], [[(0, 4, "date"), (4, 8, "person")]], counted=frozenset({"person"}))
    assert (result.precision.value, result.recall.value) == (1, 1)


def test_where_nothing_is_found_recall_is_nought(sample: Any, scored: Any) -> None:
    result = scored([sample("abcd", (0, 4, "NAME"))], [[]])
    assert (result.recall.value, result.f2.value) == (0, 0)
    assert np.isnan(result.precision.value)


def test_the_interval_covers_the_true_recall_about_as_often_as_it_says(sample: Any, scored: Any) -> None:
    """95 %: of 200 draws with recall 0.7, far fewer than 176 covered would be three standard errors off."""
    rng, covered = np.random.default_rng(3), 0
    for _ in range(200):
        hits = rng.random(60) < 0.7
        samples = [sample("abcd", (0, 4, "NAME"), cluster=str(number)) for number in range(60)]
        recall = scored(samples, [[(0, 4, "x")] if hit else [] for hit in hits]).recall
        covered += recall.low <= 0.7 <= recall.high
    assert covered >= 176


def test_clusters_are_drawn_whole(sample: Any, scored: Any) -> None:
    """Ten copies of a text in one cluster are no more evidence than one: the interval is as wide."""
    two = [sample("abcd", (0, 4, "NAME"), cluster=name) for name in "ab"]
    found = [[(0, 4, "x")], []]
    once, copied = scored(two, found), scored(two * 10, found * 10)
    assert (once.recall.low, once.recall.high) == (copied.recall.low, copied.recall.high) == (0, 1)
