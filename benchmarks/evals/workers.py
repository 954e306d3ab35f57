"""One process beside Ray's workers on the same items: `python benchmarks/evals/workers.py [--workers 2]`.

Needs the extra `ray`. Two models: a scripted one that waits 20 ms, as an endpoint does, and the bundled one,
which computes on one thread. One request at a time in each process, nothing cached, alternately. `answers/s`
counts from the first answer to the last; `CPU s` is what the processes used that answer and ask; `whole` is
from the call to the result, with the start of the cluster and the loading of the weights.
"""

import argparse
import asyncio
import functools
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from aboveboard.evals import Options, Progress, Services, assess, plan_suite
from aboveboard.evals.cluster import Cluster, RayBatch, Recipe
from aboveboard.models import Model, open_model

MODELS: dict[str, tuple[Callable[[], Model], str, int]] = {
    "waits 20 ms": (functools.partial(open_model, "scripted", "fake", {"delay": 0.02}), "bias.hiring", 2000),
    "bundled": (functools.partial(open_model, "smollm2-135m", "local"), "bias.hiring", 48),
}
_TICKS = 100  # of the processor's time a second (proc(5), USER_HZ)


@dataclass
class Timed:
    """When answers came, and what a run took."""

    came: list[tuple[float, int]] = field(default_factory=list)
    whole: float = 0.0
    cpu: float = 0.0

    def hear(self, progress: Progress) -> None:
        self.came.append((time.monotonic(), progress.done))

    @property
    def rate(self) -> float:
        (first, some), (last, all_) = self.came[0], self.came[-1]
        return (all_ - some) / (last - first)


def timed(made: Callable[[], Model], suite: str, limit: int, workers: int) -> Timed:
    """A run; without workers, in this process."""
    found = Timed()
    started, before = time.monotonic(), own_seconds()
    with tempfile.TemporaryDirectory() as folder:
        services = Services(state=Path(folder), progress=found.hear, concurrency=1)
        plan = plan_suite(suite, Options(limit=limit))
        if workers:
            with RayBatch(Recipe(made, made().info), Cluster(workers=workers)) as batch:
                asyncio.run(assess(plan, made(), services, batch=batch))
                found.cpu = workers_seconds()
        else:
            asyncio.run(assess(plan, made(), services))
    found.whole = time.monotonic() - started
    found.cpu += own_seconds() - before
    return found


def own_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def workers_seconds() -> float:
    """Of the processes that Ray calls by the name of our worker (proc(5), /proc/PID/stat)."""
    ticks = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if b"ray::Worker" in (folder / "cmdline").read_bytes():
                ticks += sum(map(int, (folder / "stat").read_text().rpartition(")")[2].split()[11:13]))
        except OSError:
            continue
    return ticks / _TICKS


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--model", choices=MODELS)
    given = options.parse_args()
    print("| model | where | answers/s | CPU s | whole s |\n|---|---|---|---|---|")
    for name in [given.model] if given.model else MODELS:
        rounds = [
            [timed(*MODELS[name], workers) for workers in (0, given.workers)] for _ in range(given.rounds)
        ]
        for place, where in enumerate(("one process", f"Ray, {given.workers} workers")):
            runs = [each[place] for each in rounds]
            rate, cpu, whole = (
                statistics.median(f(run) for run in runs)
                for f in (lambda run: run.rate, lambda run: run.cpu, lambda run: run.whole)
            )
            print(
                f"| {name}, {MODELS[name][2]} | {where} | {rate:.1f} | {cpu:.1f} | {whole:.1f} |", flush=True
            )


if __name__ == "__main__":
    main()
