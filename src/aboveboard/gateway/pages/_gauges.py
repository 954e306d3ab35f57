"""What is asked for when Prometheus reads the page."""

from collections.abc import Iterator

from aboveboard.gateway._services import GatewayServices
from aboveboard.gateway.telemetry import Gauge
from aboveboard.models import CircuitState

_STATES = {CircuitState.CLOSED: 0, CircuitState.HALF_OPEN: 1, CircuitState.OPEN: 2}


def gauges(services: GatewayServices) -> Iterator[Gauge]:
    """The state of a gateway at this moment; may read the database."""
    vitals, charter = services.vitals, services.charter.digest
    yield Gauge(
        "aboveboard_build_info",
        "1, with the version and the digest of the charter in force.",
        lambda: {(services.version, charter): 1},
        ("version", "charter"),
    )
    if services.ledger_size:
        yield Gauge("aboveboard_ledger_size", "Entries in the ledger.", services.ledger_size)
    yield Gauge("aboveboard_requests_running", "Requests to models on their way.", lambda: vitals.cpu.active)
    yield Gauge("aboveboard_draining", "1 while this process is about to end.", lambda: vitals.is_draining)
    yield Gauge(
        "aboveboard_charter_refused",
        "1 while the newest charter is not the one in force, because it is wrong.",
        lambda: bool(vitals.refused),
    )
    yield Gauge(
        "aboveboard_circuit_state",
        "Whether a model is asked: 0 closed (it is), 1 half-open (one call tries), 2 open (it is not).",
        lambda: {(model,): _STATES[state] for model, state in services.circuits.states().items()},
        ("model",),
    )
    yield from services.gauges
