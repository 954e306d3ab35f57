"""A wrong value about a person was corrected: intent before, outcome after."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from aboveboard.evidence.records._record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectification(Record):
    """The correction of a record's content (GDPR Art. 16); what is right is the attachment `correction`.

    `corrected` is the record, `part` the attachment of it that was wrong, empty for the record itself. The
    old payload is destroyed, or with `keeps_old` stays sealed beside the correction. `notify` lists what was
    made from the wrong value and has to be told or made again (Art. 19).
    """

    kind: ClassVar[str] = "rectification"

    stage: Literal["intent", "outcome"]
    corrected: str
    part: str = ""
    keeps_old: bool = False
    reason: str = ""
    case: str = ""
    destroyed: int = 0
    notify: tuple[str, ...] = ()
