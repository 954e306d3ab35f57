"""A limit in time that costs nothing where there is no wait."""

import asyncio

import pytest

from aboveboard.gateway.http._within import within


async def at_once() -> str:
    return "here"


async def after(seconds: float, answer: str) -> str:
    await asyncio.sleep(seconds)
    await asyncio.sleep(0)
    return answer


async def test_what_need_not_wait_is_given_no_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    def timeout(_: float) -> None:
        raise AssertionError("a timer was set")

    monkeypatch.setattr(asyncio, "timeout", timeout)
    assert await within(1, at_once()) == "here"


async def test_what_waits_is_waited_for() -> None:
    assert await within(5, after(0.01, "later")) == "later"


async def test_what_waits_too_long_is_stopped() -> None:
    with pytest.raises(TimeoutError):
        await within(0.01, after(5, "never"))


async def test_a_failure_is_the_callers() -> None:
    async def fails() -> None:
        await asyncio.sleep(0)
        raise LookupError

    with pytest.raises(LookupError):
        await within(5, fails())


async def test_who_is_cancelled_while_waiting_cancels_the_work() -> None:
    ended = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.sleep(5)
        finally:
            ended.set()

    task = asyncio.create_task(within(10, work()))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended.is_set()
