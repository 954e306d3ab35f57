"""What others may watch of each request: drawn from its record, off the path of the answer, no content."""

from aboveboard.gateway.telemetry._access_lines import log_access
from aboveboard.gateway.telemetry._observation import Answered, Observation, Refused
from aboveboard.gateway.telemetry._observers import Observer, Observers
from aboveboard.gateway.telemetry._trace import Trace, Tracing, read_trace

__all__ = [
    "Answered",
    "Observation",
    "Observer",
    "Observers",
    "Refused",
    "Trace",
    "Tracing",
    "log_access",
    "read_trace",
]
