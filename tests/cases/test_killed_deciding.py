"""kill -9 between any two steps of deciding: no decision without a record, no record without its effect."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from aboveboard.cases import Cases, CaseStatus, Holds, finish
from aboveboard.evidence import Evidence, record_once
from aboveboard.evidence.records import Decision

DECIDING = """
import os, signal, sys
from functools import partial
from pathlib import Path
from aboveboard.cases import Cases, Holds
from aboveboard.evidence import Evidence, record_once

state, case, deadly = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
package, step = os.sep + "aboveboard" + os.sep + "cases" + os.sep, 0

def trace(frame, event, _):
    # Counts the lines of deciding, and dies at one of them.
    global step
    if package not in frame.f_code.co_filename or frame.f_code.co_name not in ("decide", "keep_decision"):
        return None
    if event == "line":
        step += 1
        if step == deadly:
            os.kill(os.getpid(), signal.SIGKILL)
    return trace

with Evidence.open(state) as evidence, Cases.open(state / "cases.db") as cases:
    record = partial(record_once, evidence.recorder, evidence.reader)
    holds = Holds(cases, evidence.reader, record)
    sys.settrace(trace)
    holds.decide(case, "edited", "I have read it.", "role:reviewer", text="Mine.")
    sys.settrace(None)
print(step)
"""
HELD = json.dumps({"words": True}).encode()


def opened(state: Path) -> str:
    """The case of a new held answer."""
    decision = Decision(
        subject="answer",
        actor="gateway",
        data_subject="person:anna",
        endpoint="/v1/chat/completions",
        streamed=False,
        model="m",
        model_digest="sha256:" + "0" * 64,
        provider="fake",
        charter_digest="sha256:" + "1" * 64,
        system="Desk",
        accountable="Head",
        guards=(),
        outcome="hold",
    )
    with Evidence.open(state) as evidence, Cases.open(state / "cases.db") as cases:
        evidence.recorder.record(decision, {"held": HELD})
        return cases.add(cases.draft_hold(decision.id, "toxicity")).id


def decide(state: Path, case: str, deadly: int) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", DECIDING, str(state), case, str(deadly)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, env={**os.environ}
    )


def is_whole(state: Path, case: str) -> bool:
    """Whether the case is decided; with a record exactly then, and the reviewer's words beside it."""
    with Evidence.open(state) as evidence, Cases.open(state / "cases.db") as cases:
        reviews = evidence.reader.find("review")
        finish(cases, evidence.reader)
        is_decided = cases.get(case).status is CaseStatus.DECIDED
        assert len(reviews) == is_decided
        hold = Holds(cases, evidence.reader, lambda record, _: record).get(case)
        assert (hold.status, hold.text) == (("edited", "Mine.") if is_decided else ("pending", ""))
        return is_decided


@pytest.mark.slow
def test_a_reviewer_killed_at_any_line_has_decided_wholly_or_not_at_all(tmp_path: Path) -> None:
    first = tmp_path / "whole"
    done = decide(first, opened(first), 0)
    assert done.returncode == 0, done.stderr
    seen = []
    for deadly in range(1, int(done.stdout) + 1):
        state = tmp_path / str(deadly)
        case = opened(state)
        killed = decide(state, case, deadly)
        assert killed.returncode == -signal.SIGKILL, (deadly, killed.stderr)
        seen.append(is_whole(state, case))
        if not seen[-1]:
            assert decide(state, case, 0).returncode == 0
            assert is_whole(state, case)
    assert seen == sorted(seen)  # there is one moment from which on it is decided
    assert {True, False} == set(seen)


def test_the_record_is_what_counts(tmp_path: Path) -> None:
    case = opened(tmp_path)
    with Evidence.open(tmp_path) as evidence, Cases.open(tmp_path / "cases.db") as cases:
        review = cases.draft_decision(case, "released", "Read.", "role:reviewer")
        assert record_once(evidence.recorder, evidence.reader, review) == review
        later = cases.draft_decision(case, "withheld", "No.", "role:other")
        assert record_once(evidence.recorder, evidence.reader, later) == review
