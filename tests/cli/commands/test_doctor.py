"""`aboveboard doctor`: what works, what does not, what to do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from samples.commands import KEPT, Ran

Command = Callable[..., Ran]


def findings(ran: Ran) -> dict[str, Any]:
    return {each["what"]: each for each in ran.json}


def test_in_good_surroundings_nothing_is_bad_that_we_set_up(command: Command, assessed: Path) -> None:
    found = findings(command("doctor", "--json"))
    assert {name: found[name]["good"] for name in ("charter", "state", "evidence")} == {
        "charter": True,
        "state": True,
        "evidence": True,
    }
    assert "checkpoint verifies" in found["evidence"]["detail"]


def test_before_anything_was_done_it_says_what_to_do(command: Command, folder: Path) -> None:
    ran = command("doctor")
    assert ran.code == 3
    assert "aboveboard init" in ran.out
    assert "nothing recorded yet" in ran.out


def test_looking_leaves_nothing_behind(command: Command, folder: Path) -> None:
    command("doctor")
    assert not list(folder.iterdir())


@pytest.mark.parametrize("name", ["ledger.db", "evidence.db"])
def test_a_damaged_database_is_named(command: Command, assessed: Path, name: str) -> None:
    (assessed / ".aboveboard" / name).write_bytes(b"garbage" * 4096)
    ran = command("doctor", "--json")
    assert ran.code == 3
    assert name in findings(ran)["evidence"]["detail"]


def test_a_key_that_others_can_read_is_named(command: Command, assessed: Path) -> None:
    (assessed / ".aboveboard/keys/log.key").chmod(0o644)
    ran = command("doctor")
    assert ran.code == 3
    assert "log.key" in ran.out
    assert "chmod 600" in ran.out


def test_one_bad_thing_hides_no_other(command: Command, write: Callable[..., Path]) -> None:
    write(KEPT.replace("fake", "fak"))
    ran = command("doctor")
    assert "did you mean 'fake'?" in ran.out
    assert "energy" in ran.out


def test_a_key_that_is_not_set_is_named(command: Command, write: Callable[..., Path]) -> None:
    write(KEPT.replace("role: primary,", "role: primary, api_key_env: ABSENT_KEY,"))
    ran = command("doctor", "--json")
    assert ran.code == 3
    assert "ABSENT_KEY" in findings(ran)["keys of models"]["detail"]
