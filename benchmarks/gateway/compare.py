#!/usr/bin/env python3
"""What a gateway costs, ours and its peers, before one upstream and one client (`make bench-gateway`).

    benchmarks/gateway/compare.py [--pairs 5] [--seconds 2] [--connections 1,8,32,128] [--only relay,shield]

Every system runs in a process and an environment of its own (made under .bench/, or found under
ABOVEBOARD_PEERS), with one worker, on loopback; upstream and client are on raw sockets. All are up at once
and are measured in turn, A B C A B C. CPU is that of the whole process tree. Prints Markdown: medians, and
ranges for the CPU. `direct` asks the upstream itself: what a time is above that, the gateway has added.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from gateway.load import Load
from gateway.processes import cpu_seconds, free_port, resident_mb, running
from gateway.systems import KEY, SYSTEMS, Place

HERE = Path(__file__).parent
DIRECT = "direct"
_WARM_SECONDS = 0.5
_TIMES = ("p50", "p99", "first")


@dataclass(frozen=True, slots=True)
class Running:
    """A system that is up."""

    name: str
    port: int
    pid: int


@dataclass(frozen=True, slots=True)
class Figures:
    """One measurement: milliseconds, requests a second, how many failed."""

    cpu: float
    rate: float
    p50: float
    p99: float
    first: float
    errors: int


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=5, help="rounds in which all take turns (5)")
    parser.add_argument("--seconds", type=float, default=2.0, help="length of one measurement (2)")
    parser.add_argument("--connections", default="1,8,32,128", help="how many at once (1,8,32,128)")
    parser.add_argument("--only", default=",".join(SYSTEMS), help="leave out the others")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        systems = start(stack, options.only.split(","), folder)
        for streamed in (False, True):
            for connections in map(int, options.connections.split(",")):
                found = measure(systems, options, connections, streamed)
                show(found, f"{'64-chunk stream' if streamed else 'Whole answer'}, {connections} at once")
        show_memory(systems)


def start(stack: ExitStack, names: Iterable[str], folder: Path) -> list[Running]:
    """The upstream, then each system before it."""
    upstream = free_port()
    command = [sys.executable, HERE / "upstream.py", str(upstream)]
    pid = stack.enter_context(running(command, upstream, os.environ, folder / "upstream.log"))
    systems = [Running(DIRECT, upstream, pid)]
    for name in names:
        place = Place(free_port(), upstream, folder / name)
        place.folder.mkdir()
        system = SYSTEMS[name]
        command = [str(each) for each in system.command(system.bin, place)]
        variables = system.variables(place)
        pid = stack.enter_context(running(command, place.port, variables, folder / f"{name}.log"))
        systems.append(Running(name, place.port, pid))
        print(f"{name} is up", file=sys.stderr)
    return systems


def measure(
    systems: Sequence[Running], options: argparse.Namespace, connections: int, streamed: bool
) -> dict[str, list[Figures]]:
    """All systems in turn, after a moment to warm up."""
    found: dict[str, list[Figures]] = {system.name: [] for system in systems}
    for system in systems:
        _measure(system, Load(system.port, KEY, connections, _WARM_SECONDS, streamed))
    for _ in range(options.pairs):
        for system in systems:
            load = Load(system.port, KEY, connections, options.seconds, streamed)
            found[system.name].append(_measure(system, load))
    return found


def _measure(system: Running, load: Load) -> Figures:
    before = cpu_seconds(system.pid)
    elapsed = asyncio.run(load.run())
    spent, times = cpu_seconds(system.pid) - before, sorted(load.latencies)
    if not times:
        return Figures(*[float("nan")] * 5, errors=load.errors)
    return Figures(
        cpu=1000 * spent / len(times),
        rate=len(times) / elapsed,
        p50=1000 * statistics.median(times),
        p99=1000 * times[int(len(times) * 0.99)],
        first=1000 * statistics.median(load.first_bytes or times),
        errors=load.errors,
    )


def show(found: dict[str, list[Figures]], title: str) -> None:
    """One table."""
    heads = ("system", "CPU ms a request", "requests/s", "p50 ms", "p99 ms", "first byte ms", "failed")
    print(f"\n### {title}\n\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for name, figures in found.items():
        cpu = sorted(one.cpu for one in figures)
        rate = statistics.median(one.rate for one in figures)
        times = [statistics.median(getattr(one, each) for one in figures) for each in _TIMES]
        cells = [name, f"{statistics.median(cpu):.3f} ({cpu[0]:.3f}–{cpu[-1]:.3f})", f"{rate:.0f}"]
        cells += [*(f"{each:.2f}" for each in times), str(sum(one.errors for one in figures))]
        print(f"| {' | '.join(cells)} |", flush=True)


def show_memory(systems: Sequence[Running]) -> None:
    """How much each holds after all that."""
    print("\n### Resident memory after the run\n\n| system | MB |\n|---|---|")
    for system in systems:
        print(f"| {system.name} | {resident_mb(system.pid):.0f} |")


if __name__ == "__main__":
    main()
