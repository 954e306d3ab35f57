"""kill -9 at any moment: nothing that was answered is lost or asked again, and the run is taken up."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aboveboard.evals import count_items, list_runs, read_items, verify_log

PARALLEL = 3
LIMIT = 160

WORKER = """
import asyncio, os, sys
from pathlib import Path
from aboveboard.evals import Options, Services, assess, plan_suite
from aboveboard.models import ModelInfo

state = Path(sys.argv[1])
calls = os.open(state / "calls", os.O_CREAT | os.O_WRONLY | os.O_APPEND)

class Slow:
    info = ModelInfo("slow", "test", "sha256:slow", "test")
    async def next_token(self, request, top=20):
        text = repr(request.messages[-1].content)
        os.write(calls, text.encode() + bytes([10]))
        await asyncio.sleep(0.004)
        return {"Yes": -0.5, "No": -1.2}

plan = plan_suite("bias.hiring", Options(limit=int(sys.argv[2])))
asyncio.run(assess(plan, Slow(), Services(state=state, concurrency=int(sys.argv[3]))))
"""


def command(state: Path) -> list[str]:
    return [sys.executable, "-c", WORKER, str(state), str(LIMIT), str(PARALLEL)]


def kill_once(state: Path, generator: random.Random) -> bool:
    """Starts the run, kills it after some more calls; whether it was killed before its end."""
    calls = state / "calls"
    before = lines(calls)
    wanted = before + generator.randint(1, 2 * PARALLEL)
    process = subprocess.Popen(command(state), stderr=subprocess.DEVNULL)
    while process.poll() is None and lines(calls) < wanted:
        time.sleep(0.001)
    time.sleep(generator.random() * 0.008)
    os.kill(process.pid, signal.SIGKILL) if process.poll() is None else None
    return process.wait() == -signal.SIGKILL


def lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def check(state: Path, kills: int, seed: int = 0) -> None:
    generator = random.Random(seed)
    killed = 0
    # A run that ended before its kill is done; the next start would be another run.
    while killed < kills and kill_once(state, generator):
        killed += 1
    assert killed > kills // 2
    subprocess.run(command(state), check=True)
    (view,) = list_runs(state)
    assert view.status == "done"
    folder = state / "runs" / view.id
    assert verify_log(folder / "items.jsonl")[0] == count_items(folder) == LIMIT
    assert len({entry["id"] for entry in read_items(folder, 0, 999)}) == LIMIT
    asked = (state / "calls").read_text().splitlines()
    assert len(set(asked)) == LIMIT
    # Only what was under way when a kill came is asked again.
    assert len(asked) - LIMIT <= killed * PARALLEL


@pytest.mark.slow
def test_ten_kills_lose_nothing(tmp_path: Path) -> None:
    check(tmp_path, 10)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(20))
def test_two_hundred_kills_lose_nothing(tmp_path: Path, part: int) -> None:
    check(tmp_path, 10, seed=part + 1)
