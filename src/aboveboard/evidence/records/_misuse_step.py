"""Somebody went up or down the ladder that misuse leads up."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from aboveboard.evidence.records._record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class MisuseStep(Record):
    """A step on the ladder. `subject` is `key:…` (the public id) or a person: the pseudonym, with `@` and the
    tenant where there is one; the pseudonym is the `data_subject`.

    `rung` is where it leads (`off`, `watch`, `slow`, `hold`, `suspend`), `was` where it began. A step up
    names the `signal` (`volume`, `duplicates`, `blocks`), how many of how many `observations` were `hits`,
    the share that is `ordinary`, and the chance of a false alarm for each observation. `until` (RFC 3339) is
    when it ends by itself, `reason` why somebody was lifted. No word of what was said.
    """

    kind: ClassVar[str] = "misuse-step"

    step: Literal["up", "down", "lifted"]
    rung: str
    was: str
    signal: str = ""
    observations: int = 0
    hits: int = 0
    ordinary: float = 0.0
    false_alarms: float = 0.0
    until: str = ""
    reason: str = ""
