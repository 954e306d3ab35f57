"""An assessment that asks what somebody said: forgetting them reaches its log and the cache of answers."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aboveboard.evals import list_runs, load_suite, read_items
from aboveboard.evals._cache import CACHE, AnswerCache
from aboveboard.evals._item import Options
from aboveboard.evidence import Evidence
from aboveboard.mitigation._division import halves
from samples.commands import KEPT, Ran

Command = Callable[..., Ran]
SUITE = "transparency.disclosure"


def an_item() -> str:
    """One that an assessment asks, and a trial of mitigations before it knows what helps."""
    return f"{SUITE}/{halves(load_suite(SUITE), Options()).tried_on[0].id}"


@pytest.fixture(params=["the suite", "one item"])
def asked(request: pytest.FixtureRequest, folder: Path, command: Command) -> Path:
    """A state in which a suite, or an item of it, was made from what Ann said, and then asked."""
    (folder / "charter.yaml").write_text(KEPT, encoding="utf-8")
    case = SUITE if request.param == "the suite" else an_item()
    with Evidence.open(folder / ".aboveboard") as evidence:
        evidence.lineage.made_from(case, [evidence.pseudonym("ann")], kind="eval-case")
        evidence.lineage.made_from("other/1", [evidence.pseudonym("bob")], kind="eval-case")
    assert command("assess").code == 0
    return folder / ".aboveboard"


def answers(state: Path) -> int:
    with AnswerCache(state / CACHE) as cache:
        return len(cache)


def runs_with(state: Path, item: str) -> list[str]:
    """The runs whose log has an item."""
    logs = {view.id: read_items(state / "runs" / view.id, 0, 999) for view in list_runs(state)}
    return [run for run, entries in logs.items() if any(entry["id"] == item for entry in entries)]


def test_the_lineage_leads_to_the_run_and_the_cache(command: Command, asked: Path) -> None:
    (run,) = list_runs(asked)
    (case,) = command("subject", "lineage", "ann", "--json").json["made_from_it"]
    assert case["on_erasure"] == "take it out of its suite"
    assert {each["name"]: each["on_erasure"] for each in case["made_from_it"]} == {
        f"run:{run.id}": "purged by `runs`",
        "cache:answers": "purged by `answers`",
    }
    (of_bob,) = command("subject", "lineage", "bob", "--json").json["made_from_it"]
    assert of_bob["made_from_it"] == []


def test_an_erasure_purges_both_and_the_receipt_says_what_remains(command: Command, asked: Path) -> None:
    (run,) = list_runs(asked)
    assert answers(asked) > 0
    erased = command("subject", "erase", "ann", "--reason", "asked", "--yes", "--receipt", "r", "--json")
    assert erased.code == 0
    record = command("verify", "r", "--json").json["record"]
    assert record["purged"][:3] == ["cache:answers", f"run:{run.id}", "cases"]
    assert [each for each in record["remaining"] if each.endswith("take it out of its suite")]
    assert (list_runs(asked), answers(asked)) == ([], 0)


def test_an_erasure_reaches_what_a_trial_of_mitigations_asked(
    command: Command, asked: Path, folder: Path
) -> None:
    own = folder / "own.yaml"
    own.write_text("- {name: kinder, kind: instruction, instruction: Be kind.}", encoding="utf-8")
    tried = command("mitigate", "says-it-is-ai", "--candidates", str(own), "--only-own")
    assert tried.code < 3, tried.err
    assert len(runs_with(asked, an_item())) > 1
    assert command("subject", "erase", "ann", "--reason", "asked", "--yes").code == 0
    assert runs_with(asked, an_item()) == []


def test_on_hold_neither_goes_whoever_else_is_forgotten(command: Command, asked: Path) -> None:
    with Evidence.open(asked) as evidence:
        (case,) = [each for each in evidence.lineage.of_kind("eval-case") if "other" not in each.name]
        evidence.lineage.made_from(case.name.partition(":")[2], [evidence.pseudonym("bob")], kind="eval-case")
    command("subject", "hold", "ann", "--reason", "a claim", "--until", "2099-12-31")
    command("subject", "erase", "bob", "--reason", "asked", "--yes")
    assert (len(list_runs(asked)), answers(asked) > 0) == (1, True)
    command("subject", "release", "ann", "--reason", "settled")
    assert command("subject", "requests").code == 0
    assert (list_runs(asked), answers(asked)) == ([], 0)


def test_where_no_case_was_made_from_anybody_nothing_is_noted(assessed: Path) -> None:
    with Evidence.open(assessed / ".aboveboard") as evidence:
        assert evidence.lineage.of_kind("run") == evidence.lineage.of_kind("cache") == []
