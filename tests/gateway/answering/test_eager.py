"""What has arrived goes out before a wait, and only then."""

import asyncio
from typing import Any

import pytest

from aboveboard.gateway.answering._eager import or_first


class Flushes:
    """Counts how often it was awaited."""

    def __init__(self) -> None:
        self.count = 0

    async def __call__(self) -> None:
        await asyncio.sleep(0)
        self.count += 1


async def ready() -> str:
    return "here"


async def late(seconds: float = 0.01) -> str:
    await asyncio.sleep(seconds)
    await asyncio.sleep(0)
    return "here"


async def test_what_is_ready_is_taken_without_a_flush() -> None:
    flush = Flushes()
    assert await or_first(ready(), flush) == "here"
    assert flush.count == 0


async def test_a_wait_is_preceded_by_one_flush() -> None:
    flush = Flushes()
    assert await or_first(late(), flush) == "here"
    assert flush.count == 1


async def test_what_becomes_ready_during_the_flush_is_taken() -> None:
    async def slow_flush() -> None:
        await asyncio.sleep(0.05)

    assert await or_first(late(0.001), slow_flush) == "here"


async def test_the_end_of_an_iterator_passes_through() -> None:
    async def empty() -> Any:
        return
        yield

    with pytest.raises(StopAsyncIteration):
        await or_first(anext(empty()), Flushes())


async def test_an_error_passes_through() -> None:
    async def failing() -> str:
        await asyncio.sleep(0)
        raise ValueError("late")

    with pytest.raises(ValueError, match="late"):
        await or_first(failing(), Flushes())


async def test_a_cancelled_wait_cancels_what_is_waited_for() -> None:
    seen: list[str] = []

    async def long() -> str:
        try:
            await asyncio.sleep(30)
        finally:
            await asyncio.sleep(0)
            seen.append("cleaned up")
        return ""

    async def waiting() -> str:
        return await or_first(long(), Flushes())

    task = asyncio.create_task(waiting())
    await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert seen == ["cleaned up"]


async def test_a_flush_that_fails_stops_what_was_asked_for() -> None:
    seen: list[str] = []

    async def pieces() -> Any:
        try:
            await asyncio.sleep(30)
            yield "never"
        finally:
            await asyncio.sleep(0)
            seen.append("cleaned up")

    async def failing() -> None:
        raise ValueError("blocked")

    iterator = pieces()
    with pytest.raises(ValueError, match="blocked"):
        await or_first(anext(iterator), failing)
    await iterator.aclose()
    assert seen == ["cleaned up"]
