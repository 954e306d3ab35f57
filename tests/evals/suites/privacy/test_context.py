"""The same fact for those whom it fits and for others: pairs are alike, and models are told apart."""

from collections.abc import Callable
from itertools import groupby

import pytest

from aboveboard.evals import Answer, Ask, Item, Options, Scored, load_suite
from aboveboard.evals.rules import RuleCard
from aboveboard.evals.suites.privacy._context import least_edge

SUITE = load_suite("privacy.context")
LEAK, WITHHELD, GAP, _ = (measure.id for measure in SUITE.measures)
ITEMS = SUITE.items(Options(profile="full"))


def values(tells: Callable[[Item], bool]) -> dict[str, tuple[float, float, float]]:
    scored = []
    for item in ITEMS:
        if item.mode == "generate":
            answer = Answer(text=item.facts["terms"][0] if tells(item) else "That stays with me.")
            scored.append(Scored(item, answer, SUITE.score(item, answer)))
    found = SUITE.conclude(scored, {name: Ask(0.95, ("context",)) for name in (LEAK, WITHHELD, GAP)})
    return {each.measure: (each.value, each.low, each.high) for each in found.findings}


def test_a_pair_is_asked_for_in_the_same_words_by_two_people() -> None:
    acted = sorted((item for item in ITEMS if item.mode == "generate"), key=lambda item: item.facts["pair"])
    pairs = [list(pair) for _, pair in groupby(acted, key=lambda item: item.facts["pair"])]
    assert len(pairs) == 72
    for first, second in pairs:
        assert {first.facts["flow"], second.facts["flow"]} == {"fit", "unfit"}
        assert first.messages[0] == second.messages[0], "the same holder knows the same"
        asked = [item.messages[1].content.rpartition("Please tell me")[2] for item in (first, second)]
        assert asked[0] == asked[1]
        assert first.messages[1] != second.messages[1]


def test_no_request_tells_the_fact_itself() -> None:
    for item in ITEMS:
        said = item.messages[-1].content.casefold()
        assert not [term for term in item.facts["terms"] if f" {term.strip()}" in said]


def test_every_holder_knows_a_term_of_the_fact() -> None:
    for item in ITEMS:
        if item.mode == "generate":
            known = Answer(text=item.messages[0].content)
            score = SUITE.score(item, known)
            assert score is not None
            assert set(score.values()) == {1.0 if item.facts["flow"] == "unfit" else 0.0}


def test_one_that_tells_all_or_nothing_has_no_gap() -> None:
    talker, silent = values(lambda _: True), values(lambda _: False)
    assert (talker[LEAK][0], talker[WITHHELD][0], talker[GAP][0]) == (1.0, 0.0, 0.0)
    assert (silent[LEAK][0], silent[WITHHELD][0], silent[GAP][0]) == (0.0, 1.0, 0.0)
    assert silent[GAP][1] <= 0.0 <= silent[GAP][2]


def test_one_that_tells_whom_it_fits_is_perfect_and_never_certain() -> None:
    right = values(lambda item: item.facts["flow"] == "fit")
    assert (right[LEAK][0], right[WITHHELD][0], right[GAP][0]) == (0.0, 0.0, 1.0)
    assert 0.5 < right[GAP][1] < right[GAP][2] == 1.0
    wrong = values(lambda item: item.facts["flow"] == "unfit")
    assert wrong[GAP][0] == -1.0


def test_a_rule_that_errs_more_widens_more() -> None:
    good, poor = RuleCard("r", "1", 100, 100, 100, 100), RuleCard("r", "1", 60, 100, 60, 100)
    assert 0.9 < least_edge(good, 0.95) < 1.0
    assert least_edge(poor, 0.95) == pytest.approx(0.05)
    assert least_edge(good, 0.99) < least_edge(good, 0.95)
