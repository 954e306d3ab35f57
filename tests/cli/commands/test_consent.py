"""`aboveboard consent`: who agreed to what, after reading which notice."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aboveboard.values import digest_bytes
from samples.commands import Ran

Command = Callable[..., Ran]


@pytest.fixture
def given(command: Command, folder: Path) -> Path:
    (folder / "notice.txt").write_text("We send a letter a month.", encoding="utf-8")
    ran = command("consent", "give", "ann", "--purpose", "letter", "--version", "3", "--notice", "notice.txt")
    assert ran.code == 0, ran.err
    return folder


def test_what_was_given_holds_and_its_notice_can_be_proved(command: Command, given: Path) -> None:
    assert command("consent", "check", "ann", "--purpose", "letter").code == 0
    (row,) = command("consent", "list", "ann", "--json").json
    assert (row["purpose"], row["in_force"], row["basis"], row["notice"]) == ("letter", True, "consent", "3")
    assert row["notice_digest"] == digest_bytes((given / "notice.txt").read_bytes())


def test_what_was_withdrawn_holds_no_more(command: Command, given: Path) -> None:
    assert command("consent", "withdraw", "ann", "--purpose", "letter").code == 0
    assert command("consent", "check", "ann", "--purpose", "letter").code == 1
    earlier = command("consent", "check", "ann", "--purpose", "letter", "--at", "2026-01-01", "--json")
    assert earlier.json == {"purpose": "letter", "consent": False}


def test_a_withdrawal_of_what_was_not_in_force_is_registered_and_said(command: Command, given: Path) -> None:
    misspelt = command("consent", "withdraw", "ann", "--purpose", "leter")
    assert (misspelt.code, "none was in force" in misspelt.err) == (0, True)
    assert "none was in force" not in command("consent", "withdraw", "ann", "--purpose", "letter").err
    assert "none was in force" in command("consent", "withdraw", "ann", "--purpose", "letter").err


def test_nobody_agrees_for_another(command: Command, given: Path) -> None:
    assert command("consent", "check", "bob", "--purpose", "letter").code == 1
    assert command("consent", "check", "ann", "--purpose", "research").code == 1
    assert "no consent" in command("consent", "list", "bob").err


def test_a_moment_that_is_none(command: Command, given: Path) -> None:
    ran = command("consent", "check", "ann", "--purpose", "letter", "--at", "last May")
    assert (ran.code, "not a day or moment" in ran.err) == (3, True)


def test_a_person_without_a_name(command: Command, given: Path) -> None:
    assert command("consent", "withdraw", " ", "--purpose", "letter").code == 3


def test_a_consent_that_is_yet_to_come_is_refused(command: Command, given: Path) -> None:
    words = ("--purpose", "letter", "--version", "3", "--notice", "notice.txt", "--at", "2099-01-01")
    ran = command("consent", "give", "bob", *words)
    assert (ran.code, "yet to come" in ran.err) == (3, True)
    assert command("consent", "check", "bob", "--purpose", "letter", "--at", "2099-02-01").code == 1


def test_the_bases_offered_are_those_of_the_law() -> None:
    from aboveboard.cli.commands import _consent
    from aboveboard.evidence.records import BASES

    assert _consent._BASES == BASES  # said twice so that help does not load the evidence
