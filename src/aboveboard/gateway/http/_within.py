"""A time limit that costs nothing where there is no wait."""

import asyncio
from collections.abc import Coroutine, Generator
from types import coroutine
from typing import Any, TypeVar

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
        return await _resumed(steps, pending)


@coroutine
def _resumed(steps: Generator[Any, Any, T], pending: Any) -> Generator[Any, Any, T]:
    """The rest of what has come as far as its first wait."""
    try:
        while True:
            try:
                yield pending
            except BaseException as error:  # noqa: BLE001 - handed on to what was interrupted
                pending = steps.throw(error)
            else:
                pending = next(steps)
    except StopIteration as done:
        result: T = done.value
        return result
