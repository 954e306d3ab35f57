"""The benchmark of other wordings: its pairs, the list of closed words, and the threshold it chooses."""

from typing import Any

import pytest


@pytest.fixture
def bench(benchmark_module: Any) -> Any:
    return benchmark_module("semantic_cache")


def test_half_of_the_groups_are_for_development_and_both_halves_hold_every_language(bench: Any) -> None:
    pairs = bench.read_pairs()
    assert len(pairs) == 372
    assert len({(pair.one, pair.other) for pair in pairs}) == 372
    for half in (0, 1):
        mine = [pair for pair in pairs if pair.group % 2 == half]
        assert sum(pair.is_same for pair in mine) == len(mine) / 2 == 93
        assert {pair.language for pair in mine} == {"en", "de", "es"}


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("How do I pay?", "How should I pay?", False),
        ("Is it 5 km?", "Is it 5 kg?", False),
        ("Is Anna in?", "Is Anne in?", False),
        ("Can I go with milk?", "Can I go without milk?", False),
        ("Can I close it?", "Can I open it?", True),  # what such a list cannot see
    ],
)
def test_closed_words_agree_or_not(bench: Any, one: str, other: str, agree: bool) -> None:
    assert (bench.closed_words(one) == bench.closed_words(other)) == agree


def test_a_threshold_is_the_lowest_that_keeps_the_bound(bench: Any) -> None:
    near = {"a": 0.9, "b": 0.8, "c": 0.7}
    pairs = [
        bench.Pair(0, "en", is_same, "k", "", text) for text, is_same in zip("abc", (1, 0, 0), strict=True)
    ]

    def alike(_: str, other: str) -> float:
        return near[other]

    assert bench.fitted("rule", alike, pairs, 0.99).threshold == 0.8
    assert bench.fitted("rule", alike, pairs, 0.7).threshold == 0.9
    assert bench.fitted("rule", alike, pairs, 0.01).threshold > 1
