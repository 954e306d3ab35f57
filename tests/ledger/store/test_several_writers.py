"""Several processes write to one log: each batch takes its turn, nothing is lost, twice or out of place."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from aboveboard.database import Location, open_for_writing
from aboveboard.ledger import (
    Ledger,
    LedgerBusyError,
    LedgerReader,
    LedgerWriteError,
    NoteSigner,
    check,
    export,
)
from aboveboard.ledger.store import LEDGER
from samples.places import CHILD, word_of

APPEND = """
import sys
from dataclasses import replace
from samples.places import place_of
from aboveboard.ledger import Ledger, NoteSigner
path, key, name, count = sys.argv[1:]
with Ledger.open(place_of(path), signer=NoteSigner.from_text(key)) as ledger:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(int(count)):
        entry = f"{name} {number}".encode()
        print(ledger.append(entry).result(), entry.decode(), flush=True)
"""


def start(path: Location, signer: NoteSigner, name: str, count: int) -> "subprocess.Popen[str]":
    words = [sys.executable, "-c", APPEND, word_of(path), signer.to_text(), name, str(count)]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=CHILD)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def acknowledged(process: "subprocess.Popen[str]") -> dict[int, str]:
    out, _ = process.communicate("go\n", timeout=60)
    return {int(index): entry for index, entry in (line.split(" ", 1) for line in out.splitlines())}


def test_processes_that_append_at_once_share_one_history(
    path: Location, signer: NoteSigner, tmp_path: Path
) -> None:
    writers = [start(path, signer, name, 150) for name in ("a", "b", "c")]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    places = [acknowledged(writer) for writer in writers]
    with LedgerReader.open(path) as reader:
        entries = [entry.decode() for entry in reader.entries()]
        export(reader, tmp_path / "public")
    assert len(entries) == len(set(entries)) == 450
    assert all(entries[index] == entry for each in places for index, entry in each.items())
    assert check(tmp_path / "public", signer.vkey).is_sound


def test_a_writer_sees_what_another_has_appended_since(path: Location, signer: NoteSigner) -> None:
    with Ledger.open(path, signer=signer) as first, Ledger.open(path, signer=signer) as second:
        assert first.append(b"one").result() == 0
        assert second.append(b"two").result() == 1
        assert first.append(b"two").result() == 1
        assert first.append_many([b"two", b"three", b"one"]).result() == [1, 2, 0]


def test_a_killed_writer_blocks_nobody(path: Location, signer: NoteSigner) -> None:
    killed = start(path, signer, "a", 1_000_000)
    assert killed.stdin is not None
    assert killed.stdout is not None
    killed.stdin.write("go\n")
    killed.stdin.flush()
    killed.stdout.readline()
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate()
    with Ledger.open(path, signer=signer) as ledger:
        assert ledger.append(b"a 0").result() == 0


def test_one_that_does_not_let_go_is_named_as_the_reason(
    path: Location, signer: NoteSigner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aboveboard.ledger.store._connection.LEDGER", replace(LEDGER, patience=0.05))
    with Ledger.open(path, signer=signer) as ledger:
        holder = open_for_writing(path, LEDGER)
        holder.begin()
        with pytest.raises(LedgerBusyError, match="does not let go"):
            ledger.append(b"one").result()
        holder.rollback()
        holder.close()
        assert ledger.append(b"one").result() == 0


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, signer: NoteSigner) -> None:
    with pytest.raises(LedgerWriteError, match="could not be written") as caught:
        Ledger.open(tmp_path / "nowhere" / "ledger.db", signer=signer)
    assert "nowhere" in str(caught.value)
