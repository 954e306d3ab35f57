"""Taking up the caller's trace, and passing it on to the model."""

from aboveboard.gateway.http import HttpRequest
from aboveboard.gateway.telemetry._trace import Trace, read_trace
from aboveboard.gateway.telemetry._vitals import Vitals
from aboveboard.models import trace_headers


def follow_trace(request: HttpRequest, vitals: Vitals, model: str) -> Trace | None:
    """The trace of a request, if the caller sent one or this gateway makes its own. Endpoints that are asked
    on behalf of it, by this task, are told of it.
    """
    given = request.header(b"traceparent")
    if not given and vitals.tracing is None:
        return None
    trace = read_trace(given, request.header(b"tracestate"))
    if vitals.tracing is not None:
        trace = vitals.tracing.begin(trace, model)
    trace_headers.set(trace.passed_on if trace else ())
    return trace
