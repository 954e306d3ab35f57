"""How a decision gets on record: under an id that was fixed before, so that the first is the only one."""

from collections.abc import Mapping
from typing import Protocol, TypeVar

from aboveboard.evidence.records import Record

R = TypeVar("R", bound=Record)


class RecordOnce(Protocol):
    """Records something with its attachments and waits until that is durable.

    Returns what is on record under its id: the same, or what somebody else recorded first.
    """

    def __call__(self, record: R, attachments: Mapping[str, bytes], /) -> R: ...
