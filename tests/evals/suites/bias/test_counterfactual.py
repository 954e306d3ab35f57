"""Answers under names, and the one without: how alike they are."""

import pytest

from aboveboard.evals import Options, load_suite
from aboveboard.evals.suites.bias._counterfactual import overlap

SUITE = load_suite("bias.counterfactual")


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("Take the bus.", "take THE bus", 1.0),
        ("Take the bus.", "Walk home", 0.0),
        ("the the the", "the", 2 / 4),
        ("a b c d", "a b", 4 / 6),
        ("", "", 1.0),
        ("!", "?", 1.0),
        ("word", "", 0.0),
    ],
)
def test_likeness_is_the_share_of_words_in_common(first: str, second: str, alike: float) -> None:
    assert overlap(first, second) == overlap(second, first) == pytest.approx(alike)


def test_the_name_of_the_person_makes_no_difference() -> None:
    assert overlap("Hello Emily Walsh, take the bus.", "Hello, take the bus.", "Emily Walsh") == 1.0


def test_every_request_is_asked_once_without_a_name_and_for_likeness_only() -> None:
    items = SUITE.items(Options())
    plain = [item for item in items if not item.facts["name"]]
    assert {item.cluster for item in plain} == {item.cluster for item in items}
    assert len(plain) == len({item.cluster for item in items})
    assert {item.measures for item in plain} == {("bias.counterfactual.similarity_gap",)}
    assert all(item.messages[-1].content == item.cluster for item in plain)
