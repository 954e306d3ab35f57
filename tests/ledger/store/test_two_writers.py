"""One of two processes that write is killed: nothing acknowledged is lost or twice, and the other goes on."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from aboveboard.database import Location
from aboveboard.ledger import LedgerReader, NoteSigner, check, export
from samples.places import CHILD, word_of

APPEND = """
import os, sys
from collections import deque
from samples.places import place_of
from aboveboard.ledger import Ledger, NoteSigner
place, key, name = sys.argv[1:]
with Ledger.open(place_of(place), signer=NoteSigner.from_text(key)) as ledger:
    waiting = deque()
    number = 0
    while True:
        entry = f"{name}-{number}"
        waiting.append((entry, ledger.append(entry.encode())))
        number += 1
        if len(waiting) > 30:
            entry, future = waiting.popleft()
            os.write(1, f"{future.result()} {entry}\\n".encode())
"""


def start(path: Location, signer: NoteSigner, name: str) -> "subprocess.Popen[str]":
    words = [sys.executable, "-c", APPEND, word_of(path), signer.to_text(), name]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=CHILD)


def read(process: "subprocess.Popen[str]", lines: int) -> list[tuple[int, str]]:
    """So many acknowledgements; fewer only when the process has ended."""
    assert process.stdout is not None
    found = []
    for _ in range(lines):
        index, _, entry = process.stdout.readline().rstrip("\n").partition(" ")
        if not entry:
            break
        found.append((int(index), entry))
    return found


def outlive(path: Location, signer: NoteSigner, kills: int) -> list[tuple[int, str]]:
    """One writes throughout, another is killed again and again; returns all that was acknowledged."""
    chance = random.Random(kills)
    steady = start(path, signer, "steady")
    acknowledged = read(steady, 1)
    for run in range(kills):
        killed = start(path, signer, f"killed{run}")
        acknowledged += read(killed, chance.randrange(1, 200))
        os.kill(killed.pid, signal.SIGKILL)
        acknowledged += read(killed, 10_000)
        killed.communicate()
        more = read(steady, 50)
        assert len(more) == 50, "the other was held up"
        acknowledged += more
    os.kill(steady.pid, signal.SIGKILL)
    acknowledged += read(steady, 1_000_000)
    steady.communicate()
    return acknowledged


def verify(path: Location, signer: NoteSigner, acknowledged: list[tuple[int, str]], folder: Path) -> None:
    with LedgerReader.open(path) as reader:
        entries = [entry.decode() for entry in reader.entries()]
        export(reader, folder)
    assert len(entries) == len(set(entries)), "an entry is there twice"
    assert all(entries[index] == entry for index, entry in acknowledged), "an acknowledged entry is lost"
    for name in {entry.partition("-")[0] for entry in entries}:
        numbers = [int(entry.partition("-")[2]) for entry in entries if entry.startswith(f"{name}-")]
        assert numbers == list(range(len(numbers))), "what a writer appended is there in order, without a gap"
    assert check(folder, signer.vkey).is_sound


def test_a_writer_goes_on_while_others_are_killed(path: Location, signer: NoteSigner, tmp_path: Path) -> None:
    acknowledged = outlive(path, signer, 2)
    assert len(acknowledged) > 100
    verify(path, signer, acknowledged, tmp_path / "out")


@pytest.mark.slow
def test_twenty_are_killed(path: Location, signer: NoteSigner, tmp_path: Path) -> None:
    verify(path, signer, outlive(path, signer, 20), tmp_path / "out")
