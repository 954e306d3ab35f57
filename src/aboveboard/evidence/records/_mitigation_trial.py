"""Something was tried so that a promise is kept."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from aboveboard.evidence.records._record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedCandidate:
    """One thing tried, by the digest of all that it is. What was found stays empty in an intent.

    `difference` is of the promise's figure on the items tried on, `p_adjusted` the chance of seeing as much
    if it did not help, by Holm over all candidates; `p_kept_back` that on the items kept back, where it came
    so far; `harms` the promises that it makes worse.
    """

    name: str
    method: str
    digest: str
    difference: float | None = None
    p_adjusted: float | None = None
    p_kept_back: float | None = None
    harms: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MitigationTrial(Record):
    """What is to be tried for a promise and which items are kept back, before; and what came of it, after.

    `kept_back` is the digest of the ids of the items kept back. An intent without an outcome was stopped.
    """

    kind: ClassVar[str] = "mitigation-trial"

    stage: Literal["intent", "outcome"]
    promise: str
    measure: str
    charter_digest: str
    model: str
    kept_back: str
    seed: int
    confidence: float
    margin: float
    candidates: tuple[TriedCandidate, ...]
    verdict: str = ""
    chosen: str = ""
