"""The workers of a batch: as many as processors and memory allow, watched, and stopped."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType

from aboveboard.evals._errors import BatchError
from aboveboard.evals.cluster._chunks import Chunk
from aboveboard.evals.cluster._connection import INSTALL, Cluster, gist
from aboveboard.evals.cluster._pooled_worker import PooledWorker, future_of
from aboveboard.evals.cluster._worker import Opened, Recipe, Taken, Worker, own_release

_DEATHS = 3
"""Workers that may die over the same chunk, or at opening the model, before that is called its fault."""

_SPARE = 1.25
"""Memory that is set aside for a worker, in terms of what the first one needed."""


@dataclass(slots=True)
class WorkerPool:
    """Starts one worker, and more when the first has shown what memory it needs."""

    ray: ModuleType
    recipe: Recipe
    cluster: Cluster
    workers: list[PooledWorker] = field(default_factory=list)
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
    def busy(self) -> list[PooledWorker]:
        return [worker for worker in self.workers if worker.chunk is not None]

    def distribute(self, chunks: deque[Chunk], *, is_over: bool) -> bool:
        """Gives everyone something to do; whether there is anything to wait for."""
        if is_over:
            chunks.clear()
            for worker in self.busy:
                worker.actor.stop.remote()
        for worker in self.workers:
            if chunks and worker.is_idle:
                worker.begin(chunks.popleft())
        while len(self.workers) < min(self.most, len(self.busy) + len(chunks)):
            self._start()
        return bool(self.busy or chunks)

    async def ready(self) -> list[PooledWorker]:
        """Those that have something to say, at least one."""
        waiting = [worker.pending for worker in self.workers if not worker.is_idle]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        return [worker for worker in self.workers if not worker.is_idle and worker.pending.done()]

    def receive(self, worker: PooledWorker, chunks: deque[Chunk]) -> Taken | None:
        """What a worker has to say of its chunk; None where it opened the model, or died."""
        error = worker.pending.exception()
        if isinstance(error, self.ray.exceptions.RayActorError):
            self._lose(worker, chunks, error)
            return None
        if error is not None:
            raise BatchError(
                f"a worker failed: {gist(error)}",
                where=worker.place,
                cure="finished answers are kept; the same command goes on, with or without a cluster",
            ) from error
        told: Opened | Taken = worker.pending.result()
        if isinstance(told, Taken):
            return told
        self._admit(worker, told)
        return None

    def proceed(self, worker: PooledWorker, told: Taken) -> None:
        """Asks for more of the chunk, or takes note that it is done; raises BatchError for what ended it."""
        if told.trouble:
            raise BatchError(told.trouble, where=worker.place, cure="finished answers are kept")
        if not told.is_done:
            worker.ask([])
            return
        worker.chunk = None
        if not self.memory:
            self.memory = told.memory
            self.most = pool_size(self.cluster, self.ray.available_resources(), told.memory)

    def stop(self, workers: list[PooledWorker]) -> None:
        """Ends workers, whatever they are at."""
        for worker in list(workers):
            self.workers.remove(worker)
            with contextlib.suppress(ConnectionError):  # a cluster that is gone has no workers
                self.ray.kill(worker.actor)

    def _start(self) -> None:
        needs = {"num_cpus": self.cluster.processors, "num_gpus": self.cluster.gpus, "max_restarts": 0}
        if self.memory:
            needs["memory"] = int(self.memory * _SPARE)
        actor = self.ray.remote(Worker).options(**needs).remote(self.recipe)
        self.workers.append(PooledWorker(actor, future_of(actor.open.remote())))

    def _admit(self, worker: PooledWorker, opened: Opened) -> None:
        worker.machine = opened.machine
        if opened.release != own_release():
            raise BatchError(
                f"another release of Aboveboard: {opened.release}, here {own_release()}",
                where=worker.place,
                cure="install the same release on every machine",
            )
        if opened.info is None:
            raise BatchError(f"the model cannot be opened: {opened.trouble}", where=worker.place)
        if opened.info != self.recipe.info:
            here, there = self.recipe.info, opened.info
            raise BatchError(
                f"another model: {there.digest} ({there.backend}), here {here.digest} ({here.backend})",
                where=worker.place,
                cure="put the same files and the same releases on every machine; finished answers are kept",
            )

    def _lose(self, worker: PooledWorker, chunks: deque[Chunk], error: BaseException) -> None:
        """A worker died: its chunk goes to another, unless it seems to be the chunk that kills."""
        self.workers.remove(worker)
        if worker.chunk is None:
            self.dead_at_opening += 1
            if self.dead_at_opening >= _DEATHS and not any(each.machine for each in self.workers):
                raise BatchError(
                    f"workers die at opening the model: {gist(error)}",
                    cure=f"every machine needs what this one has ({INSTALL}), and the memory for the model",
                ) from error
            self.most = max(1, self.most - 1)
            return
        worker.chunk.lost += 1
        if worker.chunk.lost >= _DEATHS:
            raise BatchError(
                f"{_DEATHS} workers died over the same {len(worker.chunk.calls)} requests: {gist(error)}",
                where=worker.place,
                cure="look at the machine's memory, or ask for fewer --workers; finished answers are kept",
            ) from error
        chunks.appendleft(worker.chunk)


def pool_size(cluster: Cluster, free: Mapping[str, float], memory: int) -> int:
    """How many workers there may be beside each other, the first included; `memory` is what it has needed.

    `free` are the processors and the bytes of memory that the cluster has left (the first worker's processors
    are taken off already, its memory is not).
    """
    by_processors = 1 + int(free.get("CPU", 0.0) // cluster.processors)
    by_memory = int(free.get("memory", 0.0) // (memory * _SPARE)) if memory else by_processors
    return max(1, min(cluster.workers or by_processors, by_processors, by_memory))
