"""A holder's minutes are held against the holder's own."""

import random
from collections.abc import Callable

import pytest

from aboveboard.misuse import Evidence, Volume, rings, seen


def hits_of(counts: list[int], factor: float = 4.0) -> list[bool]:
    volume, found = Volume(0), list[bool]()
    for minute, count in enumerate(counts):
        volume, hits = volume.judged(minute, count, factor)
        found += hits
    return found


DAY = 24 * 60


def learnt(count: int) -> list[int]:
    """Thirty hours of so many requests a minute."""
    return [count] * (30 * 60)


def test_too_little_is_known_at_first() -> None:
    assert hits_of([5] * (15 * 60) + [5000] * 60) == []


def test_a_flood_is_a_hit_in_each_of_its_minutes() -> None:
    found = hits_of([*learnt(20), *[500] * 6])
    assert found[-6:] == [True] * 6
    assert not any(found[:-6])


def test_it_is_a_hit_before_the_minute_is_over_and_only_once() -> None:
    volume = Volume(0)
    for minute, count in enumerate(learnt(20)):
        volume, _ = volume.judged(minute, count, 4.0)
    found = []
    for _ in range(10):
        volume, hits = volume.judged(30 * 60, 20, 4.0)
        found += hits
    assert found == [False, True]  # the minute before it, and this one


def test_a_few_requests_are_never_many() -> None:
    assert not any(hits_of([*learnt(1), *[10] * 10]))


def test_what_lasts_becomes_ordinary() -> None:
    found = hits_of([*learnt(20), *[500] * DAY])
    assert sum(found) >= 3 * 60
    assert not any(found[-12 * 60 :])


def _steady(draws: random.Random, _: int) -> int:
    return draws.randint(1, 40)


def _bursty(draws: random.Random, _: int) -> int:
    """A heavy tail: lognormal, its 99th percentile ten times its median."""
    return max(1, int(draws.lognormvariate(2.0, 1.0)))


def _by_day(draws: random.Random, minute: int) -> int:
    """Half a day quiet, half a day eight times as busy."""
    return draws.randint(1, 6) * (8 if minute // 720 % 2 else 1)


@pytest.mark.parametrize("kind", [_steady, _bursty, _by_day])
def test_ordinary_weeks_ring_no_alarm_more_often_than_stated(
    kind: Callable[[random.Random, int], int],
) -> None:
    draws, alarms, observations = random.Random(5), 0, 0
    for _ in range(8):
        evidence = Evidence()
        for hit in hits_of([kind(draws, minute) for minute in range(5 * DAY)]):
            observations += 1
            evidence = seen(evidence, is_hit=hit, share=0.05)
            if rings(evidence, 1e-3):
                alarms, evidence = alarms + 1, Evidence()
    assert alarms <= observations * 1e-3
