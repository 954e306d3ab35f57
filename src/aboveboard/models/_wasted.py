"""What endpoints have counted for answers that nobody can use: it may be billed all the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from aboveboard.models._model import Usage

_counts: ContextVar[list[Usage] | None] = ContextVar("wasted", default=None)


@contextmanager
def counting_waste() -> Iterator[list[Usage]]:
    """A list to which every useless answer is added from here on, a model's own retries included."""
    found: list[Usage] = []
    token = _counts.set(found)
    try:
        yield found
    finally:
        _counts.reset(token)


def note_waste(usage: Usage | None) -> None:
    """Counts an answer that is of no use, if its endpoint said what it took, and somebody counts."""
    counts = _counts.get()
    if usage is not None and counts is not None:
        counts.append(usage)
