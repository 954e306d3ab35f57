"""Answers calls by Ray: chunks go out, answers come back as they are known, and are told here alone."""

from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from types import TracebackType

from aboveboard.evals._batch import Answered, IsOver
from aboveboard.evals._errors import BatchError
from aboveboard.evals._requests import Call
from aboveboard.evals.cluster._chunks import plan_chunks
from aboveboard.evals.cluster._connection import Cluster, check_installed, connect, gist
from aboveboard.evals.cluster._worker import Recipe
from aboveboard.evals.cluster._worker_pool import WorkerPool


class RayBatch:
    """The batch of many machines. Nothing is started before the first call that the cache does not answer.

    `close` leaves no worker behind. Raises BatchError without Ray.
    """

    def __init__(self, recipe: Recipe, cluster: Cluster) -> None:
        check_installed()
        self.recipe = recipe
        self._cluster = cluster
        self._pool: WorkerPool | None = None
        self._let_go: Callable[[], None] = lambda: None

    async def answers(self, calls: Sequence[Call], is_over: IsOver) -> AsyncGenerator[list[Answered], None]:
        """Each call with its answer, once. Raises BatchError, which names the machine and the reason."""
        if not calls:
            return
        pool = self._ready()
        chunks = deque(plan_chunks(calls, pool.expected))
        try:
            while pool.distribute(chunks, is_over=is_over()):
                for worker in await pool.ready():
                    told = pool.receive(worker, chunks)
                    if told is None or worker.chunk is None:
                        continue
                    if pairs := worker.chunk.take(told.answers):
                        yield pairs
                    pool.proceed(worker, told)
        except ConnectionError as error:
            raise BatchError(
                f"the cluster is gone: {gist(error)}",
                where=self._cluster.address,
                cure="finished answers are kept; the same command goes on, with or without a cluster",
            ) from error
        finally:
            pool.stop(pool.busy)

    def close(self) -> None:
        """Ends all workers, and the cluster where it is our own. Takes seconds, and blocks."""
        if self._pool is not None:
            self._pool.stop(self._pool.workers)
            self._pool = None
        self._let_go()
        self._let_go = lambda: None

    def __enter__(self) -> "RayBatch":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ready(self) -> WorkerPool:
        # Blocks the loop on purpose: a Ctrl-C waits until Ray is whole and can be let go of.
        if self._pool is None:
            ray, self._let_go = connect(self._cluster)
            self._pool = WorkerPool(ray, self.recipe, self._cluster)
        return self._pool
