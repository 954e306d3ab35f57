"""`aboveboard misuse`: who is on the ladder, and off it again."""

from pathlib import Path

import pytest

from aboveboard.evidence import Evidence
from aboveboard.misuse import Duties, Ladder, MisuseRule, Rung, Seen
from samples.commands import assert_clear_error, run_program

KEY = "key:0123456789"


@pytest.fixture
def folder(scripted: Path) -> Path:
    state = scripted / ".aboveboard"
    with Evidence.open(state) as evidence, Ladder.open(state / "misuse.db") as ladder:
        for _ in range(10):
            ladder.note(Seen((KEY,), 1, True, ""))

        def record(step: object) -> None:
            evidence.recorder.record(step)  # type: ignore[arg-type]  # any record

        ladder.round(MisuseRule(most=Rung.SUSPEND), Duties(record))
    return scripted


def test_it_is_listed_shown_and_lifted(folder: Path) -> None:
    (row,) = run_program(folder, "misuse", "list", "--json").json
    assert (row["holder"], row["rung"], row["because of"]) == (KEY, "slow", "blocks")
    shown = run_program(folder, "misuse", "show", KEY, "--json").json
    assert [each["to"] for each in shown["steps"]] == ["slow", "watch"]
    assert shown["steps"][0]["hits"] == "5 of 5"
    assert run_program(folder, "misuse", "lift", KEY, "--reason", "A test of ours.").code == 0
    assert run_program(folder, "misuse", "list").err.strip() == "nobody is on the ladder"
    assert "A test of ours." in run_program(folder, "misuse", "show", KEY).out
    assert_clear_error(run_program(folder, "misuse", "lift", KEY, "--reason", "Again."), "not on the ladder")
