"""What others may watch of each request: drawn from its record, off the path of the answer, no content."""

from aboveboard.gateway.telemetry._access_lines import log_access
from aboveboard.gateway.telemetry._faults import log_fault
from aboveboard.gateway.telemetry._metrics import CONTENT_TYPE, Counter, Gauge, Metrics
from aboveboard.gateway.telemetry._observation import Answered, Observation, Refused
from aboveboard.gateway.telemetry._observers import Observer, Observers
from aboveboard.gateway.telemetry._trace import Trace, Tracing, read_trace
from aboveboard.gateway.telemetry._tracing import follow_trace
from aboveboard.gateway.telemetry._vitals import Vitals

__all__ = [
    "CONTENT_TYPE",
    "Answered",
    "Counter",
    "Gauge",
    "Metrics",
    "Observation",
    "Observer",
    "Observers",
    "Refused",
    "Trace",
    "Tracing",
    "Vitals",
    "follow_trace",
    "log_access",
    "log_fault",
    "read_trace",
]
