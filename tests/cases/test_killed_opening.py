"""kill -9 between a record and its case: what is on record gets its case, once, from whoever looks next."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from aboveboard.cases import CaseKind, Cases, CaseStatus, finish
from aboveboard.evidence import Evidence, record_once

OPENING = """
import os, signal, sys
from pathlib import Path
from aboveboard.cases import Cases
from aboveboard.evidence import Evidence

state, kind, deadly = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
step = 0

def trace(frame, event, _):
    # Counts the lines of opening, and dies at one of them.
    global step
    if frame.f_code.co_name not in ("opening", "add"):
        return None
    if event == "line":
        step += 1
        if step == deadly:
            os.kill(os.getpid(), signal.SIGKILL)
    return trace

def opening(evidence, cases):
    if kind == "incident":
        case, record = cases.draft_incident("crisis", data_subject="person:anna")
    else:
        case, record = cases.draft_appeal("D1", "wrong", "It is.", data_subject="person:anna")
    evidence.recorder.record(record, {})
    cases.add(case)

with Evidence.open(state) as evidence, Cases.open(state / "cases.db") as cases:
    sys.settrace(trace)
    opening(evidence, cases)
    sys.settrace(None)
print(step)
"""


def open_case(state: Path, kind: str, deadly: int) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", OPENING, str(state), kind, str(deadly)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, env={**os.environ}
    )


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["incident", "appeal"])
def test_killed_at_any_line_there_are_a_record_and_its_case_or_neither(tmp_path: Path, kind: str) -> None:
    done = open_case(tmp_path / "whole", kind, 0)
    assert done.returncode == 0, done.stderr
    seen = []
    for deadly in range(1, int(done.stdout) + 1):
        state = tmp_path / str(deadly)
        assert open_case(state, kind, deadly).returncode == -signal.SIGKILL
        with Evidence.open(state) as evidence, Cases.open(state / "cases.db") as cases:
            finish(cases, evidence.reader)
            finish(cases, evidence.reader)
            records, found = evidence.reader.find(kind), cases.list(kind)
            assert len(records) == len(found) <= 1
            assert [each.record for each in found] == [each.id for each in records]
            seen.append(len(found))
    assert seen == sorted(seen)
    assert {0, 1} == set(seen)


@pytest.mark.parametrize("kind", [CaseKind.INCIDENT, CaseKind.APPEAL])
def test_the_case_that_is_opened_again_is_the_one_that_was_meant(tmp_path: Path, kind: CaseKind) -> None:
    with Evidence.open(tmp_path) as evidence, Cases.open(tmp_path / "cases.db") as cases:
        if kind is CaseKind.INCIDENT:
            meant, incident = cases.draft_incident("crisis", decision="D1")
            evidence.recorder.record(incident)
        else:
            meant, appeal = cases.draft_appeal("D1", "wrong", "It is.", actor="key:7")
            evidence.recorder.record(appeal)
        (opened,) = finish(cases, evidence.reader)
        assert cases.get(meant.id) == meant
        assert opened.reference


def test_what_was_decided_and_deleted_since_is_not_opened_again(tmp_path: Path) -> None:
    with Evidence.open(tmp_path) as evidence, Cases.open(tmp_path / "cases.db") as cases:
        case, record = cases.draft_incident("crisis")
        evidence.recorder.record(record)
        cases.add(case)
        review = cases.draft_decision(case.id, "mitigated", "Done.", "role:reviewer")
        cases.decide(review, lambda each, _: record_once(evidence.recorder, evidence.reader, each))
        cases.purge("2999-01-01T00:00:00.000Z")
        assert finish(cases, evidence.reader) == []
        assert cases.list(status=CaseStatus.OPEN) == []


def test_whoever_was_only_slow_keeps_their_case_and_is_told_its_reference(tmp_path: Path) -> None:
    with Evidence.open(tmp_path) as evidence, Cases.open(tmp_path / "cases.db") as cases:
        case, record = cases.draft_appeal("D1", "wrong", "It is.")
        evidence.recorder.record(record)
        assert len(finish(cases, evidence.reader)) == 1  # another gateway starts at this moment
        kept = cases.add(case)
        assert cases.by_reference(kept.reference).id == case.id
        assert len(cases.list()) == 1
