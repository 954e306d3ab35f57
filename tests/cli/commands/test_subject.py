"""`aboveboard subject erase`: the content is gone for good, every proof still verifies."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from aboveboard.evidence import Evidence
from aboveboard.evidence.records import Erasure
from samples import World, sample_charter, sample_decision
from samples.commands import Ran, assert_sound

Command = Callable[..., Ran]
SECRET = b"I am Ann and I owe the baker four pounds."


@pytest.fixture
def answered(world: World, folder: Path) -> tuple[str, str]:
    """Two answers with kept words: one to ann, one to bob."""
    ids = []
    for name in ("ann", "bob"):
        decision = replace(
            sample_decision(sample_charter()), id=_fresh(), data_subject=world.evidence.pseudonym(name)
        )
        world.evidence.recorder.record(decision, {"words": SECRET})
        (folder / f"{name}.json").write_text(
            json.dumps(world.evidence.reader.receipt(decision.id)), encoding="utf-8"
        )
        ids.append(decision.id)
    world.evidence.close()
    (folder / ".aboveboard").symlink_to(world.state)
    return ids[0], ids[1]


def _fresh() -> str:
    from aboveboard.values import new_id

    return new_id()


def test_the_person_is_forgotten_and_nobody_else(
    command: Command, answered: tuple[str, str], folder: Path
) -> None:
    ran = command("subject", "erase", "ann", "--reason", "asked to be forgotten", "--yes")
    assert ran.code == 0, ran.err
    ann, bob = answered
    with Evidence.read(folder / ".aboveboard") as reader:
        assert reader.attachment(bob, "words") == SECRET
        with pytest.raises(Exception, match=r"(?i)erased|destroyed|gone|no such"):
            found = reader.attachment(ann, "words")
            assert found is not None, "erased: nothing is found"
        erasures = [each for each in reader.find("erasure") if isinstance(each, Erasure)]
        assert {each.stage for each in erasures} == {"intent", "outcome"}
        assert all("ann" not in each.erased_subject for each in erasures)


@pytest.mark.parametrize("reason", ["wish of ann", "Ann wrote on Monday", "(ann)"])
def test_a_reason_that_names_the_person_would_outlive_them_and_is_refused(
    command: Command, answered: tuple[str, str], reason: str
) -> None:
    ran = command("subject", "erase", "ann", "--reason", reason, "--yes")
    assert ran.code != 0
    assert "the reason names the person" in ran.err
    assert command("subject", "erase", "ann", "--reason", "the annual wish", "--yes").code == 0


def test_the_receipt_that_the_person_holds_still_verifies(
    command: Command, answered: tuple[str, str]
) -> None:
    assert command("verify", "ann.json").code == 0
    assert command("subject", "erase", "ann", "--reason", "asked", "--yes").code == 0
    assert command("verify", "ann.json").code == 0
    assert command("verify", "bob.json").code == 0


def test_the_log_is_as_sound_as_before(command: Command, answered: tuple[str, str], folder: Path) -> None:
    assert command("subject", "erase", "ann", "--reason", "asked", "--yes").code == 0
    assert_sound(folder)


def test_a_receipt_drawn_after_the_erasure_proves_the_entry_without_the_content(
    command: Command, answered: tuple[str, str], folder: Path
) -> None:
    command("subject", "erase", "ann", "--reason", "asked", "--yes")
    with Evidence.read(folder / ".aboveboard") as reader:
        bundle = json.dumps(reader.receipt(answered[0]))
    (folder / "after.json").write_text(bundle, encoding="utf-8")
    ran = command("verify", "after.json")
    assert ran.code == 0, ran.err
    assert "erased" in ran.out


def test_json_counts_what_was_destroyed(command: Command, answered: tuple[str, str]) -> None:
    outcome = command("subject", "erase", "ann", "--reason", "asked", "--yes", "--json").json
    assert (outcome["stage"], outcome["reason"]) == ("outcome", "asked")
    assert outcome["erased"] >= 1


def test_without_a_yes_nothing_is_destroyed(
    command: Command, answered: tuple[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: "n")
    ran = command("subject", "erase", "ann", "--reason", "asked")
    assert (ran.code, ran.err.splitlines()[-1]) == (130, "nothing was changed")
    with Evidence.read(folder / ".aboveboard") as reader:
        assert reader.attachment(answered[0], "words") == SECRET


def test_a_reason_is_required(command: Command) -> None:
    ran = command("subject", "erase", "ann", "--yes")
    assert ran.code == 3
    assert "--reason" in ran.err
