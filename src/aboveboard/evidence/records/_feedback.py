"""What somebody tells about an answer or about the system, without asking for a right."""

from dataclasses import dataclass
from typing import ClassVar

from aboveboard.evidence.records._record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback(Record):
    """Feedback on a topic, about the answer of a decision or none. The words are an attachment, no field."""

    kind: ClassVar[str] = "feedback"

    case: str
    topic: str
    decision: str = ""
