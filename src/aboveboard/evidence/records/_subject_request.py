"""A person asked for a right of theirs."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from aboveboard.evidence.records._record import Record

RIGHTS = {
    "access": "15",
    "rectification": "16",
    "erasure": "17",
    "restriction": "18",
    "portability": "20",
    "objection": "21",
}
"""The rights a person may ask for, and the articles of the GDPR they come from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRequest(Record):
    """A request was received, or the time to answer it was extended (GDPR Art. 12(3)), with the reason.

    `case` is what it waits as, `due` when it must be answered (RFC 3339).
    """

    kind: ClassVar[str] = "subject-request"

    stage: Literal["received", "extended"]
    right: str
    case: str
    due: str
    reason: str = ""
