"""The time that a guard has worked, told without asking the CPU clock each time."""

import time
from collections.abc import Iterator

import pytest

from aboveboard.guards import _stopwatch
from aboveboard.guards._stopwatch import begin, worked_since


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """Each time the CPU clock was asked for."""
    times: list[float] = []

    def thread_time() -> float:
        times.append(time.thread_time())
        return times[-1]

    monkeypatch.setattr(_stopwatch, "thread_time", thread_time)
    yield times


def work(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_work_is_counted_and_waiting_is_not() -> None:
    began = begin()
    work(0.01)
    time.sleep(0.05)
    assert 0.01 <= worked_since(began) < 0.02


def test_work_of_before_adds_a_millisecond_at_most() -> None:
    begin()
    work(0.0008)
    began = begin()
    time.sleep(0.01)
    assert worked_since(began) <= 0.0025


def test_many_short_calls_ask_the_clock_now_and_then(asked: list[float]) -> None:
    start = time.perf_counter()
    for _ in range(2000):
        worked_since(begin())
    milliseconds = (time.perf_counter() - start) * 1000
    assert len(asked) <= 2 * milliseconds + 2
