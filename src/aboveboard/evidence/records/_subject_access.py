"""A person's data were handed out: intent before, outcome after."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from aboveboard.evidence.records._record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectAccess(Record):
    """What was drawn for a person: a `report` to read (GDPR Art. 15), or an `export` for machines (Art. 20).

    `files` gives the SHA-256 of each file, `place` where they were written, `records` how many records they
    hold.
    """

    kind: ClassVar[str] = "subject-access"

    stage: Literal["intent", "outcome"]
    form: Literal["report", "export"]
    case: str
    place: str = ""
    records: int = 0
    files: Mapping[str, str] = field(default_factory=dict)
