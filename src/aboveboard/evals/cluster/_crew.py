"""The workers of a batch: hired as processors and memory allow, watched, and let go."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from aboveboard.evals._errors import BatchError
from aboveboard.evals.cluster._chunks import Chunk
from aboveboard.evals.cluster._connection import INSTALL, Cluster, gist
from aboveboard.evals.cluster._worker import Opened, Recipe, Taken, Worker, bare, own_release

_DEATHS = 3
"""Workers that may die over the same chunk, or at opening the model, before that is called its fault."""

_SPARE = 1.25
"""Memory that is set aside for a worker, in terms of what the first one needed."""


@dataclass(slots=True, eq=False)
class Hand:
    """A worker as seen from here. `asked` is its next word; `machine` is known once the model is open."""

    actor: Any
    asked: "asyncio.Future[Any]"
    machine: str = ""
    chunk: Chunk | None = None

    @property
    def is_idle(self) -> bool:
        return bool(self.machine) and self.chunk is None

    def begin(self, chunk: Chunk) -> None:
        self.chunk = chunk
        self.ask([bare(call) for call in chunk.calls.values()])

    def ask(self, calls: list[Any]) -> None:
        self.asked = _word(self.actor.take.remote(calls))


@dataclass(slots=True)
class Crew:
    """Hires one worker, and more when the first has shown what memory it needs."""

    ray: ModuleType
    recipe: Recipe
    cluster: Cluster
    hands: list[Hand] = field(default_factory=list)
    most: int = 1
    memory: int = 0
    dead_at_opening: int = 0

    @property
    def expected(self) -> int:
        """How many workers there will be if memory allows."""
        return (
            self.cluster.workers or int(self.ray.cluster_resources().get("CPU", 1)) // self.cluster.processors
        )

    @property
    def busy(self) -> list[Hand]:
        return [hand for hand in self.hands if hand.chunk is not None]

    def hand_out(self, chunks: deque[Chunk], *, is_over: bool) -> bool:
        """Gives everyone something to do; whether there is anything to wait for."""
        if is_over:
            chunks.clear()
            for hand in self.busy:
                hand.actor.stop.remote()
        for hand in self.hands:
            if chunks and hand.is_idle:
                hand.begin(chunks.popleft())
        while len(self.hands) < min(self.most, len(self.busy) + len(chunks)):
            self._hire()
        return bool(self.busy or chunks)

    async def heard(self) -> list[Hand]:
        """Those that have something to say, at least one."""
        waiting = [hand.asked for hand in self.hands if not hand.is_idle]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        return [hand for hand in self.hands if not hand.is_idle and hand.asked.done()]

    def hear(self, hand: Hand, chunks: deque[Chunk]) -> Taken | None:
        """What a worker has to say of its chunk; None where it opened the model, or died."""
        error = hand.asked.exception()
        if isinstance(error, self.ray.exceptions.RayActorError):
            self._mourn(hand, chunks, error)
            return None
        if error is not None:
            raise BatchError(
                f"a worker failed: {gist(error)}",
                where=_at(hand),
                cure="finished answers are kept; the same command goes on, with or without a cluster",
            ) from error
        word: Opened | Taken = hand.asked.result()
        if isinstance(word, Taken):
            return word
        self._welcome(hand, word)
        return None

    def go_on(self, hand: Hand, told: Taken) -> None:
        """Asks for more of the chunk, or takes note that it is done; raises BatchError for what ended it."""
        if told.trouble:
            raise BatchError(told.trouble, where=_at(hand), cure="finished answers are kept")
        if not told.is_done:
            hand.ask([])
            return
        hand.chunk = None
        if not self.memory:
            self.memory = told.memory
            self.most = crew_size(self.cluster, self.ray.available_resources(), told.memory)

    def dismiss(self, hands: list[Hand]) -> None:
        """Ends workers, whatever they are at."""
        for hand in list(hands):
            self.hands.remove(hand)
            with contextlib.suppress(ConnectionError):  # a cluster that is gone has no workers
                self.ray.kill(hand.actor)

    def _hire(self) -> None:
        needs = {"num_cpus": self.cluster.processors, "num_gpus": self.cluster.gpus, "max_restarts": 0}
        if self.memory:
            needs["memory"] = int(self.memory * _SPARE)
        actor = self.ray.remote(Worker).options(**needs).remote(self.recipe)
        self.hands.append(Hand(actor, _word(actor.open.remote())))

    def _welcome(self, hand: Hand, opened: Opened) -> None:
        hand.machine = opened.machine
        if opened.release != own_release():
            raise BatchError(
                f"another release of Aboveboard: {opened.release}, here {own_release()}",
                where=_at(hand),
                cure="install the same release on every machine",
            )
        if opened.info is None:
            raise BatchError(f"the model cannot be opened: {opened.trouble}", where=_at(hand))
        if opened.info != self.recipe.info:
            here, there = self.recipe.info, opened.info
            raise BatchError(
                f"another model: {there.digest} ({there.backend}), here {here.digest} ({here.backend})",
                where=_at(hand),
                cure="put the same files and the same releases on every machine; finished answers are kept",
            )

    def _mourn(self, hand: Hand, chunks: deque[Chunk], error: BaseException) -> None:
        """A worker died: its chunk goes to another, unless it seems to be the chunk that kills."""
        self.hands.remove(hand)
        if hand.chunk is None:
            self.dead_at_opening += 1
            if self.dead_at_opening >= _DEATHS and not any(each.machine for each in self.hands):
                raise BatchError(
                    f"workers die at opening the model: {gist(error)}",
                    cure=f"every machine needs what this one has ({INSTALL}), and the memory for the model",
                ) from error
            self.most = max(1, self.most - 1)
            return
        hand.chunk.lost += 1
        if hand.chunk.lost >= _DEATHS:
            raise BatchError(
                f"{_DEATHS} workers died over the same {len(hand.chunk.calls)} requests: {gist(error)}",
                where=_at(hand),
                cure="look at the machine's memory, or ask for fewer --workers; finished answers are kept",
            ) from error
        chunks.appendleft(hand.chunk)


def crew_size(cluster: Cluster, free: Mapping[str, float], memory: int) -> int:
    """How many workers there may be beside each other, the first included; `memory` is what it has needed.

    `free` are the processors and the bytes of memory that the cluster has left (the first worker's processors
    are taken off already, its memory is not).
    """
    by_processors = 1 + int(free.get("CPU", 0.0) // cluster.processors)
    by_memory = int(free.get("memory", 0.0) // (memory * _SPARE)) if memory else by_processors
    return max(1, min(cluster.workers or by_processors, by_processors, by_memory))


def _at(hand: Hand) -> str:
    return f"machine {hand.machine}" if hand.machine else "a machine that was opening the model"


def _word(reference: Any) -> "asyncio.Future[Any]":
    """A reference of Ray's as a future of this loop. It is never cancelled: Ray does not expect that."""
    word = asyncio.wrap_future(reference.future())
    word.add_done_callback(lambda each: each.cancelled() or each.exception())  # nobody may be there to ask
    return word
