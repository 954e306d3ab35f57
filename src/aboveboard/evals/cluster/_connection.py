"""A Ray cluster to work on: one that is there already, or one of our own that nobody else can reach."""

import logging
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from types import ModuleType

from aboveboard.evals._errors import BatchError

INSTALL = 'pip install "aboveboard[ray]"'
_STORE_BYTES = 80 << 20
"""Of shared memory: about the least that Ray takes. Prompts and answers are small and seldom lie there."""

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_SILENT = {"RAY_USAGE_STATS_ENABLED": "0"}
_PRIVATE = {
    # The address of a node is its loopback address then, on every system. `_node_ip_address` alone does not
    # do that: Ray replaces a loopback address by the machine's own, and listens there.
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    # Without the token nobody else on this machine may run anything as this user.
    "RAY_AUTH_MODE": "token",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where workers are sought, how many at most, and what each of them needs.

    `address` is that of a Ray client server (`ray://host:port`); empty means a cluster of our own on this
    machine. Without `workers` there are as many as processors and memory allow.
    """

    address: str = ""
    workers: int | None = None
    processors: int = 1
    gpus: int = 0


def check_installed() -> None:
    """Raises BatchError where there is no Ray."""
    from importlib.util import find_spec

    if find_spec("ray") is None:
        raise BatchError("Ray is not installed", cure=INSTALL)


def connect(cluster: Cluster) -> tuple[ModuleType, Callable[[], None]]:
    """Ray, connected, and how to let go of it; raises BatchError. Takes seconds, and blocks.

    Ray neither reports its use to anybody nor shows what workers print.
    """
    # Ray reads these when it is imported, and so do the processes that it starts.
    os.environ.update(_SILENT if cluster.address else _SILENT | _PRIVATE)
    if not cluster.address:
        os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
    import ray

    return ray, _join(ray, cluster) if cluster.address else _start(ray, cluster)


def _join(ray: ModuleType, cluster: Cluster) -> Callable[[], None]:
    try:
        ray.init(cluster.address, log_to_driver=False, logging_level=logging.ERROR)
    except Exception as error:  # Ray raises plain ones too
        raise BatchError(
            f"no Ray cluster answers: {gist(error)}",
            where=cluster.address,
            cure="give the address of a Ray client server, such as ray://host:10001, of the same releases of "
            "Ray and Python; where it wants a token, set RAY_AUTH_MODE=token and RAY_AUTH_TOKEN",
        ) from error
    end: Callable[[], None] = ray.shutdown
    return end


def _start(ray: ModuleType, cluster: Cluster) -> Callable[[], None]:
    # Paths of sockets may have 107 bytes: no room for the long temporary folders of some systems.
    folder = Path(tempfile.mkdtemp(prefix="ab-", dir="/tmp"))

    def end() -> None:
        ray.shutdown()
        shutil.rmtree(folder, ignore_errors=True)

    try:
        ray.init(
            "local",
            num_cpus=cluster.workers * cluster.processors if cluster.workers else None,
            include_dashboard=False,
            object_store_memory=_STORE_BYTES,
            log_to_driver=False,
            logging_level=logging.ERROR,
            _temp_dir=str(folder / "r"),  # below the folder, because Ray opens its own to everybody
        )
        _refuse_open(ray)
    except BatchError:
        end()
        raise
    except Exception as error:  # Ray raises plain ones too
        end()
        raise BatchError(
            f"Ray cannot be started: {gist(error)}",
            cure="on a busy machine, or with little memory, try again later or use `--batch here`",
        ) from error
    return end


def _refuse_open(ray: ModuleType) -> None:
    """Whether Ray understood the wish is looked up: a release that does not must not be used unawares."""
    for node in ray.nodes():
        address = node["NodeManagerAddress"]
        if not ip_address(address).is_loopback:
            raise BatchError(
                f"this release of Ray listens on {address}, not on this machine alone",
                cure=f"{INSTALL}, which knows the releases that do not, or `--batch here`",
            )


def gist(error: BaseException) -> str:
    """What an error of Ray's says, without its pages of traces: the end of a trace, else the beginning."""
    text = _COLOURS.sub("", str(error)).strip() or type(error).__name__
    lines = text.splitlines()
    return lines[-1 if "Traceback" in text else 0].strip()[:300]
