"""How many workers there may be, and which machines are admitted."""

import asyncio
import re
from collections import deque
from types import ModuleType, SimpleNamespace

import pytest

from aboveboard.evals import BatchError
from aboveboard.evals.cluster import Cluster, Recipe
from aboveboard.evals.cluster._pooled_worker import PooledWorker
from aboveboard.evals.cluster._worker import Opened, own_release
from aboveboard.evals.cluster._worker_pool import WorkerPool, pool_size
from aboveboard.models import ModelInfo, open_model

GIB = 1 << 30
ROOMY = {"CPU": 15.0, "memory": 1000.0 * GIB}


@pytest.mark.parametrize(
    ("cluster", "free", "memory", "workers"),
    [
        (Cluster(), ROOMY, GIB, 16),
        (Cluster(workers=4), ROOMY, GIB, 4),
        (Cluster(workers=40), ROOMY, GIB, 16),
        (Cluster(processors=4), ROOMY, GIB, 4),
        (Cluster(), {"CPU": 15.0, "memory": 10.0 * GIB}, 4 * GIB, 2),
        (Cluster(), {"CPU": 15.0, "memory": 1.0 * GIB}, 4 * GIB, 1),
        (Cluster(), {"memory": 100.0 * GIB}, GIB, 1),
        (Cluster(), {}, GIB, 1),
    ],
)
def test_there_are_as_many_workers_as_processors_memory_and_the_bound_allow(
    cluster: Cluster, free: dict[str, float], memory: int, workers: int
) -> None:
    assert pool_size(cluster, free, memory) == workers


INFO = ModelInfo("m", "fake", "sha256:x", "fake 1")


async def admitted(opened: Opened) -> PooledWorker:
    ray = ModuleType("ray")
    ray.exceptions = SimpleNamespace(RayActorError=ChildProcessError)  # type: ignore[attr-defined]  # a stand-in
    pool = WorkerPool(ray, Recipe(lambda: open_model("m", "fake"), INFO), Cluster())
    pending = asyncio.get_running_loop().create_future()
    pending.set_result(opened)
    worker = PooledWorker(None, pending)
    assert pool.receive(worker, deque()) is None
    return worker


async def test_a_machine_with_the_same_model_and_release_is_admitted() -> None:
    assert (await admitted(Opened("node-7", own_release(), INFO))).is_idle


@pytest.mark.parametrize(
    ("opened", "said"),
    [
        (Opened("node-7", "0.0.9 (sha256:x)", INFO), "another release of Aboveboard: 0.0.9"),
        (Opened("node-7", own_release(), ModelInfo("m", "fake", "sha256:y", "fake 1")), "sha256:y"),
        (Opened("node-7", own_release(), ModelInfo("m", "fake", "sha256:x", "fake 2")), "fake 2"),
        (Opened("node-7", own_release(), trouble="no weights"), "no weights"),
    ],
)
async def test_any_other_is_named_with_the_reason(opened: Opened, said: str) -> None:
    with pytest.raises(BatchError, match=re.escape(said)) as caught:
        await admitted(opened)
    assert caught.value.where == "machine node-7"
