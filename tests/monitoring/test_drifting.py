"""Figures of the answers that move away from their baseline."""

import json
from random import Random

import pytest

from aboveboard.evidence.records import GuardOutcome
from aboveboard.monitoring import Watch, watches_of
from aboveboard.monitoring._seen import seen
from samples.live import MODEL, charter, decision


def drift(rule: str) -> Watch:
    return watches_of(charter("[]", f"{{drift: [{rule}]}}"), MODEL).watches[0]


def lengths(taking: Watch, middle: float, count: int, seed: int = 1) -> None:
    draw = Random(seed)
    for _ in range(count):
        record = decision(completion_tokens=max(1, round(draw.gauss(middle, 10))))
        taking.take(record, seen(record, None))


def test_a_baseline_is_learnt_and_the_alarm_says_so() -> None:
    found = drift("{quantity: length, learn: 200, run_length: 1000}")
    lengths(found, 100, 150)
    assert "50 more to learn" in found.stream.figure().baseline
    lengths(found, 100, 650, 2)
    assert found.alarm is None
    lengths(found, 130, 200, 3)
    assert found.alarm is not None
    assert found.alarm.promise == ""
    assert found.alarm.measure == "length"
    assert found.alarm.baseline.startswith("learnt from 200 answers, the last 01")
    assert "a median of" in found.alarm.baseline
    assert "risen" in found.alarm.groups
    assert found.alarm.at == 1000.0


def test_a_declared_baseline_needs_no_learning() -> None:
    found = drift("{quantity: length, baseline: 100, run_length: 1000}")
    lengths(found, 60, 200)
    assert found.alarm is not None
    assert found.alarm.baseline == "declared: a median of 100 tokens"
    assert "fallen" in found.alarm.groups


def test_shares_are_watched_as_they_are() -> None:
    found = drift("{quantity: blocked, baseline: 0.02, run_length: 1000}")
    for number in range(1000):
        record = decision(outcome="block" if number % 50 == 0 else "allow")
        found.take(record, seen(record, None))
    assert found.alarm is None
    for number in range(200):
        record = decision(outcome="block" if number % 4 == 0 else "allow")
        found.take(record, seen(record, None))
    assert found.alarm is not None


def test_toxicity_is_watched_where_a_guard_looks_for_it() -> None:
    found = drift("{quantity: toxicity, baseline: 0.01, run_length: 1000}")
    for _ in range(50):
        found.take(decision(), seen(decision(), None))
    assert found.stream.figure().n == 0
    guard = GuardOutcome(guard="toxicity", mode="output", action="annotate", counts={"insult": 1})
    for _ in range(50):
        record = decision(guards=(guard,))
        found.take(record, seen(record, None))
    assert found.alarm is not None


@pytest.mark.parametrize("learn", [50, 400])
def test_it_goes_on_from_its_state_while_learning_and_after(learn: int) -> None:
    rule = f"{{quantity: length, learn: {learn}}}"
    straight, begun, resumed = drift(rule), drift(rule), drift(rule)
    for each in (straight, begun):
        for number in range(100):
            record = decision(id=f"01ARZ3NDEKTSV4RRFFQ69G{number:04d}", completion_tokens=1 + number % 7)
            each.take(record, seen(record, None))
    resumed.resume(json.loads(json.dumps(begun.state())))
    for each in (straight, resumed):
        lengths(each, 50, 400)
    assert resumed.stream.figure().value == straight.stream.figure().value
    assert resumed.stream.figure().evidence == straight.stream.figure().evidence
