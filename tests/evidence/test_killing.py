"""Killed at any moment: every acknowledged record is there, once, readable and provable."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from aboveboard.database import locate
from aboveboard.evidence import Evidence, verify_receipt
from aboveboard.ledger import LedgerReader

_CHILD = """
import sys, os
from collections import deque
from pathlib import Path
from aboveboard.evidence import Evidence
from aboveboard.evidence.records import SignOff

evidence = Evidence.open(Path(sys.argv[1]), database=sys.argv[2] or None)
waiting = deque()
print("open", flush=True)
while True:
    record = SignOff(
        subject="charter", actor="role:a", data_subject=f"person:{len(waiting) % 3}",
        charter_digest="sha256:0", role="a", decision="approve",
    )
    waiting.append(evidence.recorder.submit(record, {"words": record.id.encode()}))
    if len(waiting) > 40:
        # Written with one system call, so that a line is whole or not there at all.
        os.write(1, (waiting.popleft().result().id + "\\n").encode())
"""


def _run_and_kill(state: Path, dsn: str | None, seconds: float) -> list[str]:
    """Starts a recording process, kills it after it has worked for a while; returns what it acknowledged."""
    child = subprocess.Popen([sys.executable, "-c", _CHILD, str(state), dsn or ""], stdout=subprocess.PIPE)
    assert child.stdout is not None
    opened = child.stdout.readline()
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    said = child.stdout.read().decode().splitlines()
    child.wait()
    child.stdout.close()
    assert opened == b"open\n"
    return said


def _check(state: Path, dsn: str | None, acknowledged: list[str], sample: random.Random) -> None:
    with Evidence.open(state, database=dsn) as evidence:
        assert evidence._store.pending() == []
        found = Counter[str](each for (each,) in evidence.reader._fetch("SELECT id FROM records", []))
        assert set(acknowledged) <= set(found)
        assert max(found.values(), default=1) == 1
        for record_id in sample.sample(acknowledged, min(20, len(acknowledged))):
            assert verify_receipt(evidence.reader.receipt(record_id), evidence.vkey).id == record_id
            assert evidence.reader.get(record_id).id == record_id
            assert evidence.reader.attachment(record_id, "words") == record_id.encode()
    with LedgerReader.open(locate(state, "ledger", dsn)) as ledger:
        entries = list(ledger.entries())
    assert len(entries) == len(set(entries)) == sum(found.values())


def _kill_repeatedly(state: Path, dsn: str | None, times: int) -> int:
    chance = random.Random(2026)
    acknowledged: list[str] = []
    for _ in range(times):
        acknowledged += _run_and_kill(state, dsn, chance.uniform(0.0, 0.25))
        _check(state, dsn, acknowledged, chance)
    return len(acknowledged)


def test_three_kills(state: Path, dsn: str | None) -> None:
    assert _kill_repeatedly(state, dsn, 3) > 0


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_many_kills(state: Path, dsn: str | None) -> None:
    kills = 30 if dsn else 60
    assert _kill_repeatedly(state, dsn, kills) > 10 * kills
