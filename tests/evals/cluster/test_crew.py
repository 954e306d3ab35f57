"""How many workers there may be: processors, memory and a bound."""

import pytest

from aboveboard.evals.cluster import Cluster
from aboveboard.evals.cluster._crew import crew_size

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
    assert crew_size(cluster, free, memory) == workers
