"""Awaiting with something to do first, but only if there is really a wait."""

from asyncio import CancelledError
from collections.abc import Awaitable, Callable, Generator
from types import coroutine
from typing import Any, TypeVar

from aboveboard.gateway.http import resumed

T = TypeVar("T")


@coroutine
def or_first(
    awaitable: Awaitable[T], before_waiting: Callable[[], Awaitable[None]]
) -> Generator[Any, Any, T]:
    """The awaitable's result. If it has to be waited for, awaits `before_waiting()` first, once.

    A model's pieces often come several to a network read. What has arrived can so be checked and sent
    together, and yet nothing ever waits for more: when the wait begins, everything is on its way.
    """
    steps = awaitable.__await__()
    try:
        pending = next(steps)
    except StopIteration as done:
        result: T = done.value
        return result
    try:
        yield from before_waiting().__await__()
    except BaseException:
        yield from _stopped(steps)
        raise
    return (yield from resumed(steps, pending))


def _stopped(steps: Generator[Any, Any, Any]) -> Generator[Any, Any, None]:
    """Cancels what will not be waited for any more, and waits until it has cleaned up."""
    try:
        pending = steps.throw(CancelledError())
        while True:
            yield pending
            pending = next(steps)
    except (StopIteration, StopAsyncIteration, CancelledError):
        return
