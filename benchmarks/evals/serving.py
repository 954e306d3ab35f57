"""A subject of the comparison, kept running: it answers jobs that come as lines on its input.

A job names a file of items and switches. The answer is a line with CPU and wall seconds and the scores.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Item = dict[str, Any]
Scores = list[dict[str, float]]
"""Log p of each continuation by its id, for each item."""


def serve(answer: Callable[[list[Item], Sequence[str]], Scores]) -> None:
    """Says that it is ready, then answers until its input ends; what libraries print goes to the errors."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        items = json.loads(Path(job["items"]).read_text(encoding="utf-8"))
        started, cpu = time.perf_counter(), time.process_time()
        scores = answer(items, job["switches"])
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
        print(json.dumps({"seconds": seconds, "cpu": cpu, "scores": scores}), file=answers, flush=True)
