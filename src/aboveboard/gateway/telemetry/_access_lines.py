"""A line in the log for each request: what it cost and what became of it, never what was said or by whom."""

import logging
from typing import Any

from aboveboard.gateway.telemetry._observation import Answered, Observation, Refused

_log = logging.getLogger("aboveboard.access")


def log_access(observation: Observation) -> None:
    """Logs one request. End users, keys' secrets, addresses and texts have no place in an observation."""
    fields = _answered(observation) if isinstance(observation, Answered) else _refused(observation)
    _log.info("request", extra={"fields": fields})


def _answered(seen: Answered) -> dict[str, Any]:
    decision = seen.decision
    fields = {
        "endpoint": decision.endpoint,
        "receipt": decision.id,
        "outcome": decision.outcome,
        "error": decision.error,
        "charter": decision.charter_digest,
        "model": decision.model,
        "key": decision.key,
        "tenant": decision.tenant,
        "streamed": decision.streamed,
        "prompt_tokens": decision.prompt_tokens,
        "completion_tokens": decision.completion_tokens,
        "milliseconds": decision.latency_ms,
        "overhead_ms": decision.overhead_ms,
        "first_text_ms": round(1000 * seen.first_text, 3),
        "trace": seen.trace.trace_id if seen.trace else "",
    }
    return {name: value for name, value in fields.items() if value != ""}


def _refused(seen: Refused) -> dict[str, Any]:
    return {"endpoint": seen.endpoint, "status": seen.status, "error": seen.code}
