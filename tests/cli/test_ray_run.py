"""`aboveboard assess --batch ray`: on the loopback address alone, and nothing is left of it after Ctrl-C."""

import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

import pytest

from aboveboard.evals import count_items, list_runs, read_items
from samples.cluster import addresses, processes
from samples.commands import SLOW

pytestmark = [pytest.mark.ray, pytest.mark.timeout(300)]
ASSESS = ("assess", "--suite", "privacy.leak", "--limit", "60", "--batch", "ray", "--workers", "2")


def start(folder: Path, marker: str) -> "subprocess.Popen[bytes]":
    """In a process group of its own, as a shell does; Ctrl-C goes to all of it."""
    return subprocess.Popen(
        [sys.executable, "-m", "aboveboard.cli", *ASSESS],
        cwd=folder,
        env={**os.environ, "MARKED_BY_A_TEST": marker},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def until(is_so: Callable[[], object], seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def logged(state: Path) -> int:
    return sum(count_items(folder) for folder in (state / "runs").glob("*"))


def test_ctrl_c_leaves_nothing_behind_and_the_same_command_goes_on(tmp_path: Path) -> None:
    (tmp_path / "charter.yaml").write_text(SLOW, encoding="utf-8")
    state, marker = tmp_path / ".aboveboard", uuid.uuid4().hex
    process = start(tmp_path, marker)
    until(lambda: logged(state) >= 10 or process.poll() is not None)
    running = processes(marker)
    assert any("ray::Worker" in line for line in running.values())
    found = addresses(running)
    assert len(found) > 5
    assert all(ip_address(address).is_loopback for address in found), "nothing listens or connects elsewhere"
    folders = {each for line in running.values() for each in re.findall(r"/tmp/ab-[^/]+", line)}
    assert all(Path(folder).stat().st_mode & 0o777 == 0o700 for folder in folders)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 130, said
    assert b"Traceback" not in said
    until(lambda: not processes(marker))
    assert len(folders) == 1
    assert not any(Path(folder).exists() for folder in folders)

    before = list_runs(state)[0]
    assert before.status == "interrupted"
    assert 10 <= before.done < 60
    again = start(tmp_path, marker)
    _, said = again.communicate(timeout=120)
    assert again.returncode in (0, 1, 2), said
    after = list_runs(state)[0]
    assert (after.id, after.status, after.done, after.failed) == (before.id, "done", 60, 0)
    assert after.cached >= before.done
    assert len({entry["id"] for entry in read_items(state / "runs" / after.id, 0, 99)}) == 60
    until(lambda: not processes(marker))
