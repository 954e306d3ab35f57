"""Masking and restoring take time in step with the text, whatever somebody wrote to make them slow."""

import gc
import time
from collections.abc import Callable

import pytest

from aboveboard.privacy import PersonalData
from aboveboard.privacy.masking import Masking, RestoringStream
from aboveboard.privacy.operators import Encrypt, Key, Kind, Policy

KEY = Key(bytes(range(32)))
HOSTILE = [
    "<",
    "<A",
    "<A_",
    "<A_1 ",
    "&lt;",
    "\\u003c",
    "<EMAIL_1>",
    "<" + "A" * 24 + ("_" + "A" * 16) * 3,
    "<A=" + "x" * 1500,
    "<A~" + "a" * 16,
    "<LITERAL=dAAAAAAAAAAAAAAAAAAAAAAAAAAAA>",
]


def seconds(work: Callable[[], object]) -> float:
    """Processor time, without collections of garbage: those grow with what other tests have left."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        gc.enable()


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("by", ["table", "key"])
def test_lookalikes_cost_in_step(piece: str, by: str) -> None:
    policy = Policy() if by == "table" else Policy(kinds=dict.fromkeys(Kind, Encrypt()))

    def work(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        masking = Masking(policy, KEY, find_in=lambda _: [])
        return seconds(lambda: masking.restore(masking.mask(text).text))

    work(1000)
    small, large = work(20_000), work(160_000)
    assert large < 30 * max(small, 0.005)


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE)
def test_a_stream_in_single_characters_costs_in_step(piece: str) -> None:
    def work(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        stream = RestoringStream({"<EMAIL_1>": "a@b.org"}, key=KEY)
        return seconds(lambda: [stream.feed(sign) for sign in text])

    work(100)
    small, large = work(2_000), work(16_000)
    assert large < 30 * max(small, 0.01)


def test_many_findings_cost_in_step() -> None:
    def work(count: int) -> float:
        spans = [PersonalData(3 * place, 3 * place + 2, "person") for place in range(count)]
        return seconds(lambda: Masking().mask_spans("ab " * count, spans))

    work(100)
    assert work(40_000) < 30 * max(work(5_000), 0.005)
