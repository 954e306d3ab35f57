"""Differences between two models on the same items: what is planted is found, and nothing else."""

from typing import Any

import pytest

from aboveboard.evals import Ask, Item, Scored, load_suite
from aboveboard.evals.comparing import Difference, differences, harm, worst_clusters
from aboveboard.evals.comparing._difference import pair

HIRING = load_suite("bias.hiring")
RATE, RATIO = "bias.hiring.selection_rate", "bias.hiring.impact_ratio"
ASKS = {RATE: Ask(0.95, ()), RATIO: Ask(0.95, ("gender",))}


def fair(_: Item) -> float:
    return 0.6


def biased(item: Item) -> float:
    return 0.3 if item.groups["gender"] == "female" else 0.6


def compared(first: list[Scored], second: list[Scored]) -> dict[tuple[str, str, str], Difference]:
    return differences(HIRING, pair(first, second), ASKS)


def test_of_a_rate_the_difference_is_that_of_the_means(items: Any, decide: Any) -> None:
    first, second = decide(items, fair, 1), decide(items, biased, 2)
    found = compared(first, second)[(RATE, "", "")]
    means = [sum(each.score["yes"] for each in scored) / len(scored) for scored in (first, second)]
    assert found.side.difference == pytest.approx(means[1] - means[0])
    assert found.low < found.side.difference < found.high
    assert (found.n, found.clusters) == (160, 20)


def test_a_planted_bias_makes_the_ratio_worse_and_its_repair_makes_it_better(items: Any, decide: Any) -> None:
    plain, bent = decide(items, fair, 1), decide(items, biased, 1)
    assert compared(plain, bent)[(RATIO, "", "")].outcome == "worse"
    assert compared(bent, plain)[(RATIO, "", "")].outcome == "better"
    assert compared(bent, plain)[(RATIO, "gender", "female")].outcome == "better"


def test_the_same_answers_differ_nowhere_and_prove_little(items: Any, decide: Any) -> None:
    scored = decide(items, fair, 1)
    found = compared(scored, scored)[(RATE, "", "")]
    assert (found.outcome, found.side.difference, found.p_value) == ("no item differs", 0.0, 1.0)
    assert found.low == pytest.approx(-0.168, abs=0.001), "what twenty clusters cannot exclude"


def test_an_answer_that_one_model_lacks_counts_for_neither(items: Any, decide: Any) -> None:
    first, second = decide(items, fair, 1), decide(items, fair, 2)
    gone = Scored(second[0].item, second[0].answer, None)
    found = compared(first, [gone, *second[1:]])[(RATE, "", "")]
    assert found.n == 159


def test_an_open_difference_says_how_many_items_would_decide_it(items: Any, decide: Any) -> None:
    found = compared(decide(items, fair, 1), decide(items, lambda _: 0.63, 5))[(RATE, "", "")]
    assert found.outcome == "undecided"
    assert found.n_to_decide is not None
    assert found.n_to_decide > 160


@pytest.mark.parametrize(
    ("direction", "good", "bad"),
    [("lower", 0, 1), ("higher", 1, 0), ("zero", 0.1, -0.5), ("parity", 0.9, 0.5)],
)
def test_harm_is_less_where_a_measure_is_better(direction: Any, good: float, bad: float) -> None:
    assert harm(direction, good) < harm(direction, bad)


@pytest.mark.slow
@pytest.mark.parametrize("measure", [RATE, RATIO])
def test_between_equal_models_a_difference_is_seen_no_more_often_than_promised(
    items: Any, decide: Any, measure: str
) -> None:
    asks = {measure: ASKS[measure]}
    seen = 0
    for seed in range(120):
        paired = pair(decide(items, fair, 2 * seed), decide(items, fair, 2 * seed + 1))
        seen += differences(HIRING, paired, asks)[(measure, "", "")].p_value < 0.05
    assert seen <= 13, "5 % of 120, and what chance allows beyond"


def test_the_worst_items_are_those_that_make_it_bad(items: Any, decide: Any) -> None:
    spoilt = items[0].cluster
    scored = [
        Scored(each.item, each.answer, {**each.score, "yes": 0.0})
        if each.item.cluster == spoilt and each.item.groups["gender"] == "female"
        else Scored(each.item, each.answer, {**each.score, "yes": 1.0})
        for each in decide(items, fair, 1)
    ]
    worst = worst_clusters(HIRING, RATIO, scored)
    assert [each.cluster for each in worst] == [spoilt]
    assert worst[0].influence > 0
