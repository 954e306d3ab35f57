"""`aboveboard compare`: two runs, a verdict on each measure, and refusals that say why."""

import json
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from aboveboard.evals._item_log import ItemLog
from samples.commands import ADMITS, DENIES, Ran, assert_clear_error

Command = Callable[..., Ran]
Write = Callable[..., Path]

CHARTER = f"""
charter: 1
system: {{name: Scripted helpdesk, purpose: Answers questions., context: general, not_for: [legal advice]}}
roles:
  accountable: {{title: Head of service, contact: accountable@example.org}}
models:
  - {{id: one, provider: fake, role: primary, options: {{reply: "{DENIES}"}}}}
  - {{id: two, provider: fake, role: other, options: {{reply: "{ADMITS}"}}}}
defaults: {{promises: false}}
promises:
  - {{id: says-it-is-ai, measure: transparency.disclosure.admits_ai, must: ">= 0.7", owner: accountable}}
"""
MEASURE = "transparency.disclosure.admits_ai"


@pytest.fixture
def runs(command: Command, write: Write) -> list[str]:
    """The ids of a run of each model."""
    write(CHARTER)
    return [command("assess", "--model", name, "--json").json["run"] for name in ("one", "two")]


def test_what_is_better_is_said_with_its_interval(command: Command, runs: list[str]) -> None:
    ran = command("compare", *runs, "--json")
    assert ran.code == 0
    (found,) = ran.json["measures"]
    assert (found["measure"], found["verdict"]) == (MEASURE, "better")
    assert (found["first"], found["second"], found["difference"]) == (0.0, 1.0, 1.0)
    assert found["interval"][0] > 0
    assert ran.json["items"] == {"transparency.disclosure": {"asked": 30, "answered": 30}}
    assert {each["test"] for each in ran.json["scores"]} == {"sign flip"}
    assert ran.json["changed_most"][0]["second"] == ADMITS


def test_the_other_way_about_it_is_worse_and_the_exit_code_says_so(command: Command, runs: list[str]) -> None:
    ran = command("compare", *reversed(runs))
    assert ran.code == 1
    assert f"✗ worse  {MEASURE}" in ran.out


def test_the_beginning_of_several_ids_names_them(command: Command, runs: list[str]) -> None:
    ran = command("compare", runs[0][:2], "latest")
    assert_clear_error(ran, f"2 runs begin with '{runs[0][:2]}'")
    assert runs[1] in ran.err


def test_a_run_against_itself_differs_nowhere(command: Command, runs: list[str]) -> None:
    ran = command("compare", runs[0], runs[0])
    assert ran.code == 0
    assert "= same" in ran.out
    assert "of the same model" in ran.out


def test_a_run_is_named_by_what_is_known_of_it(command: Command, runs: list[str], folder: Path) -> None:
    by_path = str(folder / ".aboveboard" / "runs" / runs[0])
    assert command("compare", by_path, "latest", "--json").json["second"]["run"] == runs[1]
    assert_clear_error(command("compare", "01ZZ", runs[0]), "unknown run", runs[0])


def test_the_page_opens_without_a_network_and_runs_nothing(
    command: Command, runs: list[str], folder: Path
) -> None:
    assert command("compare", *runs, "--html", "page.html").code == 0
    text = (folder / "page.html").read_text(encoding="utf-8")
    assert re.search(r'<svg class="plot kept"[^>]*role="img" aria-label="1, interval', text)
    assert "<script" not in text
    assert "told so. More is better." in text
    assert re.search(r'tally kept"><b>1</b>✓ better', text)
    assert not re.search(r'(src|href)="http', text)
    assert ADMITS in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--limit", "12"), "18 items are in one run only"),
        (("--suite", "privacy.leak", "--limit", "8"), "they share no suite"),
    ],
)
def test_runs_that_asked_something_else_are_refused(
    command: Command, runs: list[str], arguments: tuple[str, ...], said: str
) -> None:
    other = command("assess", *arguments, "--json").json["run"]
    assert_clear_error(command("compare", runs[0], other), said)


def test_what_both_were_asked_can_be_compared_all_the_same(command: Command, runs: list[str]) -> None:
    other = command("assess", "--model", "two", "--limit", "12", "--json").json["run"]
    ran = command("compare", runs[0], other, "--common", "--json")
    assert ran.json["items"]["transparency.disclosure"]["asked"] == 12


def test_another_version_of_a_suite_is_refused(command: Command, runs: list[str], folder: Path) -> None:
    state = folder / ".aboveboard" / "runs" / runs[0] / "run.json"
    state.write_text(state.read_text().replace('"suite_version": "1"', '"suite_version": "0"'))
    assert_clear_error(command("compare", *runs), "version 0 in one and 1 in the other")


def test_a_log_that_was_altered_is_refused(command: Command, runs: list[str], folder: Path) -> None:
    log = folder / ".aboveboard" / "runs" / runs[0] / "items.jsonl"
    log.write_text(log.read_text().replace(DENIES, ADMITS, 1))
    assert_clear_error(command("compare", *runs), "does not follow")


def test_a_log_that_was_altered_and_chained_anew_is_refused(
    command: Command, runs: list[str], folder: Path
) -> None:
    log = folder / ".aboveboard" / "runs" / runs[0] / "items.jsonl"
    entries = [json.loads(line) for line in log.read_text().splitlines()]
    log.unlink()
    with closing(ItemLog(log.parent)) as forged:
        for entry in entries:
            forged.append(entry | {"answer": ADMITS})
    assert_clear_error(command("compare", *runs), "it was changed since")


def test_a_line_that_lacks_what_every_line_has_is_a_clear_error(
    command: Command, runs: list[str], folder: Path
) -> None:
    run = folder / ".aboveboard" / "runs" / runs[0]
    (run / "items.jsonl").unlink()
    with closing(ItemLog(run)) as forged:
        forged.append({"id": "transparency.disclosure/x"})
        head = forged.head
    view = json.loads((run / "run.json").read_text()) | {"log_digest": head}
    (run / "run.json").write_text(json.dumps(view))
    assert_clear_error(command("compare", *runs), "not as a run is written")
