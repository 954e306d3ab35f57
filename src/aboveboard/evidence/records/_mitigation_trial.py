"""Something was tried so that a promise is kept."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from aboveboard.evidence.records._record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedCandidate:
    """One thing tried, by the digest of all that it is. What was found stays empty in an intent.

    `difference` is of the promise's figure on the items tried on, `p_adjusted` the chance of seeing as much
    if it did not help, by Holm over all candidates; `p_kept_back` that on the items kept back, where it came
    so far, and `p_over_tries` the same by Holm over all tests made on those items. In all of them the answers
    that only the candidate lost are at their worst for it; `answers_lost` counts them, on the items where it
    came farthest. `harms` are the promises that it makes worse.
    """

    name: str
    method: str
    digest: str
    difference: float | None = None
    p_adjusted: float | None = None
    p_kept_back: float | None = None
    p_over_tries: float | None = None
    answers_lost: int = 0
    harms: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MitigationTrial(Record):
    """What is to be tried for a promise and which items are kept back, before; and what came of it, after.

    `kept_back` is the digest of the ids of the items kept back. `clusters_tried_on` and `clusters_kept_back`
    are short digests of the names of the clusters, by which a later trial knows what has been seen; `seen_by`
    is how many earlier trials' candidates answered some of those kept back. An intent without an outcome was
    stopped; one that a pre-registration links to had begun to ask the items kept back.
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
    clusters_tried_on: tuple[str, ...] = ()
    clusters_kept_back: tuple[str, ...] = ()
    seen_by: int = 0
    verdict: str = ""
    chosen: str = ""
