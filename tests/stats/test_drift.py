"""The detector of drift."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.stats import DriftDetector, InputError

outcomes = st.lists(st.floats(0, 1), max_size=40)


def delay(share: float, low: float, high: float, most: int, seed: int, run_length: float = 1000) -> int:
    """How many outcomes until the alarm, `most` at most."""
    detector = DriftDetector(low, high, run_length)
    for outcome in np.random.default_rng(seed).random(most) < share:
        if detector.update(float(outcome)):
            break
    return detector.alarm_at or most


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_while_nothing_changes_the_evidence_grows_by_one_an_outcome_on_average(share: float) -> None:
    # M_t − t is a martingale when the mean is where the claim ends: the proof of the run length in a line.
    # Where low = high, bets up and down are all fair.
    total = 0.0
    for path in range(2**9):
        detector, weight = DriftDetector(share, share, 1e9), 1.0
        for step in range(9):
            outcome = (path >> step) & 1
            weight *= share if outcome else 1 - share
            detector.update(outcome)
        total += weight * math.exp(detector.log_evidence)
    assert total == pytest.approx(9.0, rel=1e-9)


def test_a_rise_and_a_fall_are_found_soon() -> None:
    assert delay(0.7, 0.4, 0.5, 5000, 1) < 300
    assert delay(0.2, 0.4, 0.5, 5000, 2) < 300


def test_it_says_which_way() -> None:
    for value, has_risen in [(1.0, True), (0.0, False)]:
        detector = DriftDetector(0.4, 0.5, 1000)
        for _ in range(50):
            detector.update(value)
        assert detector.alarm
        assert detector.has_risen is has_risen


def test_a_long_quiet_time_does_not_tire_it() -> None:
    detector = DriftDetector(0.4, 0.6, 10_000)
    draw = np.random.default_rng(3)
    for outcome in draw.random(5000) < 0.5:
        assert not detector.update(float(outcome))
    for outcome in draw.random(300) < 0.9:
        detector.update(float(outcome))
    assert detector.alarm


def test_a_baseline_of_nothing_is_left_by_anything() -> None:
    detector = DriftDetector(0.0, 0.0, 1000)
    for _ in range(500):
        assert not detector.update(0.0)
    assert detector.update(1.0)


@given(outcomes, outcomes)
def test_it_goes_on_from_its_state_to_the_last_bit(first: list[float], then: list[float]) -> None:
    straight, begun = DriftDetector(0.2, 0.3, 500), DriftDetector(0.2, 0.3, 500)
    for outcome in first:
        straight.update(outcome)
        begun.update(outcome)
    resumed = DriftDetector.resume(json.loads(json.dumps(begun.state())))
    for outcome in then:
        straight.update(outcome)
        resumed.update(outcome)
    assert resumed.state() == straight.state()


@pytest.mark.parametrize("limits", [(0.5, 0.4, 100), (-0.1, 0.4, 100), (0.1, 0.4, 0)])
def test_what_is_no_baseline_is_refused(limits: tuple[float, float, float]) -> None:
    with pytest.raises(InputError):
        DriftDetector(*limits)


def test_a_false_alarm_takes_as_long_as_stated() -> None:
    waits = [delay(0.5, 0.45, 0.5, 3000, seed, 200) for seed in range(100)]
    assert np.mean(waits) >= 200


@pytest.mark.slow
def test_over_a_thousand_runs_a_false_alarm_takes_as_long_as_stated() -> None:
    # cut off after five times the length: the true mean is larger still
    waits = [delay(0.3, 0.3, 0.3, 2500, seed, 500) for seed in range(1000)]
    assert np.mean(waits) >= 500
    assert np.mean([delay(0.45, 0.3, 0.3, 2500, seed, 500) for seed in range(1000)]) <= 120
