"""The live test for two groups."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.stats import BettingTest

pairs = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=60)


def test_wealth_starts_at_one_and_nothing_rings() -> None:
    test = BettingTest()
    assert (test.log_wealth, test.p_value, test.alarm, test.pairs) == (0.0, 1.0, False, 0)


def test_a_lasting_gap_rings_and_the_alarm_stays() -> None:
    test = BettingTest(alpha=0.01)
    for _ in range(50):
        test.update(1.0, 0.0)
    assert test.alarm
    rang = test.alarm_at
    for _ in range(500):
        test.update(0.0, 1.0)
    assert test.alarm_at == rang


def test_a_gap_in_either_direction_rings_alike() -> None:
    above, below = BettingTest(), BettingTest()
    for _ in range(30):
        above.update(0.9, 0.2)
        below.update(0.2, 0.9)
    assert above.log_wealth == pytest.approx(below.log_wealth)
    assert above.alarm_at == below.alarm_at


def test_the_wealth_is_the_product_written_in_the_docstring() -> None:
    test, margin = BettingTest(margin=0.1), 0.1
    outcomes = np.random.default_rng(1).random((40, 2))
    wealths = [1.0, 1.0]
    gains: tuple[list[float], list[float]] = ([], [])
    for first, second in outcomes:
        for side, sign in enumerate((1, -1)):
            past = gains[side]
            stake = sum(past) / (0.25 + sum(g * g for g in past))
            stake = min(max(stake, 0.0), 0.5 / (1 + margin))
            gain = sign * (first - second) - margin
            wealths[side] *= 1 + stake * gain
            past.append(gain)
        test.update(first, second)
    assert math.exp(test.log_wealth) == pytest.approx(sum(wealths) / 2, rel=1e-12)


@given(pairs, st.floats(0, 0.9))
def test_no_bet_can_lose_everything(outcomes: list[tuple[float, float]], margin: float) -> None:
    test = BettingTest(margin=margin)
    for first, second in outcomes:
        test.update(first, second)
        assert math.isfinite(test.log_wealth)
        assert 0.0 < test.p_value <= 1.0
    assert test.alarm == (test.p_value <= 0.05 * (1 + 1e-12))


@given(pairs.filter(lambda p: len(p) >= 2), st.floats(0, 1))
def test_a_bet_is_made_before_the_outcome_is_seen(
    outcomes: list[tuple[float, float]], changed: float
) -> None:
    # Were the stake to look at the present outcome, wealth would not be linear in it.
    def wealth_after(last: float) -> float:
        test = BettingTest()
        for first, second in outcomes[:-1]:
            test.update(first, second)
        test.update(last, 0.0)
        return math.exp(test.log_wealth)

    middle = (1 - changed) * wealth_after(0.0) + changed * wealth_after(1.0)
    assert wealth_after(changed) == pytest.approx(middle, rel=1e-9)


def test_the_worst_fair_game_has_no_expected_gain() -> None:
    # every path of 8 fair coin pairs: the mean wealth is exactly 1, the definition of a martingale
    total = 0.0
    for path in range(3**8):
        test, weight = BettingTest(), 1.0
        for step in range(8):
            difference = (path // 3**step) % 3 - 1
            weight *= (0.25, 0.5, 0.25)[difference + 1]
            test.update(max(difference, 0), max(-difference, 0))
        total += weight * math.exp(test.log_wealth)
    assert total == pytest.approx(1.0, abs=1e-9)


def test_outcomes_pair_up_as_they_arrive() -> None:
    live, paired = BettingTest(), BettingTest()
    for group, outcome in [(1, 0.9), (1, 0.8), (0, 0.1), (0, 0.2), (0, 0.3), (1, 0.7)]:
        live.observe(group, outcome)
    for first, second in [(0.9, 0.1), (0.8, 0.2), (0.7, 0.3)]:
        paired.update(first, second)
    assert live.pairs == 3
    assert live.log_wealth == pytest.approx(paired.log_wealth)


def test_one_busy_group_does_not_fill_the_memory() -> None:
    test = BettingTest()
    for _ in range(5000):
        test.observe(0, 0.5)
    for _ in range(5000):
        test.observe(1, 0.5)
    assert test.pairs == 1000


@given(pairs, pairs, st.lists(st.tuples(st.sampled_from([0, 1]), st.floats(0, 1)), max_size=20))
def test_it_goes_on_from_its_state_to_the_last_bit(
    first: list[tuple[float, float]], then: list[tuple[float, float]], live: list[tuple[int, float]]
) -> None:
    straight, begun = BettingTest(margin=0.05), BettingTest(margin=0.05)
    for test in (straight, begun):
        for pair in first:
            test.update(*pair)
        for group, outcome in live:
            test.observe(group, outcome)
    resumed = BettingTest.resume(json.loads(json.dumps(begun.state())), 0.05, 0.05)
    for test in (straight, resumed):
        for pair in then:
            test.update(*pair)
        for group, outcome in live:
            test.observe(group, outcome)
    assert resumed.state() == straight.state()


@given(st.lists(st.sampled_from([0.0, 1.0, 0.25]), max_size=30))
def test_outcomes_that_wait_are_kept_as_they_are(waiting: list[float]) -> None:
    test = BettingTest()
    for outcome in waiting:
        test.observe(0, outcome)
    resumed = BettingTest.resume(json.loads(json.dumps(test.state())), 0.05, 0.0)
    for taking in (test, resumed):
        for number in range(40):
            taking.observe(1, number % 2)
    assert resumed.state() == test.state()
    assert resumed.log_wealth == test.log_wealth


def test_a_state_that_lists_what_waits_is_read_too() -> None:
    test = BettingTest()
    test.observe(0, 1.0)
    state = test.state()
    listed = {**state, "waiting": [[1.0], []]}
    assert BettingTest.resume(listed, 0.05, 0.0).state() == state
