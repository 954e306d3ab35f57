"""Models for workers that are processes of their own: what they do is seen in files."""

import contextlib
import os
import signal
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from pathlib import Path
from typing import Any

from aboveboard.models import ChatRequest, ChatResponse, Model, open_model
from aboveboard.models._fake import FakeModel
from aboveboard.testing import FakeLikelihoods


@dataclass(frozen=True)
class Script:
    """What a worker does with questions: each is written down in `folder`.

    The process dies by SIGKILL at a question that has `dies_at` in it, as often as `times` says.
    """

    folder: Path
    dies_at: str = ""
    times: int = 0

    def note(self, request: ChatRequest) -> None:
        text = "\n".join(message.content for message in request.messages)
        append(self.folder / "asked", repr(text))
        if self.dies_at and self.dies_at in text and lines(self.folder / "died") < self.times:
            append(self.folder / "died", str(os.getpid()))
            os.kill(os.getpid(), signal.SIGKILL)


class Scripted(FakeModel):
    """Echoes the question, after the script has seen it."""

    def __init__(self, script: Script, delay: float) -> None:
        super().__init__("scripted", {"delay": delay})
        self._seen_by = script

    async def chat(self, request: ChatRequest) -> ChatResponse:
        self._seen_by.note(request)
        return await super().chat(request)


def scripted(script: Script, delay: float = 0.0) -> Model:
    return Scripted(script, delay)


def with_digest(digest: str) -> Model:
    return open_model("scripted", "fake", {"digest": digest})


def without_weights() -> Model:
    return open_model("scripted", "local", {"path": "/nowhere/weights.gguf"})


def dies_at_opening() -> Model:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("it is dead")


def likely() -> Model:
    return FakeLikelihoods()


def processes(marker: str) -> dict[int, str]:
    """The processes whose environment holds `marker`, with their command lines."""
    found: dict[int, str] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if marker.encode() in (folder / "environ").read_bytes():
                found[int(folder.name)] = (folder / "cmdline").read_bytes().decode("utf-8", "replace")
    return found


def addresses(pids: Iterable[int]) -> list[str]:
    """The own addresses of all TCP sockets of processes, those that listen and those that are connected
    (proc(5), /proc/net/tcp)."""
    sockets = set()
    for pid in pids:
        with contextlib.suppress(OSError):
            sockets |= {str(each.readlink()) for each in Path(f"/proc/{pid}/fd").iterdir()}
    rows = [row.split() for name in ("tcp", "tcp6") for row in read(Path("/proc/net") / name)[1:]]
    return [_address(row[1]) for row in rows if f"socket:[{row[9]}]" in sockets]


def _address(shown: str) -> str:
    """Each four bytes are written as a number in the order of the processor."""
    digits = shown.partition(":")[0]
    words = [bytes.fromhex(digits[at : at + 8])[::-1] for at in range(0, len(digits), 8)]
    address = ip_address(b"".join(words))
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def append(path: Path, line: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def lines(path: Path) -> int:
    return len(read(path))


def read(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def comparable(entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entries of a per-item log in the order of their ids, without times and without their chain."""
    bare = [{key: value for key, value in one.items() if key not in ("prev", "seconds")} for one in entries]
    return sorted(bare, key=lambda one: str(one["id"]))
