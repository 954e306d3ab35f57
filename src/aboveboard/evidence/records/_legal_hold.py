"""A reason why a person's data may not be destroyed yet."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from aboveboard.evidence.records._record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalHold(Record):
    """A hold, placed until a moment (RFC 3339) or released before it; `links` of a release names its hold.

    GDPR Art. 17(3): erasure does not apply as far as processing is needed for a legal obligation, or for
    legal claims.
    """

    kind: ClassVar[str] = "legal-hold"

    stage: Literal["placed", "released"]
    reason: str
    until: str = ""
