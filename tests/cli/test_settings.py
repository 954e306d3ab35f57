"""What the settings refuse."""

from collections.abc import Callable
from pathlib import Path

import pytest

from samples.commands import KEPT, Ran, assert_clear_error

Command = Callable[..., Ran]
Write = Callable[..., Path]


def test_a_folder_of_data_that_is_not_there_is_a_slip_and_is_not_made(
    command: Command, write: Write, folder: Path
) -> None:
    write(KEPT)
    ran = command("--data", "dtaa", "assess")
    assert_clear_error(ran, "dtaa: there is no such folder of data", "--data (or ABOVEBOARD_DATA)")
    assert not (folder / "dtaa").exists()


def test_the_same_by_the_environment_and_what_needs_no_data_does_not_mind(
    command: Command, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(KEPT)
    monkeypatch.setenv("ABOVEBOARD_DATA", "dtaa")
    assert_clear_error(command("up", "--no-serve"), "no such folder of data")
    assert command("charter", "explain").code == 0
