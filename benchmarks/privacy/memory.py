"""How much memory a scan or a mask of a large file takes, and whether it grows with the file.

    python benchmarks/privacy/memory.py [--size 1G] [--kind text|line|jsonl|csv] [--run scan|mask] [--jobs N]
                                        [--density 1000] [--types email,phone] [--folder DIR]

The text is generated into a file of that size, one line in `--density` with personal data of its own;
`line` is one line without end. The command runs as a user runs it. Ten times a second its resident memory is
read from /proc, its workers' with it: shown is the most of each quarter of the run. Flat means that the last
needs no more than the second. A mask with numbered stand-ins keeps a table, so it grows with the number of
*distinct* values, which is what --density varies.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

UNITS = {"K": 10**3, "M": 10**6, "G": 10**9}
PROSE = (
    "On that day the committee met again in the old hall and spoke at length about the roof, the budget "
    "of the coming year and the garden behind the house; nothing was decided, and all went home at dusk."
)


def main() -> None:
    options = arguments()
    with tempfile.TemporaryDirectory(dir=options.folder, prefix="memory-bench-") as folder:
        source = Path(folder) / f"in{SUFFIXES[options.kind]}"
        began = time.perf_counter()
        write(source, options)
        show("generated", f"{source.stat().st_size:,} bytes in {time.perf_counter() - began:.0f} s")
        report(options, source, Path(folder))


def report(options: argparse.Namespace, source: Path, folder: Path) -> None:
    began = time.perf_counter()
    process = subprocess.Popen(command(options, source, folder), stdout=subprocess.DEVNULL)
    samples = list(watched(process))
    seconds = time.perf_counter() - began
    show(
        "command",
        f"privacy {options.run}, {options.kind}, {options.jobs} jobs, exit code {process.returncode}",
    )
    show("speed", f"{source.stat().st_size / 1e6 / seconds:,.1f} MB/s ({seconds:,.0f} s)")
    quarter = max(1, len(samples) // 4)
    quarters = [max(samples[start : start + quarter] or [0]) for start in range(0, 4 * quarter, quarter)]
    show("most memory by quarter, all processes", " ".join(f"{each / 1e6:,.0f}" for each in quarters) + " MB")


def command(options: argparse.Namespace, source: Path, folder: Path) -> list[str]:
    words = [str(Path(sys.executable).with_name("aboveboard")), "privacy", options.run, str(source)]
    words += ["--jobs", str(options.jobs), "--json" if options.run == "mask" else "--jsonl"]
    words += ["--types", options.types] if options.types else []
    if options.run == "mask":
        return [*words, "--out", str(folder / "out")]
    return words


def watched(process: "subprocess.Popen[bytes]") -> Iterator[int]:
    """The resident bytes of a process and all below it, ten times a second until it ends."""
    while process.poll() is None:
        yield sum(resident(pid) for pid in family(process.pid))
        time.sleep(0.1)


def family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from family(int(child))


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def text_line(number: int, value: str) -> str:
    return f"{number} {PROSE} {value}\n"


def endless_line(number: int, value: str) -> str:
    return f"{number} {PROSE} {value} "


def json_line(number: int, value: str) -> str:
    return f'{{"id": {number}, "text": "{PROSE}", "mail": "{value}"}}\n'


def csv_line(number: int, value: str) -> str:
    return f'{number},"{PROSE}",{value}\n'


LINES: dict[str, Callable[[int, str], str]] = {
    "text": text_line,
    "line": endless_line,
    "jsonl": json_line,
    "csv": csv_line,
}
SUFFIXES = {"text": ".txt", "line": ".txt", "jsonl": ".jsonl", "csv": ".csv"}


def write(path: Path, options: argparse.Namespace) -> None:
    line = LINES[options.kind]
    with path.open("w", encoding="utf-8") as file:
        size = file.write("id,text,mail\n") if options.kind == "csv" else 0
        number = 0
        while size < options.size:
            value = f"user{number}@example.com" if number % options.density == 0 else ""
            size += file.write(line(number, value))
            number += 1


def show(what: str, value: str) -> None:
    print(f"{what:<40} {value}", flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=bytes_of, default=10**9)
    parser.add_argument("--kind", choices=LINES, default="text")
    parser.add_argument("--run", choices=["scan", "mask"], default="scan")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--density", type=int, default=1000)
    parser.add_argument("--types", default="")
    parser.add_argument("--folder", type=Path)
    return parser.parse_args()


def bytes_of(text: str) -> int:
    return int(float(text.rstrip("KMG")) * UNITS.get(text[-1], 1))


if __name__ == "__main__":
    main()
