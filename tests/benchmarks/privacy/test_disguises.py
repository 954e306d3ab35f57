"""The table of disguises: when a value counts as caught."""

from collections.abc import Callable
from typing import Any

import pytest

Module = Callable[[str], Any]


@pytest.fixture
def cases(benchmark_module: Module) -> Any:
    """The disguises of one value."""
    return {case.disguise: case for case in benchmark_module("evasion").cases("4111 1111", "card")}


def test_all_letters_and_digits_must_be_covered(cases: Any) -> None:
    plain = cases["as it is"]
    assert plain.text[plain.start : plain.end] == "4111 1111"
    assert plain.is_covered([(plain.start, plain.end, "any")])
    assert plain.is_covered([(plain.start, plain.start + 4, "a"), (plain.start + 5, plain.end, "b")])
    assert not plain.is_covered([(plain.start, plain.end - 1, "any")])
    assert not plain.is_covered([])


def test_a_disguise_without_a_letter_must_be_covered_whole(cases: Any) -> None:
    tags = cases["tag characters"]
    assert not tags.is_covered([])
    assert tags.is_covered([(tags.start, tags.end, "any")])


def test_a_disguise_that_changes_nothing_is_left_out(cases: Any) -> None:
    assert "Cyrillic letters" not in cases
    assert "as it is" in cases


def test_pieces_and_messages_are_the_whole_text(cases: Any) -> None:
    for name in ("in pieces of 1", "in pieces of 3", "in pieces of 7", "in two messages"):
        assert "".join(cases[name].pieces) == cases["as it is"].text


def test_halves_of_a_value_in_two_messages_are_found_apart(benchmark_module: Module) -> None:
    class Half:
        def find(self, texts: list[str]) -> Any:
            return type("Found", (), {"spans": [[(text.find("4"), len(text), "x")] for text in texts]})

    evasion = benchmark_module("evasion")
    (case,) = [each for each in evasion.cases("4444 4444", "card") if each.disguise == "in two messages"]
    assert evasion.caught(Half(), [case]) == [True]
