#!/usr/bin/env python3
"""Every table of the section on personal data in docs/benchmarks.md, with the time that each took.

    ABOVEBOARD_DATA=FOLDER make bench-privacy

About an hour on a quiet core: side by side with the peers (compare.py: accuracy, speed, negatives,
held-out negatives, disguises), our own speed (speed.py), memory (memory.py; `--long` adds the scan of 10 GB,
which takes 20 minutes and 10 GB of disk).
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
TABLES: dict[str, list[list[str]]] = {
    "Side by side": [["compare.py"]],
    "Speed, ours": [["speed.py"]],
    "Memory, every type": [
        ["memory.py", "--size", "300M", "--jobs", "1"],
        ["memory.py", "--size", "200M", "--jobs", "1", "--run", "mask"],
    ],
}
LONG = {"Memory, 10 GB": [["memory.py", "--size", "10G", "--jobs", "2", "--types", "email,phone,card"]]}


def main() -> None:
    """Runs them one after the other, on one thread each; ends with 1 when one fails."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--long", action="store_true", help="the scan of 10 GB too")
    options = parser.parse_args()
    failed = [_print(title, runs) for title, runs in (TABLES | (LONG if options.long else {})).items()]
    sys.exit(any(failed))


def _print(title: str, runs: list[list[str]]) -> bool:
    """Prints one table; says whether it failed."""
    print(f"\n## {title}\n", flush=True)
    began, failed = time.perf_counter(), False
    for script, *words in runs:
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        done = subprocess.run([sys.executable, HERE / script, *words], env=os.environ | threads)
        failed |= done.returncode != 0
    print(f"\n({title}: {time.perf_counter() - began:,.0f} s{', FAILED' if failed else ''})", flush=True)
    return failed


if __name__ == "__main__":
    main()
