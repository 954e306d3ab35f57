"""Where the requests of an assessment are answered: in this process, or by a Ray cluster."""

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aboveboard.charter import ModelEntry
from aboveboard.cli._settings import from_environment
from aboveboard.cli._workspace import open_entry
from aboveboard.errors import AboveboardError

if TYPE_CHECKING:
    from aboveboard.evals.cluster import RayBatch
    from aboveboard.models import Model, ModelInfo

HERE, RAY = "here", "ray"
_ADDRESS = re.compile(r"ray://[^\s/@]+:[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Place:
    """What `--batch` and `--workers` say; a worker keeps as many requests under way as one process would."""

    batch: str = HERE
    workers: int | None = None
    parallel: int = 1


def open_batch(entry: ModelEntry, info: "ModelInfo", place: Place) -> "RayBatch | None":
    """The batch of a place; None is this process. Raises AboveboardError for a place that is none."""
    if place.batch == HERE:
        if place.workers is not None:
            raise AboveboardError("only Ray has workers", where="--workers", cure="add `--batch ray`")
        return None
    if place.batch != RAY and not _ADDRESS.fullmatch(place.batch):
        raise AboveboardError(
            f"no such place: {place.batch!r}", where="--batch", cure="write here, ray or ray://HOST:PORT"
        )
    _refuse_written_key(entry)
    from aboveboard.evals.cluster import Cluster, RayBatch, Recipe

    cluster = Cluster(
        address="" if place.batch == RAY else place.batch,
        workers=place.workers,
        processors=_whole(entry.options.get("threads")),
        gpus=int(str(entry.options.get("device", "")).startswith("cuda")),
    )
    recipe = Recipe(functools.partial(open_there, entry), info, place.parallel)
    return RayBatch(recipe, cluster)


def open_there(entry: ModelEntry) -> "Model":
    """The model of an entry, on a worker: its key is that of the worker's own environment."""
    if entry.api_key_env and not from_environment(entry.api_key_env):
        raise AboveboardError(
            f"the environment variable {entry.api_key_env} is not set",
            cure="set it where Ray is started on that machine; keys are not sent there",
        )
    return open_entry(entry)


def _refuse_written_key(entry: ModelEntry) -> None:
    """An entry is sent to every worker, by way of Ray's memory: it must hold no key."""
    written = sorted(name for name in entry.options if name in ("api_key", "headers"))
    if written:
        raise AboveboardError(
            f"the option {written[0]!r} may hold a secret, which would be sent through Ray",
            where=f"model {entry.id!r}",
            cure="name the variable that holds the key by `api_key_env`, and set it on every machine",
        )


def _whole(threads: object) -> int:
    return threads if isinstance(threads, int) and threads > 0 else 1
