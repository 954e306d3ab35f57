"""A worker as the pool sees it: what it was given, and what it is asked."""

import asyncio
from dataclasses import dataclass
from typing import Any

from aboveboard.evals.cluster._chunks import Chunk
from aboveboard.evals.cluster._worker import bare


@dataclass(slots=True, eq=False)
class PooledWorker:
    """An actor of Ray's. `pending` is its next answer; `machine` is known once the model is open."""

    actor: Any
    pending: "asyncio.Future[Any]"
    machine: str = ""
    chunk: Chunk | None = None

    @property
    def is_idle(self) -> bool:
        return bool(self.machine) and self.chunk is None

    @property
    def place(self) -> str:
        """Where it is, as errors say it."""
        return f"machine {self.machine}" if self.machine else "a machine that was opening the model"

    def begin(self, chunk: Chunk) -> None:
        self.chunk = chunk
        self.ask([bare(call) for call in chunk.calls.values()])

    def ask(self, calls: list[Any]) -> None:
        self.pending = future_of(self.actor.take.remote(calls))


def future_of(reference: Any) -> "asyncio.Future[Any]":
    """A reference of Ray's as a future of this loop. It is never cancelled: Ray does not expect that."""
    future = asyncio.wrap_future(reference.future())
    future.add_done_callback(lambda each: each.cancelled() or each.exception())  # nobody may be there to ask
    return future
