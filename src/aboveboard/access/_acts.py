"""What an administrator does: drafted first, recorded by the caller, then kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aboveboard.evidence.records import AccessChange

Write = tuple[str, Sequence[Any]]
"""A statement and its values."""


@dataclass(frozen=True, slots=True)
class Act:
    """A change that is not made yet: `change` goes to the recorder, then the act to `Access.keep`.

    Cut off in between, there is a record of something that never came to be; never the reverse. The first
    write must change a row, else somebody was quicker.
    """

    change: AccessChange
    writes: Sequence[Write]
