"""Whether requests should be sent here, and why not."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aboveboard.gateway._services import GatewayServices
from aboveboard.gateway.routing import Orders, Standing
from aboveboard.models import CircuitState


@dataclass(frozen=True, slots=True)
class Ready:
    """What `/readyz` says. `notes` are worth knowing and no reason to stay away."""

    reasons: tuple[str, ...]
    broken: tuple[str, ...]
    notes: tuple[str, ...]
    charter: str

    @property
    def is_ready(self) -> bool:
        return not self.reasons

    @property
    def body(self) -> dict[str, Any]:
        """The JSON object; lists that are empty are left out, but for `broken`."""
        said = {"status": "ready" if self.is_ready else "not ready", "broken": self.broken}
        lists = {"reasons": self.reasons, "notes": self.notes}
        return {**said, "charter": self.charter, **{name: each for name, each in lists.items() if each}}


@dataclass(frozen=True, slots=True)
class Readiness:
    """Asks everything that can keep a gateway from serving."""

    services: GatewayServices
    standing: Standing

    async def now(self) -> Ready:
        """How it stands. A charter that was refused is a note: the one before it serves as well as ever."""
        services, orders = self.services, await self.standing.orders()
        met = [each for each in await asyncio.to_thread(self._obstacles) if each]
        return Ready(
            (*self._reasons(orders), *met),
            orders.broken,
            tuple(self._notes()),
            services.charter.digest,
        )

    def _reasons(self, orders: Orders) -> Iterator[str]:
        vitals = self.services.vitals
        if vitals.is_draining:
            yield "draining"
        if vitals.cannot_record:
            yield "answers cannot be recorded"
        if self.standing.problem:
            yield self.standing.problem
        if orders.stop:
            yield f"the charter says stop while broken: {', '.join(orders.stop)}"

    def _notes(self) -> Iterator[str]:
        """A model that fails is one: every gateway would see the same, and 503 says more than no gateway."""
        if self.services.vitals.refused:
            yield f"a newer charter was refused: {self.services.vitals.refused}"
        for model, state in self.services.circuits.states().items():
            if state is not CircuitState.CLOSED:
                yield f"the circuit of the model {model} is {state}"

    def _obstacles(self) -> list[str]:
        return [asked() for asked in self.services.obstacles]
