"""A live promise that its evidence says is broken, or a figure that has drifted; and the lifting of it."""

from dataclasses import dataclass
from typing import ClassVar

from aboveboard.evidence.records._record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm(Record):
    """`raised` by the monitor from what it saw in the record; `lifted` by a person, with a `reason`.

    `promise` is the id of a charter's promise, with its terms as they stood (`measure`, `must`, `over`,
    `confidence`); empty for a drift, whose `measure` is the quantity that has moved away from `baseline`.
    `value` in [`low`, `high`] is what was seen in `n` observations of the `groups` (`by`) that stand worst;
    the range holds at any time at `confidence`. `evidence` is the wealth of a gambler who bet against the
    promise (for a drift, the sum of several), `at` the wealth at which the alarm rings. The first of `links`
    is the record that tipped it, or, when lifted, the alarm itself.
    """

    kind: ClassVar[str] = "alarm"

    stage: str
    measure: str
    model: str
    model_digest: str
    charter_digest: str
    promise: str = ""
    must: str = ""
    over: tuple[str, ...] = ()
    confidence: float = 0.95
    by: str = ""
    groups: str = ""
    value: float = 0.0
    low: float = 0.0
    high: float = 0.0
    n: int = 0
    evidence: float = 0.0
    at: float = 0.0
    baseline: str = ""
    method: str = ""
    reason: str = ""
