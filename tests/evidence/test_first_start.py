"""Several processes may be the first: whoever comes second finds what the first has made."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from aboveboard.evidence import Evidence
from aboveboard.evidence._store import Store
from aboveboard.evidence.records import Decision

START = """
import sys
from pathlib import Path
from aboveboard.cases import Cases
from aboveboard.database import locate
from aboveboard.evidence import Evidence
from aboveboard.evidence.records import Incident
state, dsn = Path(sys.argv[1]), sys.argv[2] or None
with Evidence.open(state, database=dsn) as evidence, Cases.open(locate(state, "cases", dsn)) as cases:
    case, incident = cases.draft_incident("crisis")
    evidence.recorder.record(incident)
    cases.add(case)
"""


@pytest.mark.slow
def test_processes_that_start_at_once_in_a_fresh_state_all_record(state: Path, dsn: str | None) -> None:
    def start(_: int) -> "subprocess.CompletedProcess[str]":
        words = [sys.executable, "-c", START, str(state), dsn or ""]
        return subprocess.run(words, capture_output=True, text=True, check=False)

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(start, range(8)))
    assert [each.stderr for each in done] == [""] * 8
    with Evidence.read(state, database=dsn) as reader:
        assert reader.count("incident") == reader.ledger.size() == 8


def test_what_another_wrote_while_this_one_opened_is_seen(
    state: Path, dsn: str | None, decision: Callable[..., Decision], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Store.__init__

    def slowly(self: Store, *arguments: Any) -> None:
        made(self, *arguments)
        if not raced:
            raced.append(True)
            with Evidence.open(state, database=dsn) as other:
                other.recorder.record(decision())

    raced: list[bool] = []
    Evidence.open(state, database=dsn).close()
    monkeypatch.setattr(Store, "__init__", slowly)
    with Evidence.open(state, database=dsn) as evidence:
        assert evidence.recorder.record(decision()).index == 1


def test_an_error_that_nobody_foresaw_ends_neither_the_thread_nor_the_wait(
    evidence: Evidence, decision: Callable[..., Decision], monkeypatch: pytest.MonkeyPatch
) -> None:
    again = decision()
    evidence.recorder.record(again)

    def broken(*_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr("aboveboard.evidence._recorder.already_recorded", broken)
    with pytest.raises(ZeroDivisionError):
        evidence.recorder.submit(again).result(timeout=10)
    assert evidence.recorder.submit(decision()).result(timeout=10).index == 1
