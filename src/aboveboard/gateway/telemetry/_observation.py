"""What may be told of a request that is over."""

from dataclasses import dataclass

from aboveboard.evidence.records import Decision
from aboveboard.gateway.telemetry._trace import Trace


@dataclass(frozen=True, slots=True)
class Answered:
    """A request with a record. Moments are in seconds since it came, in the order in which they pass.

    `checked`: the input guards are done; `waited`: how long the model was waited for after that;
    `first_text`: when the first streamed text went out (0: none did); `decided`: all guards are done;
    `recorded`: the record is durable. `ended` is that last moment in nanoseconds since 1970.
    """

    decision: Decision
    checked: float
    waited: float
    first_text: float
    decided: float
    recorded: float
    ended: int
    trace: Trace | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A request that was not worth a record: `endpoint` is one of ours or `other`, `code` says why."""

    endpoint: str
    status: int
    code: str
    ended: int


Observation = Answered | Refused
