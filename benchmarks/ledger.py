"""How many appends a second become durable, how long one takes, and what proofs cost on a large log.

    python benchmarks/ledger.py [--entries 1000000] [--callers 64] [--seconds 10] [--folder DIR] [--profile]
                                [--database postgresql://…]

Every rate counts acknowledged appends only: the batch is on disk (one `fsync`) before its callers hear of it.
The disk sets the pace of small batches, so its raw `fsync` rate is measured before and after.
"""

import argparse
import asyncio
import cProfile
import pstats
import resource
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from os import O_CREAT, O_WRONLY, close, fdatasync, pwrite
from os import open as open_file
from pathlib import Path
from random import Random

from aboveboard.database import Location, locate
from aboveboard.ledger import (
    Ledger,
    LedgerReader,
    check,
    export,
    generate_signer,
    leaf_hash,
    verify_inclusion,
)

ENTRY = b"%012d" + b"x" * 188
"""200 bytes, about a signed statement's digest and signature."""


def main() -> None:
    options = arguments()
    with tempfile.TemporaryDirectory(dir=options.folder, prefix="ledger-bench-") as folder:
        path = locate(Path(folder), "ledger", options.database)
        show("raw fsync of 4 KiB, before", f"{fsync_rate(Path(folder)):,.0f}/s")
        signer = generate_signer("bench.example/log")
        with Ledger.open(path, signer=signer) as ledger:
            numbers = iter(range(10**12))
            report_appends(ledger, numbers, options)
            grow(ledger, numbers, options.entries)
            report_appends(ledger, numbers, options)
        report_reads(path, Path(folder), options.entries)
        began = time.perf_counter()
        Ledger.open(path, signer=signer).close()
        show("open for writing, check the edge, close", f"{(time.perf_counter() - began) * 1e3:.1f} ms")
        show("raw fsync of 4 KiB, after", f"{fsync_rate(Path(folder)):,.0f}/s")
        size = sum(file.stat().st_size for file in Path(folder).glob("ledger.db*"))
        show("database", f"{size / 1e6:,.0f} MB")
        show(
            "most memory of this process",
            f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB",
        )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=1_000_000, help="the large log's size (try 10000000)")
    parser.add_argument("--callers", type=int, default=64, help="concurrent callers")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long each rate is measured")
    parser.add_argument("--database", help="an empty PostgreSQL database in place of a file")
    parser.add_argument("--folder", help="where to write; default: the temporary folder")
    parser.add_argument(
        "--profile", action="store_true", help="profile the sequencer's work instead of timing it"
    )
    return parser.parse_args()


def report_appends(ledger: Ledger, numbers: Iterator[int], options: argparse.Namespace) -> None:
    """Rates at the log's present size."""
    start = ledger.append(ENTRY % next(numbers)).result()
    print(f"\nappends to a log of {start:,} entries of 200 bytes", flush=True)
    if options.profile:
        profile(ledger, numbers)
        return
    latency = alone(ledger, numbers, options.seconds / 2)
    show(
        "one caller, waits for each",
        f"{statistics.median(latency) * 1e3:.2f} ms median, {tail(latency) * 1e3:.2f} ms p99",
    )
    for name, work in (
        ("threads, each waits for its own", by_threads),
        ("tasks on an event loop, likewise", by_tasks),
    ):
        rate = work(ledger, numbers, options)
        show(f"{options.callers} {name}", f"{rate:,.0f}/s acknowledged durable")
    many = argparse.Namespace(callers=options.callers * 16, seconds=options.seconds)
    show(f"{many.callers} tasks, likewise", f"{by_tasks(ledger, numbers, many):,.0f}/s acknowledged durable")


def alone(ledger: Ledger, numbers: Iterator[int], seconds: float) -> list[float]:
    taken, end = [], time.perf_counter() + seconds
    while (began := time.perf_counter()) < end:
        ledger.append(ENTRY % next(numbers)).result()
        taken.append(time.perf_counter() - began)
    return taken


