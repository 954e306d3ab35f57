"""Going on with an awaitable that somebody has already begun."""

from collections.abc import Generator
from types import coroutine
from typing import Any, TypeVar

T = TypeVar("T")


@coroutine
def resumed(steps: Generator[Any, Any, T], pending: Any) -> Generator[Any, Any, T]:
    """The result of what has come as far as its first wait, which is for `pending`."""
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
