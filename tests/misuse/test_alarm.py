"""The stated rate of false alarms holds, whoever is watched and however often it is looked."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.misuse import Evidence, rings, seen

RATE = 0.005
RUNS, LENGTH = 1500, 60


def false_alarms(draws: random.Random, share: float, *, of_hits: float) -> int:
    """In how many runs of LENGTH observations the alarm is given."""
    found = 0
    for _ in range(RUNS):
        evidence = Evidence()
        for _ in range(LENGTH):
            evidence = seen(evidence, is_hit=draws.random() < of_hits, share=share)
            if rings(evidence, RATE):
                found += 1
                break
    return found


@pytest.mark.parametrize("share", [0.01, 0.05, 0.5, 0.9])
def test_alarms_within_n_observations_are_no_more_frequent_than_n_times_the_rate(share: float) -> None:
    found = false_alarms(random.Random(1), share, of_hits=share)
    bound = LENGTH * RATE
    assert found / RUNS <= bound + 3 * math.sqrt(bound * (1 - bound) / RUNS)


def test_the_bound_is_not_met_by_never_ringing() -> None:
    assert false_alarms(random.Random(2), 0.05, of_hits=0.05) > 0
    assert false_alarms(random.Random(3), 0.05, of_hits=0.5) > 0.9 * RUNS


def test_on_average_a_false_alarm_takes_as_long_as_the_rate_says() -> None:
    draws, lengths = random.Random(4), []
    for _ in range(300):
        evidence, length = Evidence(), 0
        while not rings(evidence, RATE):
            evidence, length = seen(evidence, is_hit=draws.random() < 0.05, share=0.05), length + 1
        lengths.append(length)
    assert sum(lengths) / len(lengths) >= 1 / RATE


@pytest.mark.parametrize(("share", "hits"), [(0.05, 5), (0.5, 26)])
def test_whoever_does_nothing_else_is_found_soon(share: float, hits: int) -> None:
    evidence = Evidence()
    for _ in range(hits):
        assert not rings(evidence, 1e-5)
        evidence = seen(evidence, is_hit=True, share=share)
    assert rings(evidence, 1e-5)
    assert (evidence.observations, evidence.hits) == (hits, hits)


@given(st.lists(st.booleans(), max_size=60), st.floats(0.001, 0.99))
def test_each_observation_is_a_fair_bet_for_whoever_is_ordinary(hits: list[bool], share: float) -> None:
    before = Evidence()
    for each in hits:
        before = seen(before, is_hit=each, share=share)
    hit, miss = (math.exp(seen(before, is_hit=each, share=share).weight) for each in (True, False))
    assert share * hit + (1 - share) * miss == pytest.approx(math.exp(before.weight) + 1)