def by_threads(ledger: Ledger, numbers: Iterator[int], options: argparse.Namespace) -> float:
    counts = [0] * options.callers
    end = time.perf_counter() + options.seconds

    def call(who: int) -> None:
        while time.perf_counter() < end:
            ledger.append(ENTRY % next(numbers)).result()
            counts[who] += 1

    return timed(counts, [threading.Thread(target=call, args=(who,)) for who in range(options.callers)])


def timed(counts: list[int], threads: list[threading.Thread]) -> float:
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - began)


def by_tasks(ledger: Ledger, numbers: Iterator[int], options: argparse.Namespace) -> float:
    async def call(end: float) -> int:
        count = 0
        while time.perf_counter() < end:
            await asyncio.wrap_future(ledger.append(ENTRY % next(numbers)))
            count += 1
        return count

    async def everybody() -> float:
        began = time.perf_counter()
        counts = await asyncio.gather(*(call(began + options.seconds) for _ in range(options.callers)))
        return sum(counts) / (time.perf_counter() - began)

    return asyncio.run(everybody())


def grow(ledger: Ledger, numbers: Iterator[int], entries: int) -> None:
    """Fills the log up to its large size, a thousand entries a call."""
    began, start = time.perf_counter(), ledger.append(ENTRY % next(numbers)).result()
    size = start
    while size < entries - 1:
        futures = [ledger.append_many([ENTRY % next(numbers) for _ in range(1000)]) for _ in range(8)]
        size = futures[-1].result()[-1]
        progress("filling", size, entries)
    taken = time.perf_counter() - began
    show(f"filled to {size + 1:,} by the thousand", f"{(size - start) / taken:,.0f}/s acknowledged durable")


def report_reads(path: Location, folder: Path, entries: int) -> None:
    began = time.perf_counter()
    with LedgerReader.open(path) as reader:
        size = reader.size()
        print(f"\nreading a log of {size:,} entries")
        show("open for reading and ask the size", f"{(time.perf_counter() - began) * 1e3:.1f} ms")
        report_proofs(reader, size)
        if entries <= 2_000_000:
            report_export(reader, folder / "export")


def report_proofs(reader: LedgerReader, size: int) -> None:
    chance, root = Random(1), reader.root(size)
    chosen = [chance.randrange(size) for _ in range(2000)]
    taken = []
    for index in chosen:
        began = time.perf_counter()
        proof = reader.inclusion_proof(index, size)
        taken.append(time.perf_counter() - began)
        verify_inclusion(leaf_hash(reader.entry(index)), index, size, proof, root)
    show(
        "inclusion proof, checked",
        f"{statistics.median(taken) * 1e3:.3f} ms median, {tail(taken) * 1e3:.3f} ms p99",
    )


def report_export(reader: LedgerReader, folder: Path) -> None:
    began = time.perf_counter()
    exported = export(reader, folder)
    took = time.perf_counter() - began
    show("export to a folder", f"{took:.1f} s, {exported.written:,} files")
    began = time.perf_counter()
    report = check(folder, reader.vkey)
    show("independent check of it", f"{time.perf_counter() - began:.1f} s, sound: {report.is_sound}")


def profile(ledger: Ledger, numbers: Iterator[int]) -> None:
    """Where the sequencer's time goes, for batches of 500."""
    writer = ledger._sequencer._writer  # the benchmark looks inside on purpose
    batches = [[ENTRY % next(numbers) for _ in range(500)] for _ in range(40)]
    profiler = cProfile.Profile()
    profiler.runcall(lambda: [writer.append(batch) for batch in batches])
    pstats.Stats(profiler, stream=sys.stdout).sort_stats("tottime").print_stats(12)


def fsync_rate(folder: Path, seconds: float = 2.0) -> float:
    descriptor = open_file(folder / "fsync", O_CREAT | O_WRONLY)
    count, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        pwrite(descriptor, bytes(4096), count * 4096)
        fdatasync(descriptor)
        count += 1
    close(descriptor)
    (folder / "fsync").unlink()
    return count / seconds


def tail(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.99)]


def show(what: str, value: str) -> None:
    print(f"  {what:<44} {value}", flush=True)


def progress(what: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r  {what} {done:,} of {total:,}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
