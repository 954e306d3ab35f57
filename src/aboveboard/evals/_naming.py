"""Names in a sentence, when there may be many."""

from collections.abc import Sequence

_NAMED = 3


def some_of(names: Sequence[str]) -> str:
    """The first three, and how many more there are: `a, b, c and 4 more`."""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
