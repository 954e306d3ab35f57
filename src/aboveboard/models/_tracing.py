"""The trace that a call belongs to: set by whoever asks, sent by whoever goes over HTTP."""

from contextvars import ContextVar

trace_headers: ContextVar[tuple[tuple[str, str], ...]] = ContextVar("trace_headers", default=())
"""`traceparent` and perhaps `tracestate` (W3C Trace Context) for the endpoints that are asked from here."""
