"""A time limit that costs nothing where there is no wait."""

import asyncio
from collections.abc import Coroutine, Generator
from types import coroutine
from typing import Any, TypeVar

from aboveboard.gateway.http._resumed import resumed

T = TypeVar("T")


@coroutine
def within(seconds: float, work: Coroutine[Any, Any, T]) -> Generator[Any, Any, T]:
    """The result of `work`, which is begun at once; raises TimeoutError when it waits longer than that.

    Most bodies have come when they are asked for, and a timer costs more than reading them.
    """
    steps = work.__await__()
    try:
        pending = next(steps)
    except StopIteration as done:
        result: T = done.value
        return result
    return (yield from _limited(seconds, steps, pending).__await__())


async def _limited(seconds: float, steps: Generator[Any, Any, T], pending: Any) -> T:
    async with asyncio.timeout(seconds):
        return await resumed(steps, pending)
