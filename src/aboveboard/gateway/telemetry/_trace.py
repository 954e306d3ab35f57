"""The trace that a request belongs to (W3C Trace Context, Recommendation of 23 November 2021)."""

import re
from dataclasses import dataclass
from typing import Protocol

_TRACEPARENT = re.compile(r"(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")
_LONGEST_STATE = 512
_SAMPLED = 1


@dataclass(frozen=True, slots=True)
class Trace:
    """Ids in lower-case hexadecimal: of the trace, of the caller's span, and of ours where one is made.

    `model_span` is the span of the call to the model, for its endpoint to build on.
    """

    trace_id: str
    parent: str = ""
    is_sampled: bool = False
    state: str = ""
    span: str = ""
    model_span: str = ""

    @property
    def passed_on(self) -> tuple[tuple[str, str], ...]:
        """The headers for whoever is asked next."""
        flags = "01" if self.is_sampled else "00"
        parent = f"00-{self.trace_id}-{self.model_span or self.parent}-{flags}"
        return (("traceparent", parent), *((("tracestate", self.state),) if self.state else ()))


class Tracing(Protocol):
    """Decides whether a request is traced, and gives it ids of its own."""

    def begin(self, incoming: Trace | None, model: str) -> Trace: ...


def read_trace(traceparent: str, tracestate: str) -> Trace | None:
    """The caller's trace; None where there is none, or one that breaks the specification."""
    found = _TRACEPARENT.fullmatch(traceparent)
    if not found or (found[1] == "00" and found[5]) or not (int(found[2], 16) and int(found[3], 16)):
        return None
    fits = len(tracestate) <= _LONGEST_STATE and tracestate.isascii() and tracestate.isprintable()
    is_sampled = bool(int(found[4], 16) & _SAMPLED)
    return Trace(found[2], found[3], is_sampled, tracestate if fits else "")
