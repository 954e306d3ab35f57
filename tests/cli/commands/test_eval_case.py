"""`aboveboard eval-case`: from a complaint to a test, without the person in it."""

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from aboveboard.cases import Cases
from aboveboard.evidence import Evidence
from samples import sample_charter, sample_decision
from samples.commands import KEPT, Ran, assert_clear_error

Command = Callable[..., Ran]
Write = Callable[..., Path]
PERSON = "person:7f3a"
PROMPT = [
    {"role": "system", "text": "You help with benefits."},
    {"role": "user", "text": "I am Emily Olson, emily.olson@example.org. May I appeal?"},
]


@pytest.fixture
def complaint(folder: Path, write: Write) -> str:
    """The id of an appeal against an answer whose words are kept."""
    write(KEPT)
    state = folder / ".aboveboard"
    state.mkdir(mode=0o700)
    decision = sample_decision(sample_charter())
    with Evidence.open(state) as evidence, Cases.open(state / "cases.db") as cases:
        evidence.recorder.record(decision, {"prompt": json.dumps(PROMPT).encode()})
        case, appeal = cases.draft_appeal(decision.id, "unfair", "They called me a liar.")
        evidence.recorder.record(appeal, {"words": b"They called me a liar."})
        cases.add(case)
    return case.id


def test_a_complaint_becomes_a_test_without_the_person(
    command: Command, complaint: str, folder: Path
) -> None:
    ran = command("eval-case", complaint, "--lacks", "liar", "--answers", "--json")
    assert ran.code == 0, ran
    made = ran.json["case"]
    assert [each["role"] for each in made["messages"]] == ["system", "user"]
    assert "May I appeal?" in made["messages"][1]["content"]
    assert "Emily" not in json.dumps(made)
    assert "example.org" not in json.dumps(made)
    assert made["expect"] == {"lacks": ["liar"], "refuses": False}
    path = Path(ran.json["file"])
    assert stat.S_IMODE((folder / path).stat().st_mode) == 0o600


def test_what_must_not_be_said_holds_no_personal_data_either(
    command: Command, complaint: str, folder: Path
) -> None:
    given = ("--lacks", "write to emily.olson@example.org", "--contains", "call +44 20 7946 0958")
    ran = command("eval-case", complaint, *given)
    assert ran.code == 0, ran
    (path,) = (folder / ".aboveboard" / "data" / "own-cases").iterdir()
    kept = path.read_text()
    assert "example.org" not in kept + ran.err
    assert "7946" not in kept + ran.err
    stand_in = ran.err.partition("write to ")[2].split()[0].strip(",")
    assert kept.count(stand_in) == 2, "what the request may say, the answer must not: one stand-in for both"
    assert "--lacks reads now: write to" in ran.err


def test_the_test_is_asked_by_its_suite_and_is_in_the_lineage(
    command: Command, complaint: str, folder: Path
) -> None:
    command("eval-case", complaint, "--lacks", "liar")
    assessed = command("assess", "--suite", "own.cases", "--json")
    (measured,) = assessed.json["measurements"]
    assert (measured["measure"], measured["value"], measured["n"]) == ("own.cases.passed", 1.0, 1)
    with Evidence.open(folder / ".aboveboard") as evidence:
        assert f"eval-case:own.cases/{complaint}" in {e.name for e in evidence.lineage.of_kind("eval-case")}
        run = f"run:{assessed.json['run']}"
        assert run in {each.name for each in evidence.lineage.of_kind("run")}, "so that erasing reaches it"


def test_what_should_have_been_said_must_be_said(command: Command, complaint: str) -> None:
    assert_clear_error(command("eval-case", complaint), "--contains")


def test_a_case_that_is_not_there_is_named(command: Command, complaint: str) -> None:
    assert_clear_error(command("eval-case", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "--lacks", "x"), "case")
