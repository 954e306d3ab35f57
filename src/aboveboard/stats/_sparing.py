"""Values without their intervals: for those who compute a statistic again and again with a part left out."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_FEWEST = 20
_values_only: ContextVar[bool] = ContextVar("values_only", default=False)


@contextmanager
def values_only() -> Iterator[None]:
    """Within it, resampling methods draw as little as they can: their values are right as ever, their
    intervals mean nothing and must not be shown.
    """
    token = _values_only.set(True)
    try:
        yield
    finally:
        _values_only.reset(token)


def is_sparing() -> bool:
    """Whether only values are wanted."""
    return _values_only.get()


def draws(count: int) -> int:
    """How many resamples to draw where `count` are wanted."""
    return min(count, _FEWEST) if _values_only.get() else count
