"""What is asked for when Prometheus reads the page."""

from collections.abc import Iterator

from aboveboard.gateway._metrics import Gauge
from aboveboard.gateway._services import GatewayServices


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
    yield Gauge("aboveboard_draining", "1 while this process is about to end.", lambda: vitals.is_draining)
    yield Gauge(
        "aboveboard_charter_refused",
        "1 while the newest charter is not the one in force, because it is wrong.",
        lambda: bool(vitals.refused),
    )
    yield from services.gauges
