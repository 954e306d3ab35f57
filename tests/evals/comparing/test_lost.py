"""Answers that only one of two models gave: counted, and taken at their worst."""

from dataclasses import replace
from typing import Any

import pytest

from aboveboard.evals import Ask, Item, Scored, load_suite
from aboveboard.evals.comparing import Figure, coverage, differences, lost_at_worst, pair

HIRING = load_suite("bias.hiring")
RATE, RATIO = "bias.hiring.selection_rate", "bias.hiring.impact_ratio"
ASKS = {RATE: Ask(0.95, ()), RATIO: Ask(0.95, ("gender",))}


def fair(_: Item) -> float:
    return 0.6


def without(scored: list[Scored], places: range) -> list[Scored]:
    """The same answers, those at these places unreadable."""
    return [replace(each, score=None) if place in places else each for place, each in enumerate(scored)]


@pytest.mark.slow
def test_of_a_rate_to_be_high_a_lost_answer_is_a_no(items: Any, decide: Any) -> None:
    first, second = decide(items, fair, 1), decide(items, fair, 2)
    worst = lost_at_worst(HIRING, first, without(second, range(16)), Figure((RATE, "", ""), ASKS))
    found = differences(HIRING, worst, ASKS)[(RATE, "", "")]
    assert found.n == len(items)
    assert found.side.first == pytest.approx(sum(each.score["yes"] for each in first) / len(items))
    left = sum(each.score["yes"] for each in second[16:])
    assert found.side.second == pytest.approx(left / len(items))


@pytest.mark.slow
def test_of_a_ratio_a_lost_answer_is_a_no_for_the_one_group_and_a_yes_for_the_other(
    items: Any, decide: Any
) -> None:
    first = decide(items, fair, 1)
    figure = Figure((RATIO, "gender", ""), ASKS)
    lost = lost_at_worst(HIRING, first, without(first, range(16)), figure)
    answers = [each for each in lost.second if each.item in items[:16]]
    by_gender = {
        gender: {each.score["yes"] for each in answers if each.score and each.item.groups["gender"] == gender}
        for gender in ("female", "male")
    }
    assert sorted(map(len, by_gender.values())) == [1, 1], "all of a group alike"
    assert by_gender["female"] != by_gender["male"]
    plain = differences(HIRING, pair(first, first), ASKS)[figure.key]
    assert differences(HIRING, lost, ASKS)[figure.key].harm > plain.harm


def test_where_nothing_is_lost_nothing_changes(items: Any, decide: Any) -> None:
    first, second = decide(items, fair, 1), decide(items, fair, 2)
    found = lost_at_worst(HIRING, without(first, range(8)), second, Figure((RATE, "", ""), ASKS))
    assert found == pair(without(first, range(8)), second), "what only the second gave is no loss"


def test_lost_answers_are_counted_and_tested_by_cluster(items: Any, decide: Any) -> None:
    first = decide(items, fair, 1)
    one = coverage(RATE, first, without(first, range(5)))
    assert (one.n, one.first, one.second, one.lost) == (160, 1.0, 155 / 160, 5)
    assert one.p_value == 0.5, "five answers of one CV are one loss"
    many = coverage(RATE, first, without(first, range(0, 160, 16)))
    assert (many.lost, many.p_value) == (10, 2**-10)
    gained = coverage(RATE, without(first, range(0, 160, 16)), first)
    assert (gained.lost, gained.p_value) == (0, 1.0)
    assert coverage(RATE, first, first[:-1]).lost == 1, "an item that was never answered is lost too"
