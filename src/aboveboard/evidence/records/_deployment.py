"""A gateway began or ceased to serve."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from aboveboard.evidence.records._record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment(Record):
    """What was put into service: charter, models, guards.

    `previous` is the digest of the charter that it takes over from while the gateway runs (empty: it began),
    `weaker` what the one before promised and this one does not. Each intent has one outcome, `stopped` or
    `replaced`, unless the process was killed.
    """

    kind: ClassVar[str] = "deployment"

    stage: Literal["intent", "outcome"]
    charter_digest: str
    models: tuple[str, ...]
    guards: tuple[str, ...]
    version: str
    result: str = ""
    previous: str = ""
    weaker: tuple[str, ...] = ()
