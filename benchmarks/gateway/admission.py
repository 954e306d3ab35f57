"""What the door costs a request, in CPU time: verify, estimate, reserve, headers, settle. No model or socket.

Run: python benchmarks/gateway/admission.py
"""

import asyncio
import json
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from aboveboard.access import Access, KeyOrder, parse_limit
from aboveboard.charter import Known, parse_charter
from aboveboard.footprint import footprint_of, grid_factor
from aboveboard.gateway._services import GatewayServices
from aboveboard.gateway.accounting._account import Account
from aboveboard.gateway.admission._admitting import Admission
from aboveboard.gateway.dialects import CHAT
from aboveboard.gateway.http._asgi import HttpRequest, Limits
from aboveboard.models import Usage
from aboveboard.values import SystemClock

CHARTER = """
charter: 1
system: {name: x, purpose: y., context: general}
roles: {accountable: {title: t, contact: c@example.org}}
models: [{id: m, provider: fake, price: {input: 0.5, output: 1.5, currency: EUR}}]
defaults: {promises: false, guards: false}
access: {keys: required}
"""
BODY = {"model": "m", "max_tokens": 200, "messages": [{"role": "user", "content": "What is it? " * 20}]}
LIMITS = ("requests/minute=100000000", "tokens/minute=100000000000")
ROUNDS, REQUESTS = 7, 5000


@dataclass
class Place:
    """A door, a key and a request."""

    access: Access
    admission: Admission
    request: HttpRequest
    usage: Usage = field(default_factory=lambda: Usage(60, 40))

    async def pass_through(self) -> None:
        caller = await self.admission.enter(self.request, "answer")
        self.admission.check_model(caller, "m")
        admitted = await self.admission.admit(caller, CALL, DATA, CHAT)
        account = SimpleNamespace(
            usage=self.usage,
            energy_wh=1e-6,
            is_sealed=True,
            model=MODEL,
            error="",
            reused="",
            key="",
            tenant="",
        )
        admitted.sign(cast(Account, account))
        self.admission.settle(admitted, cast(Account, account))


DATA = json.dumps(BODY).encode()
CALL = CHAT.read(dict(BODY), Limits())
MODEL = SimpleNamespace()


def place(folder: Path) -> Place:
    access = Access.open(folder / "access.db").start()
    tenant, act = access.register.draft_tenant("t", "role:admin")
    access.keep(act)
    access.keep(access.register.draft_limits(tenant, [parse_limit("money/month=1000000")], "role:admin"))
    order = KeyOrder("k", limits=[parse_limit(each) for each in LIMITS])
    issued = access.register.draft_key(tenant, order, "role:admin")
    access.keep(issued.act)
    access.keyring.refresh()
    grid = grid_factor("auto")

    def footprint(*, cpu_seconds: float, seconds: float, tokens: int) -> Any:
        return footprint_of(cpu_seconds, seconds, tokens, grid)

    known = Known(measures=frozenset(), guards=frozenset(), providers=frozenset({"fake"}))
    services = SimpleNamespace(
        charter=parse_charter(CHARTER, known),
        access=access,
        models={"m": MODEL},
        footprint=footprint,
        clock=SystemClock(),
    )
    headers = [(b"host", b"x"), (b"authorization", f"Bearer {issued.text}".encode())]
    request = HttpRequest(
        {"headers": headers, "path": "/v1/chat/completions"}, cast(Any, None), cast(Any, None)
    )
    return Place(access, Admission(cast(GatewayServices, services)), request)


async def measure(door: Place) -> list[float]:
    """Microseconds of CPU a request, a figure a round."""
    await door.pass_through()
    found = []
    for _ in range(ROUNDS):
        began = time.thread_time()
        for _ in range(REQUESTS):
            await door.pass_through()
        found.append((time.thread_time() - began) / REQUESTS * 1e6)
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        door = place(Path(folder))
        with door.access:
            found = asyncio.run(measure(door))
    print(f"door: {statistics.median(found):.1f} µs CPU a request ({min(found):.1f}–{max(found):.1f})")


if __name__ == "__main__":
    main()
