"""One setting puts ledger, evidence and cases into a PostgreSQL; every command works with it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from samples.commands import KEPT, Ran, assert_sound
from samples.postgres import SampleDatabase

Command = Callable[..., Ran]
PASSWORD = "geheim-4711"


@pytest.fixture
def setting(database: SampleDatabase, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The environment names a database, with a password that the server does not ask for."""
    address = database.address.replace("postgres@", f"postgres:{PASSWORD}@")
    monkeypatch.setenv("ABOVEBOARD_DATABASE", address)
    return address


@pytest.fixture
def kept(setting: str, command: Command, write: Callable[..., Path]) -> Ran:
    write(KEPT)
    return command("assess")


def files(folder: Path) -> set[str]:
    return {path.name for path in (folder / ".aboveboard").iterdir()}


def test_an_assessment_is_recorded_there_and_not_in_files(
    kept: Ran, folder: Path, database: SampleDatabase
) -> None:
    assert kept.code == 0
    assert files(folder).isdisjoint({"ledger.db", "evidence.db", "cases.db"})
    assert "keys" in files(folder)
    assert database.execute("SELECT count(*) FROM aboveboard_evidence.records WHERE kind = 'measurement'")[0][
        0
    ]


def test_the_log_can_be_exported_and_checked(kept: Ran, command: Command, folder: Path) -> None:
    assert command("ledger", "export", "exported").code == 0
    assert command("ledger", "check", "exported").code == 0
    assert json.loads(command("ledger", "check", "exported", "--json").out)["size"] > 0


def test_the_report_is_drawn_from_there(kept: Ran, command: Command, folder: Path) -> None:
    assert command("report").code == 0
    assert (folder / ".aboveboard/report/report.html").exists()


def test_the_doctor_names_the_database_and_not_its_password(kept: Ran, command: Command) -> None:
    ran = command("doctor")
    assert "PostgreSQL 1" in ran.out
    assert "reachable as postgres" in ran.out
    assert PASSWORD not in ran.out + ran.err


def test_the_option_goes_before_the_environment(kept: Ran, command: Command) -> None:
    ran = command("--database", "postgresql://x@127.0.0.1:1/x", "doctor")
    assert ran.code == 3
    assert "cannot be reached" in ran.out


def test_an_empty_setting_means_the_files(
    command: Command, folder: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ABOVEBOARD_DATABASE", "")
    write(KEPT)
    assert command("assess").code == 0
    assert "ledger.db" in files(folder)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"postgresql://clerk:{PASSWORD}@127.0.0.1:1/house", "cannot be reached"),
        (f"postgresql://clerk:{PASSWORD}@127.0.0.1:1/house?wrong={PASSWORD}", "wrong"),
        (f"mysql://clerk:{PASSWORD}@127.0.0.1/house", "not an address of PostgreSQL"),
        (f"postgresql://clerk:a/b@{PASSWORD}@127.0.0.1:1/house", "ABOVEBOARD_DATABASE"),
    ],
)
def test_a_setting_that_does_not_work_says_what_to_do_without_the_password(
    command: Command, write: Callable[..., Path], address: str, said: str
) -> None:
    write(KEPT)
    for words in (["assess"], ["doctor"], ["ledger", "export", "out"]):
        ran = command("--database", address, *words)
        assert ran.code == 3
        assert said in ran.out + ran.err
        assert PASSWORD not in ran.out + ran.err
        assert "Traceback" not in ran.err


def test_a_second_gateway_without_the_keys_is_told_to_copy_them(
    kept: Ran, command: Command, folder: Path
) -> None:
    ran = command("--state", "elsewhere", "assess")
    assert ran.code == 3
    assert "need the same keys" in ran.err
    assert not list((folder / "elsewhere").rglob("*.key"))


def test_with_the_same_keys_a_second_state_directory_goes_on(
    kept: Ran, command: Command, folder: Path
) -> None:
    (folder / "elsewhere").mkdir(mode=0o700)
    (folder / ".aboveboard/keys").rename(folder / "elsewhere/keys")
    assert command("--state", "elsewhere", "assess").code == 0
    (folder / "elsewhere/keys").rename(folder / ".aboveboard/keys")
    assert_sound(folder)
