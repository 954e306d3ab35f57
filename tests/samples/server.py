"""The whole house on a real socket, in a process of its own, over a scripted model."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAM = str(Path(sys.executable).with_name("aboveboard"))

SCRIPTED = """
charter: 1
system: {name: Scripted helpdesk, purpose: Answers questions., context: general, not_for: [legal advice]}
roles:
  accountable: {title: Head of service, contact: accountable@example.org}
models:
  - {id: smollm2-135m, provider: fake, role: primary}
"""


@dataclass(frozen=True)
class Server:
    """A running `aboveboard serve`."""

    address: str
    folder: Path
    process: "subprocess.Popen[str]"

    @property
    def state(self) -> Path:
        return self.folder / ".aboveboard"


@contextmanager
def running(folder: Path, *arguments: str, command: str = "serve") -> Iterator[Server]:
    """Starts the server on a free port, waits until it says where it is, and stops it as Ctrl-C does."""
    process = subprocess.Popen(
        [PROGRAM, command, "--port", "0", *arguments], cwd=folder, stderr=subprocess.PIPE, text=True
    )
    try:
        yield Server(_address(process), folder, process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
        assert process.stderr is not None
        process.stderr.close()


def _address(process: "subprocess.Popen[str]") -> str:
    assert process.stderr is not None
    seen = []
    for line in process.stderr:
        seen.append(line)
        found = re.search(r"gateway\s+(http://\S+)/v1|\"address\": \"(http://[^\"]+)\"", line)
        if found:
            return found[1] or found[2]
    raise AssertionError("the server did not start:\n" + "".join(seen))
