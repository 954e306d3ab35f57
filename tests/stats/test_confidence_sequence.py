"""The interval that may be looked at all the time."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.stats import ConfidenceSequence, InputError, clopper_pearson

outcomes = st.lists(st.floats(0, 1), max_size=40)


def theorem_2(values: "np.ndarray[tuple[int], np.dtype[np.float64]]", alpha: float) -> tuple[float, float]:
    """The interval after all values by the formulas of the paper, a whole vector at a time."""
    t = np.arange(1, len(values) + 1)
    mean = (0.5 + np.cumsum(values)) / (t + 1)
    variance = (0.25 + np.cumsum((values - mean) ** 2)) / (t + 1)
    mean_before, variance_before = np.append(0.5, mean[:-1]), np.append(0.25, variance[:-1])
    bets = np.minimum(np.sqrt(2 * math.log(2 / alpha) / (variance_before * t * np.log1p(t))), 0.5)
    psi = (-np.log(1 - bets) - bets) / 4
    centre = (bets * values).sum() / bets.sum()
    doubt = (math.log(2 / alpha) + (4 * (values - mean_before) ** 2 * psi).sum()) / bets.sum()
    return centre - doubt, centre + doubt


@pytest.mark.parametrize("share", [0.02, 0.3, 0.5])
def test_it_is_the_intersection_of_what_the_paper_says(share: float) -> None:
    values = (np.random.default_rng(7).random(200) < share).astype(float)
    sequence = ConfidenceSequence(0.9)
    for value in values:
        sequence.update(float(value))
    ends = [theorem_2(values[:n], 0.1) for n in range(1, 201)]
    assert sequence.low == pytest.approx(max(0.0, *(low for low, _ in ends)), abs=1e-9)
    assert sequence.high == pytest.approx(min(1.0, *(high for _, high in ends)), abs=1e-9)


def test_before_anything_was_seen_everything_is_possible() -> None:
    sequence = ConfidenceSequence()
    assert (sequence.low, sequence.high, sequence.n) == (0.0, 1.0, 0)
    assert 0.3 in sequence.interval


@given(outcomes)
def test_it_only_ever_shrinks_unless_the_mean_moves(values: list[float]) -> None:
    sequence, before = ConfidenceSequence(), (0.0, 1.0)
    for value in values:
        sequence.update(value)
        assert 0.0 <= sequence.low <= sequence.high <= 1.0
        assert sequence.has_moved or (before[0] <= sequence.low and sequence.high <= before[1])
        before = sequence.low, sequence.high


def test_a_mean_that_moves_is_said_to_have_moved() -> None:
    sequence = ConfidenceSequence()
    for value in [0.0] * 400 + [1.0] * 4000:
        sequence.update(value)
    assert sequence.has_moved


@given(outcomes, outcomes)
def test_it_goes_on_from_its_state_to_the_last_bit(first: list[float], then: list[float]) -> None:
    straight, begun = ConfidenceSequence(), ConfidenceSequence()
    for value in first:
        straight.update(value)
        begun.update(value)
    resumed = ConfidenceSequence.resume(json.loads(json.dumps(begun.state())), 0.95)
    for value in then:
        straight.update(value)
        resumed.update(value)
    assert resumed.state() == straight.state()


@pytest.mark.parametrize("value", [-0.1, 1.1, math.nan])
def test_what_is_no_outcome_is_refused(value: float) -> None:
    with pytest.raises(InputError):
        ConfidenceSequence().update(value)


def misses(share: float, runs: int, length: int, seed: int) -> int:
    """How many runs are ever outside, looked at after every outcome."""
    draw, missed = np.random.default_rng(seed), 0
    for _ in range(runs):
        sequence = ConfidenceSequence(0.9)
        for value in draw.random(length) < share:
            sequence.update(float(value))
            if not sequence.low <= share <= sequence.high:
                missed += 1
                break
    return missed


def test_all_intervals_hold_at_once() -> None:
    assert clopper_pearson(misses(0.2, 150, 300, 1), 150).low <= 0.1


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.05, 0.5])
def test_over_a_thousand_runs_all_hold_at_once(share: float) -> None:
    assert clopper_pearson(misses(share, 1000, 1000, 2), 1000).low <= 0.1


@given(outcomes, st.integers(0, 40))
def test_many_at_once_come_to_the_same_as_one_after_another(values: list[float], part: int) -> None:
    single, many = ConfidenceSequence(), ConfidenceSequence()
    for value in values:
        single.update(value)
    many.extend(values[:part])
    many.extend(values[part:])
    assert many.state() == single.state()


@pytest.mark.parametrize("wrong", [math.nan, -0.1, 1.1])
def test_one_wrong_outcome_among_many_leaves_nothing_half_taken(wrong: float) -> None:
    sequence = ConfidenceSequence()
    sequence.update(0.5)
    before = sequence.state()
    with pytest.raises(InputError):
        sequence.extend([0.2, wrong, 0.3])
    assert sequence.state() == before
