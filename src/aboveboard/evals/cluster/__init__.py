"""Assessment on many machines by Ray (extra `ray`): the same calls, the same answers, other processors."""

from aboveboard.evals.cluster._connection import Cluster
from aboveboard.evals.cluster._ray_batch import RayBatch
from aboveboard.evals.cluster._worker import Recipe

__all__ = ["Cluster", "RayBatch", "Recipe"]
