"""Killed before each statement of an erasure while another gateway answers the person: all of it goes."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from aboveboard.evidence import Evidence, verify_receipt
from aboveboard.evidence.records import Erasure, SignOff
from samples import eraser
from samples.eraser import purgers
from samples.searching import files_of, found_in
from samples.traces import traces_of

NAME, WORDS = "customer-17", b"the heron sleeps in Quarry Lane"
_STRIDE, _MOST = 83, 1000
STRIDE = int(os.environ.get("ABOVEBOARD_STRIDE", "5"))

_WRITER = """
import os, sys, time
from pathlib import Path
from aboveboard.evidence import Evidence
from aboveboard.evidence.records import SignOff

with Evidence.open(Path(sys.argv[1]), database=sys.argv[2] or None) as evidence:
    person = evidence.pseudonym(sys.argv[3])
    while True:
        record = SignOff(
            subject="s", actor="a", data_subject=person, charter_digest="d", role="r", decision="approve")
        evidence.recorder.record(record, {"words": record.id.encode()})
        os.write(1, (record.id + "\\n").encode())
        time.sleep(0.03)
"""


@contextmanager
def another_gateway(state: Path, dsn: str | None) -> Iterator[list[str]]:
    """A process that records answers to the same person all the time; the ids of those it was sure of, filled
    once it has been killed.
    """
    words = [sys.executable, "-c", _WRITER, str(state), dsn or "", NAME]
    child = subprocess.Popen(words, stdout=subprocess.PIPE)
    assert child.stdout is not None
    ids = [child.stdout.readline().decode().strip()]
    try:
        yield ids
    finally:
        child.send_signal(signal.SIGKILL)
        ids += child.stdout.read().decode().splitlines()
        child.wait()
        child.stdout.close()


def fill(evidence: Evidence, state: Path) -> list[str]:
    """Answers to a person, and a file made from them that is called after the person; the answers' ids."""
    person = evidence.pseudonym(NAME)
    records = [
        SignOff(subject="s", actor="a", data_subject=person, charter_digest="d", role="r", decision="approve")
        for _ in range(3)
    ]
    for record in records:
        evidence.recorder.record(record, {"words": WORDS})
    (state / "made").mkdir(exist_ok=True)
    (state / "made" / f"of-{NAME}").write_bytes(WORDS)
    evidence.lineage.made_from("train-1", [person], kind="shard")
    evidence.lineage.made_from(f"of-{NAME}", ["shard:train-1"], kind="cache", purger="files")
    return [record.id for record in records]


class Eraser:
    """Another process that erases a person and kills itself before a statement of a given number."""

    def __init__(self, state: Path, dsn: str | None) -> None:
        words = [sys.executable, eraser.__file__, str(state), dsn or "", NAME]
        self._process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def was_killed(self, step: int) -> bool:
        """Whether it got to that statement; ends with the erasure otherwise."""
        assert self._process.stdin is not None and self._process.stdout is not None
        print(step, file=self._process.stdin, flush=True)
        said = self._process.stdout.readline().strip()
        assert said in ("killed", "ended"), "an erasure that is not killed comes to its end"
        return said == "killed"

    def close(self) -> None:
        self._process.communicate()


def check(evidence: Evidence, state: Path, ids: list[str]) -> None:
    """Opened again: never half of it, and asked again it is done."""
    erased = [evidence.reader.is_erased(each) for each in ids]
    assert all(erased) or not any(erased), "never half"
    evidence.erase(evidence.pseudonym(NAME), "asked", "role:dpo", name=NAME)
    assert all(map(evidence.reader.is_erased, ids))
    assert list((state / "made").iterdir()) == []
    events = [each for each in evidence.reader.find("erasure") if isinstance(each, Erasure)]
    intents = [each.id for each in events if each.stage == "intent"]
    assert sorted(each.links[0] for each in events if each.stage == "outcome") == sorted(intents)
    assert not any(NAME in each for event in events for each in (*event.purged, *event.remaining))
    assert evidence.lineage.sources(b"erasure:") == evidence.lineage.sources(b"renamed:") == []


def kill_at(steps: Iterator[int], state: Path, dsn: str | None) -> None:
    """Until an erasure ends before its killer comes to its number."""
    Evidence.open(state, database=dsn).close()
    with another_gateway(state, dsn) as answered, closing(Eraser(state, dsn)) as erasing:
        for step in steps:
            with Evidence.open(state, purgers=purgers(state), database=dsn) as evidence:
                ids = fill(evidence, state)
            was_killed = erasing.was_killed(step)
            with Evidence.open(state, purgers=purgers(state), database=dsn) as evidence:
                check(evidence, state, ids)
            if not was_killed:
                break
        else:
            pytest.fail(f"an erasure of over {_MOST} statements")
    finally_gone(state, dsn, answered)


def finally_gone(state: Path, dsn: str | None, answered: list[str]) -> None:
    """The other gateway has died as well: one more erasure leaves nothing of what it answered."""
    with Evidence.open(state, purgers=purgers(state), database=dsn) as evidence:
        person = evidence.pseudonym(NAME)
        wanted = traces_of(evidence, person) if evidence.reader.is_known(person) else []
        evidence.erase(person, "asked", "role:dpo", name=NAME)
        assert all(map(evidence.reader.is_erased, answered))
        assert evidence.held_about(person) == []
        assert not evidence.reader.is_known(person)
        for each in answered[-3:]:
            assert not verify_receipt(evidence.reader.receipt(each), evidence.vkey).disclosed
    content = b"".join(content for _, content in files_of(state))
    assert not any(trace in content for trace in wanted)
    assert found_in(files_of(state), [NAME, WORDS.decode()]) == []


def test_at_some_steps(tmp_path: Path, dsn: str | None) -> None:
    kill_at(iter(range(11, _MOST, _STRIDE)), tmp_path / "state", dsn)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_at_every_fifth_step(tmp_path: Path, dsn: str | None) -> None:
    """Other ones on the other engine: what runs above them is the same. ABOVEBOARD_STRIDE=1 takes all."""
    kill_at(iter(range(3 if dsn else 1, _MOST, STRIDE)), tmp_path / "state", dsn)
