"""`kill -9` at any moment: nothing acknowledged is lost, nothing is there twice, history only grows."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from aboveboard.database import Location
from aboveboard.ledger import Ledger, LedgerReader, NoteSigner, check, export
from samples.places import CHILD, word_of


class Victim:
    """A process that appends and is killed, again and again."""

    def __init__(self, path: Location, signer: NoteSigner) -> None:
        program = Path(__file__).with_name("appender.py")
        self._process = subprocess.Popen(
            [sys.executable, str(program), word_of(path), signer.to_text()],
            env=CHILD,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def run_and_kill(self, run: int, after: float) -> list[tuple[int, str]]:
        """Lets it append for `after` seconds; returns what it said was durable."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{run}\n")
        acknowledged = []
        for line in self._process.stdout:
            word, _, rest = line.rstrip("\n").partition(" ")
            match word:
                case "pid":
                    threading.Thread(target=kill_later, args=(int(rest), after)).start()
                case "ack":
                    index, _, entry = rest.partition(" ")
                    acknowledged.append((int(index), entry))
                case _:
                    break
        return acknowledged

    def end(self) -> None:
        self._process.communicate(timeout=10)


def kill_later(process: int, after: float) -> None:
    time.sleep(after)
    os.kill(process, signal.SIGKILL)


@pytest.fixture
def victim(path: Location, signer: NoteSigner) -> Iterator[Victim]:
    running = Victim(path, signer)
    yield running
    running.end()


def outlive(victim: Victim, path: Location, signer: NoteSigner, kills: int) -> int:
    """Kills it so many times, and checks after each; returns how many entries the log then has."""
    chance = random.Random(kills)
    seen: dict[bytes, int] = {}
    size, root, span = 0, None, 0.12
    for run in range(kills):
        acknowledged = victim.run_and_kill(run, chance.uniform(0, span))
        span = 0.12 if acknowledged else min(2.0, 2 * span)  # a busy machine needs longer to begin at all
        if run % 2 or not acknowledged:
            # Every other time a reader is the first to come by; it sees the same.
            Ledger.open(path, signer=signer).close()
        with LedgerReader.open(path) as reader:
            for index, entry in acknowledged:
                assert reader.entry(index) == entry.encode(), "an acknowledged entry is lost"
            assert reader.size() >= size
            assert root is None or reader.root(size) == root, "history was rewritten"
            for index, found in enumerate(reader.entries(size), size):
                assert seen.setdefault(found, index) == index, "an entry is there twice"
            size, root = reader.size(), reader.root(reader.size())
    assert len(seen) == size
    return size


def test_ten_kills(victim: Victim, path: Location, signer: NoteSigner, tmp_path: Path) -> None:
    assert outlive(victim, path, signer, 10) > 0
    with LedgerReader.open(path) as reader:
        export(reader, tmp_path / "out")
    assert check(tmp_path / "out", signer.vkey).is_sound


@pytest.mark.slow
def test_many_kills(victim: Victim, path: Location, signer: NoteSigner, tmp_path: Path) -> None:
    kills = 200 if isinstance(path, Path) else 40  # a server's own recovery is tested by its makers
    assert outlive(victim, path, signer, kills) > 5 * kills
    with LedgerReader.open(path) as reader:
        export(reader, tmp_path / "out")
    assert check(tmp_path / "out", signer.vkey).is_sound
