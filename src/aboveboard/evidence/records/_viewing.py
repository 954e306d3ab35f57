"""Somebody looked at a person's words with nothing masked."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from aboveboard.evidence.records._record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewing(Record):
    """What was shown in full to whom (`actor`), for which case: a held `answer`, or what a person wrote in
    their own `words`. On record before it is shown.
    """

    kind: ClassVar[str] = "viewing"

    case: str
    what: Literal["answer", "words"]
