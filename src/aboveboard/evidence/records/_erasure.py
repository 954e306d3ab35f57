"""A person was forgotten: intent before, outcome after."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from aboveboard.evidence.records._record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure(Record):
    """The erasure of one data subject, named by a one-way digest of the pseudonym.

    `erased` counts the payloads destroyed (in an intent: those that were there); `purged` lists what was made
    from the person's data and is rid of it, `remaining` what still has to happen elsewhere (retrain by…).
    `case` is the request that asked for it.
    """

    kind: ClassVar[str] = "erasure"

    stage: Literal["intent", "outcome"]
    erased_subject: str
    reason: str
    erased: int = 0
    remaining: tuple[str, ...] = ()
    purged: tuple[str, ...] = ()
    case: str = ""
