"""Processes that are measured: started, waited for, weighed with all their children, ended (Linux)."""

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_READY_SECONDS = 180.0


@contextmanager
def running(
    command: Sequence[str | Path], port: int, environment: Mapping[str, str], output: Path
) -> Iterator[int]:
    """A process, once its port answers; raises SystemExit with what it wrote when it never does."""
    with output.open("wb") as written:
        child = subprocess.Popen(command, env=environment, stdout=written, stderr=written, cwd=output.parent)
        try:
            if not _is_open(port, lambda: child.poll() is not None):
                raise SystemExit(f"{command[0]} does not listen on {port}:\n{_last_lines(output)}")
            yield child.pid
        finally:
            child.terminate()
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                child.kill()


def cpu_seconds(pid: int) -> float:
    """User and system time of a process with its threads and children."""
    return sum(_cpu_seconds(each) for each in _tree(pid))


def resident_mb(pid: int) -> float:
    """Resident memory of a process and its children, in MB."""
    pages = sum(int(Path(f"/proc/{each}/statm").read_text().split()[1]) for each in _tree(pid))
    return pages * _PAGE / 1e6


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _tree(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += _tree(int(child))
    return found


def _is_open(port: int, has_ended: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline and not has_ended():
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.1)
    return False


def _last_lines(output: Path) -> str:
    return "\n".join(output.read_text(encoding="utf-8", errors="replace").splitlines()[-20:])
