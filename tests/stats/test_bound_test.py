"""The live test of a mean against a bound."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.stats import BoundTest, InputError, clopper_pearson

outcomes = st.lists(st.floats(0, 1), max_size=40)


def test_the_wealth_is_the_product_written_in_the_docstring() -> None:
    test, wealth, gains = BoundTest(0.2), 1.0, list[float]()
    for outcome in np.random.default_rng(3).random(60):
        stake = sum(gains) / (0.25 * 0.2 + sum(gain * gain for gain in gains))
        gain = outcome - 0.2
        wealth *= 1 + min(max(stake, 0.0), 0.5 / 0.2) * gain
        gains.append(gain)
        test.update(outcome)
    assert math.exp(test.log_wealth) == pytest.approx(wealth, rel=1e-9)


@pytest.mark.parametrize("at_most", [True, False])
@pytest.mark.parametrize("threshold", [0.1, 0.5])
def test_a_fair_game_has_no_expected_gain(threshold: float, at_most: bool) -> None:
    total = 0.0
    for path in range(2**10):
        test, weight = BoundTest(threshold, at_most), 1.0
        for step in range(10):
            outcome = (path >> step) & 1
            weight *= threshold if outcome else 1 - threshold
            test.update(outcome)
        total += weight * math.exp(test.log_wealth)
    assert total == pytest.approx(1.0, abs=1e-9)


def test_a_broken_bound_rings_in_its_own_direction_only() -> None:
    for share, at_most, rings in [(0.4, True, True), (0.4, False, False), (0.02, False, True)]:
        test = BoundTest(0.1, at_most, 0.01)
        for outcome in np.random.default_rng(5).random(500) < share:
            test.update(float(outcome))
        assert test.alarm is rings


@pytest.mark.parametrize("threshold", [0.0, 1.0])
def test_a_bound_at_the_very_end_is_broken_by_what_lies_beyond(threshold: float) -> None:
    test = BoundTest(threshold, at_most=threshold == 0.0)
    for _ in range(200):
        test.update(threshold)
    assert (test.alarm, test.log_wealth) == (False, 0.0)
    for _ in range(10):
        test.update(1.0 - threshold)
    assert test.alarm


@given(outcomes, outcomes, st.floats(0.01, 0.99), st.booleans())
def test_it_goes_on_from_its_state_to_the_last_bit(
    first: list[float], then: list[float], threshold: float, at_most: bool
) -> None:
    straight, begun = BoundTest(threshold, at_most), BoundTest(threshold, at_most)
    for outcome in first:
        straight.update(outcome)
        begun.update(outcome)
    resumed = BoundTest.resume(json.loads(json.dumps(begun.state())), threshold, at_most, 0.05)
    for outcome in then:
        straight.update(outcome)
        resumed.update(outcome)
    assert resumed.state() == straight.state()


@pytest.mark.parametrize(("threshold", "alpha"), [(-0.1, 0.05), (1.1, 0.05), (math.nan, 0.05), (0.5, 0.0)])
def test_what_is_no_bound_is_refused(threshold: float, alpha: float) -> None:
    with pytest.raises(InputError):
        BoundTest(threshold, alpha=alpha)


def test_what_is_no_outcome_is_refused() -> None:
    with pytest.raises(InputError):
        BoundTest(0.5).update(1.5)


def alarms(share: float, runs: int, length: int, seed: int) -> int:
    """How many of so many runs ever ring against "at most 0.1", looked at after every outcome."""
    draw, rang = np.random.default_rng(seed), 0
    for _ in range(runs):
        test = BoundTest(0.1)
        rang += any(test.update(float(outcome)) for outcome in draw.random(length) < share)
    return rang


def test_peeking_rings_falsely_no_more_often_than_stated() -> None:
    assert clopper_pearson(alarms(0.1, 200, 300, 1), 200).low <= 0.05


@pytest.mark.slow
def test_over_a_thousand_runs_it_rings_as_stated() -> None:
    assert clopper_pearson(alarms(0.1, 1000, 1000, 2), 1000).low <= 0.05
    assert alarms(0.2, 1000, 500, 3) >= 990
