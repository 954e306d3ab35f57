"""Killed at any moment of an erasure: the person is forgotten or can be, and no outcome tells half of it."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aboveboard.evidence import Evidence, Purgers, verify_receipt
from aboveboard.evidence.records import Erasure, SignOff

PERSON = "person:anna-0123456789"
WORDS = b"the heron sleeps in Quarry Lane"
MADE = tuple(f"export:{number:02}" for number in range(12))

_CHILD = """
import os, sys, time
from pathlib import Path
from aboveboard.evidence import Evidence, Purgers

state = Path(sys.argv[1])

def purge(artifact):
    time.sleep(0.004)
    (state / "made" / artifact.partition(":")[2]).unlink(missing_ok=True)
    return ""

with Evidence.open(state, purgers=Purgers(named={"files": purge}), database=sys.argv[3] or None) as evidence:
    os.write(1, b"open\\n")
    evidence.erase(sys.argv[2], "asked", "role:dpo")
    os.write(1, b"done\\n")
"""


def _fill(state: Path, dsn: str | None) -> list[str]:
    """A person with records, and files made from them; the ids of the records."""
    (state / "made").mkdir(parents=True, exist_ok=True)
    with Evidence.open(state, purgers=_purgers(state), database=dsn) as evidence:
        records = [
            SignOff(
                subject="s", actor="a", data_subject=PERSON, charter_digest="d", role="r", decision="approve"
            )
            for _ in range(30)
        ]
        for record in records:
            evidence.recorder.submit(record, {"words": WORDS})
        for name in MADE:
            (state / "made" / name.partition(":")[2]).write_bytes(WORDS)
            evidence.lineage.made_from(name.partition(":")[2], [PERSON], kind="export", purger="files")
    return [record.id for record in records]


def _purgers(state: Path) -> Purgers:
    def purge(artifact: str) -> str:
        (state / "made" / artifact.partition(":")[2]).unlink(missing_ok=True)
        return ""

    return Purgers(named={"files": purge})


def _kill(state: Path, dsn: str | None, seconds: float) -> bool:
    """Erases in a process that is killed after a while; whether it had acknowledged the erasure."""
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(state), PERSON, dsn or ""],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"open\n"
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    said = child.stdout.read()
    child.wait()
    child.stdout.close()
    return said == b"done\n"


def _check(state: Path, dsn: str | None, ids: list[str], *, acknowledged: bool) -> bool:
    """Opens again: all is gone, or nothing was claimed and all can go; whether the first was so."""
    with Evidence.open(state, purgers=_purgers(state), database=dsn) as evidence:
        events = [each for each in evidence.reader.find("erasure") if isinstance(each, Erasure)]
        intents = {each.id for each in events if each.stage == "intent"}
        outcomes = [each for each in events if each.stage == "outcome"]
        assert {each.links[0] for each in outcomes} == intents
        assert len(outcomes) == len(intents)
        was_erased = all(map(evidence.reader.is_erased, ids))
        assert was_erased or not any(map(evidence.reader.is_erased, ids)), "never half"
        assert was_erased == bool(intents - _earlier(outcomes, ids))
        assert was_erased or not acknowledged
        if not was_erased:
            assert evidence.erase(PERSON, "asked", "role:dpo").erased == 60
        newest = max((each for each in evidence.reader.find("erasure")), key=lambda each: each.time)
        assert isinstance(newest, Erasure)
        assert (newest.erased, newest.purged) == (60, MADE)
        elsewhere = ("PostgreSQL: its write-ahead log", "backups made before")
        assert all(each.startswith(elsewhere) for each in newest.remaining)
        assert list((state / "made").iterdir()) == []
        for record_id in ids:
            assert not verify_receipt(evidence.reader.receipt(record_id), evidence.vkey).disclosed
    return was_erased


def _earlier(outcomes: list[Erasure], ids: list[str]) -> set[str]:
    """The intents of earlier rounds: those whose id is older than the first record of this one."""
    return {each.links[0] for each in outcomes if each.links[0] < ids[0]}


def _kill_repeatedly(state: Path, dsn: str | None, times: int) -> int:
    chance, erased = random.Random(2027), 0
    for _ in range(times):
        ids = _fill(state, dsn)
        erased += _check(state, dsn, ids, acknowledged=_kill(state, dsn, chance.uniform(0.0, 0.12)))
    return erased


def test_two_kills(tmp_path: Path, dsn: str | None) -> None:
    _kill_repeatedly(tmp_path / "state", dsn, 2)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_many_kills(tmp_path: Path, dsn: str | None) -> None:
    kills = 20 if dsn else 40
    assert 0 < _kill_repeatedly(tmp_path / "state", dsn, kills) <= kills
