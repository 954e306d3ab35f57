"""The headers that say what was done with a request."""

import re
from collections.abc import Iterable
from functools import lru_cache

from aboveboard.charter import Charter
from aboveboard.evidence.records import Decision
from aboveboard.gateway.http import Header
from aboveboard.gateway.routing import Orders
from aboveboard.values import Basis

_NAME = re.compile("[a-z][a-z0-9-]{0,40}")


def opening_headers(receipt: str, charter: Charter, orders: Orders) -> list[Header]:
    """What is known before the model speaks; sent first, streamed or not."""
    headers = [header("charter", charter.digest)]
    if charter.disclosure.provenance != "none":
        headers.append(header("receipt", receipt))
    if orders.broken:
        headers.append(header("promises", f"broken={','.join(orders.broken)}"))
    return headers


def model_headers(name: str, attempts: int) -> list[Header]:
    """Who answers, by the id that clients know, and how many were asked for it."""
    return [header("model", name), attempts_header(attempts)]


def attempts_header(attempts: int) -> Header:
    """How many times a model was asked."""
    return header("attempts", str(attempts))


def closing_headers(decision: Decision, dropped: Iterable[str] = ()) -> list[Header]:
    """What is known once the decision is recorded. On a stream these are comments before `[DONE]`."""
    headers = [header("decision", decision.outcome), header("overhead-ms", f"{decision.overhead_ms:.2f}")]
    if decision.footprint and decision.footprint.basis is not Basis.UNMEASURED:
        energy = f"{decision.footprint.energy_wh:.3g};{decision.footprint.basis.value}"
        headers.append(header("energy-wh", energy))
    failed = ",".join(f"{outcome.guard}={outcome.error}" for outcome in decision.guards if outcome.error)
    if failed:
        headers.append(header("guard-errors", failed))
    lost = ",".join(sorted(dropped))
    if lost:
        headers.append(header("dropped", lost))
    return headers


def header(name: str, text: str) -> Header:
    """One of our headers, whatever a plug-in gave it for a name or value."""
    return _full_name(name), _printable(text).encode("ascii")


@lru_cache(maxsize=256)
def _full_name(name: str) -> bytes:
    return b"x-aboveboard-" + (name if _NAME.fullmatch(name) else "notice").encode("ascii")


def _printable(text: str) -> str:
    """Printable ASCII: nothing that could start a line of its own."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(character if " " <= character <= "~" else "?" for character in text)
