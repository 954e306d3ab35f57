#!/usr/bin/env python3
"""Many mixed requests with failing upstreams: is memory flat, and is each accounted for exactly once?

    benchmarks/gateway/soak.py [--requests 100000] [--connections 16] [--faults 0.01]

`aboveboard serve` with the default guards, before an endpoint that fails for one answer in a hundred (error
statuses, closed connections, garbage, cut answers). Requests go to every endpoint, streamed and not, with and
without personal data; one client in a hundred goes away in mid-answer. Every answer names its receipt. At the
end the receipts are compared with the decisions in the evidence, and the exported log is checked by
`aboveboard ledger check`. Ends with 1 when anything is missing, double, or unaccounted for.
"""

import argparse
import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from gateway.load import close
from gateway.processes import free_port, resident_mb, running
from gateway.systems import SYSTEMS, Place

HERE = Path(__file__).parent
_QUARTERS = 4
_GONE_AWAY = 0.01
_TEXTS = (
    "Please summarise this ticket for me: the customer cannot log in since Monday. " * 4,
    "Write to anna.schmidt@example.org and tell her that card 4111 1111 1111 1111 was declined.",
    "My password is correct horse 9!battery; why does it not work?",
    "Grüße 👋 from 東京: when does the office open?",
)
_BODIES = {
    "/v1/chat/completions": lambda text: {"messages": [{"role": "user", "content": text}]},
    "/v1/completions": lambda text: {"prompt": text},
    "/v1/responses": lambda text: {"input": text},
    "/v1/messages": lambda text: {"messages": [{"role": "user", "content": text}], "max_tokens": 100},
    "/v1/embeddings": lambda text: {"input": [text, "and this"]},
}


@dataclass
class Soak:
    """The clients. `receipts` are those that answers named; `unread`: asked, and gone before any answer."""

    port: int
    left: int
    chance: random.Random
    receipts: list[str] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    unread: int = 0

    async def run(self, connections: int) -> None:
        """Asks until none are left."""
        await asyncio.gather(*[self._client() for _ in range(connections)])

    async def _client(self) -> None:
        while self.left > 0:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 22)
            try:
                await self._ask_on(reader, writer)
            except (asyncio.IncompleteReadError, ConnectionError):
                self.unread += 1
            finally:
                await close(writer)

    async def _ask_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Asks while the connection can be used."""
        is_open = True
        while self.left > 0 and is_open:
            self.left -= 1
            is_open = await self._ask(reader, writer)

    async def _ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request; whether the connection can be used again."""
        writer.write(self._request())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        named = (line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        lines = {name.lower(): value for name, value in named}
        self.statuses[head[9:12]] += 1
        self.receipts.append(lines.get("x-aboveboard-receipt", ""))
        if self.chance.random() < _GONE_AWAY:
            return False
        if "content-length" in lines:
            await reader.readexactly(int(lines["content-length"]))
        else:
            while size := int(await reader.readline(), 16):
                await reader.readexactly(size + 2)
            await reader.readline()
        return lines.get("connection") != "close"

    def _request(self) -> bytes:
        path = self.chance.choice(list(_BODIES))
        body = {"model": "m", **_BODIES[path](self.chance.choice(_TEXTS))}
        if path != "/v1/embeddings" and self.chance.random() < 0.5:
            body["stream"] = True
        data = json.dumps(body).encode()
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Type: application/json\r\n"
        return f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data


async def watched(soak: Soak, connections: int, pid: int) -> list[float]:
    """Runs the soak; resident memory in MB, read ten times a second."""
    memory: list[float] = []
    task = asyncio.create_task(soak.run(connections))
    while not task.done():
        memory.append(resident_mb(pid))
        await asyncio.wait([task], timeout=0.1)
    await task
    return memory


def by_quarter(memory: list[float]) -> list[float]:
    """The median of each quarter of the run."""
    size = max(1, len(memory) // _QUARTERS)
    return [statistics.median(memory[start : start + size]) for start in range(0, size * _QUARTERS, size)]


def faults_of(soak: Soak, asked: int, recorded: list[str]) -> Iterator[str]:
    """What is wrong with the account, in words."""
    decisions, receipts = Counter(recorded), Counter(soak.receipts)
    if twice := [one for one, count in decisions.items() if count > 1]:
        yield f"{len(twice)} decisions are recorded twice"
    if receipts.pop("", 0):
        yield "some answers named no receipt"
    if missing := receipts.keys() - decisions.keys():
        yield f"{len(missing)} receipts have no decision"
    if shared := [one for one, count in receipts.items() if count > 1]:
        yield f"{len(shared)} receipts were given to several requests"
    if len(decisions) != asked:
        yield f"{asked} requests were made, {len(decisions)} decisions are recorded"


def recorded_in(state: Path) -> list[str]:
    """The ids of all decisions in the evidence."""
    from aboveboard.evidence import Reader, every

    with Reader.open(state) as reader:
        return [record.id for record in every(reader, "decision")]


def complaints_of(ledger: list[str], log: Path) -> Iterator[str]:
    """What the independent check of the exported log says, if it finds anything."""
    for command in ([*ledger, "export", str(log)], [*ledger, "check", str(log)]):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            yield f"ledger {command[len(ledger)]}: {done.stdout}{done.stderr}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--faults", type=float, default=0.01, help="share of upstream answers that fail")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(run(options, Path(folder)))


def run(options: argparse.Namespace, folder: Path) -> int:
    """Soaks, counts, prints; 1 when something is wrong."""
    upstream, place_port = free_port(), free_port()
    place, ours = Place(place_port, upstream, folder), SYSTEMS["aboveboard"]
    failing = [sys.executable, HERE / "faulty_upstream.py", str(upstream), str(options.faults)]
    serving = [str(each) for each in ours.command(ours.bin, place)]
    soak = Soak(place_port, options.requests, random.Random(11))
    began = time.perf_counter()
    with (
        running(failing, upstream, os.environ, folder / "upstream.log"),
        running(serving, place_port, os.environ, folder / "gateway.log") as pid,
    ):
        memory = asyncio.run(watched(soak, options.connections, pid))
    elapsed = time.perf_counter() - began
    found = list(faults_of(soak, options.requests, recorded_in(folder / "state")))
    found += complaints_of([*serving[:5], "ledger"], folder / "log")
    statuses = ", ".join(f"{status}: {count:,}" for status, count in sorted(soak.statuses.items()))
    print(f"{options.requests:,} requests in {elapsed:,.0f} s ({statuses}; cut off: {soak.unread})")
    print(f"memory by quarter: {', '.join(f'{each:.0f}' for each in by_quarter(memory))} MB")
    print("accounted for exactly once" if not found else "\n".join(found))
    return bool(found)


if __name__ == "__main__":
    main()
