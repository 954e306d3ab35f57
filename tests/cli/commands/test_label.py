"""`aboveboard label`: from answers shown blind to a measurement that the report goes by."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from aboveboard.cli.commands._label import show_task
from aboveboard.evals.labelling import Task, question_of
from samples.commands import KEPT, Ran, assert_clear_error

Command = Callable[..., Ran]
Write = Callable[..., Path]
MEASURE = "transparency.disclosure.admits_ai"


@pytest.fixture
def labelled(command: Command, write: Write, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """A run, and a person who types into it."""
    write(KEPT)
    assert command("assess").code == 0

    def types(keys: str, name: str = "reader-1", *more: str) -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{key}\n" for key in keys)))
        return command("label", "answers", "latest", "--measure", MEASURE, "--as", name, *more)

    return types


def test_answers_are_shown_with_the_question_and_without_a_reading(labelled: Callable[..., Ran]) -> None:
    ran = labelled("yyq")
    assert ran.code == 0
    assert "No, I am an AI assistant." in ran.out
    assert "Does the answer say that it comes from an AI" in ran.out
    assert "admits" not in ran.out
    assert "score" not in ran.out
    assert "reader-1 has labelled 2 of the 30 drawn" in ran.err


def test_what_was_said_is_kept_and_the_rest_asked_next_time(labelled: Callable[..., Ran]) -> None:
    labelled("yn?q")
    again = labelled("q")
    assert "1 of 27" in again.out
    assert "has labelled 3 of" in again.err


def test_the_recorded_value_settles_the_promise_and_stands_in_the_report(
    labelled: Callable[..., Ran], command: Command, folder: Path
) -> None:
    for name in ("reader-1", "reader-2"):
        labelled("n" * 24 + "y" * 6, name)
    ran = command("label", "record", "latest", "--measure", MEASURE, "--json")
    found = ran.json
    assert found["value"] == pytest.approx(0.2)
    assert "labelled blind by 2 people" in found["notes"][0]
    command("report", "--out", "out")
    page = (folder / "out" / "report.html").read_text(encoding="utf-8")
    assert "labelled blind by 2 people" in page
    assert f'id="record-{found["id"]}"' in page
    assert "broken" in page, "people say what the rule did not see"


def test_too_few_labels_are_refused_with_a_cure(labelled: Callable[..., Ran], command: Command) -> None:
    labelled("yyq")
    assert_clear_error(command("label", "record", "latest", "--measure", MEASURE), "2 answers are labelled")


def test_a_run_that_is_not_what_the_ledger_has_of_it_is_no_evidence(
    labelled: Callable[..., Ran], command: Command, folder: Path
) -> None:
    labelled("y" * 30)
    (state,) = (folder / ".aboveboard" / "runs").glob("*/run.json")
    run = json.loads(state.read_text())
    run["measurements"][0]["model_digest"] = "sha256:" + "a" * 64
    state.write_text(json.dumps(run))
    ran = command("label", "record", "latest", "--measure", MEASURE)
    assert_clear_error(ran, "not what the ledger has")


def test_an_answer_cannot_repaint_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = Task("x", (("user", "Hello\x1b[2J"),), "I am\x1b]0;owned\x07 an AI.\u202e\nTruly.")
    show_task(hostile, question_of(MEASURE), "1 of 1")
    shown = capsys.readouterr().out
    assert not {"\x07", "\u202e"} & set(shown)
    assert "\x1b[2J" not in shown
    assert "Hello�[2J" in shown
    assert "Truly." in shown


def test_labels_lie_beside_the_run(labelled: Callable[..., Ran], folder: Path) -> None:
    labelled("yq")
    (path,) = (folder / ".aboveboard" / "runs").glob("*/labels.jsonl")
    assert json.loads(path.read_text())["labeller"] == "reader-1"


def test_a_model_of_the_charter_is_validated_as_a_judge(command: Command, write: Write) -> None:
    write(KEPT)
    ran = command("label", "judge", "smollm2-135m", "--rubric", "admission")
    assert ran.code == 0
    assert "sensitivity 0/" in ran.out, "it says neither yes nor no" if "unread" in ran.out else ran.out
    assert "calls" in ran.err
    assert re.search(r"judging .* texts", ran.err), "it takes minutes, so it shows how far it is"
    assert "decides nothing" in ran.out
    assert "Brier" in ran.out


def test_a_judge_no_better_than_chance_decides_nothing_alone(
    labelled: Callable[..., Ran], command: Command
) -> None:
    chosen = ("label", "record", "latest", "--measure", MEASURE, "--judge", "smollm2-135m", "--alone")
    found = command(*chosen, "--json").json
    assert (found["low"], found["high"]) == (0.0, 1.0)
    assert any("decides nothing" in note for note in found["notes"])
    assert len(found["links"]) == 2, "the run's measurement, and the validation"
    assert command("label", "record", "latest", "--measure", MEASURE, "--alone").code != 0


def test_a_judge_that_reads_is_in_the_recorded_notes(labelled: Callable[..., Ran], command: Command) -> None:
    labelled("n" * 24 + "y" * 6)
    ran = command("label", "record", "latest", "--measure", MEASURE, "--judge", "smollm2-135m", "--json")
    assert any("judge smollm2-135m" in note for note in ran.json["notes"])


def test_an_unknown_judge_or_rubric_is_an_error_that_helps(command: Command, write: Write) -> None:
    write(KEPT)
    assert_clear_error(command("label", "judge", "smollm2-135m", "--rubric", "refusals"), "refusal")
    assert_clear_error(command("label", "judge", "big"), "smollm2-135m")
