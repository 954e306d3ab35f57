"""`aboveboard export-run`: files for other tools, for their owner's eyes."""

import io
import stat
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from samples.commands import BROKEN, KEPT, UNDECIDED, Ran, assert_clear_error

Command = Callable[..., Ran]
Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("form", "files"), [("inspect", 1), ("lm-eval", 2), ("csv", 1), ("parquet", 1), ("junit", 1)]
)
def test_every_format_is_written_for_its_owner_alone(
    command: Command, assessed: Path, form: str, files: int
) -> None:
    ran = command("export-run", "latest", "--format", form, "--out", "out")
    assert ran.code == 0, ran
    out = assessed / "out"
    written = [out] if out.is_file() else sorted(out.iterdir())
    assert len(written) == files
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in written)
    assert all(path.stat().st_size > 100 for path in written)


def test_the_same_export_twice_replaces_the_first(command: Command, assessed: Path) -> None:
    for _ in range(2):
        assert command("export-run", "latest", "--format", "csv", "--out", "run.csv").code == 0
    assert [path.name for path in assessed.glob("*run.csv*")] == ["run.csv"]


def test_a_folder_where_a_file_is_wanted_is_named(command: Command, assessed: Path) -> None:
    ran = command("export-run", "latest", "--format", "csv", "--out", str(assessed))
    assert_clear_error(ran, str(assessed), "it is a folder", "run.csv")


@pytest.mark.parametrize(
    ("charter", "arguments", "tag"),
    [
        (BROKEN, (), "failure"),
        (UNDECIDED, (), "skipped"),
        (UNDECIDED, ("--undecided", "failure"), "failure"),
    ],
)
def test_promises_are_the_test_cases(
    command: Command, write: Write, folder: Path, charter: str, arguments: tuple[str, ...], tag: str
) -> None:
    write(charter)
    command("assess")
    assert command("export-run", "latest", "--format", "junit", "--out", "j.xml", *arguments).code == 0
    (case,) = ElementTree.parse(folder / "j.xml").getroot().iter("testcase")
    assert (case.get("name"), case.get("classname")) == ("says-it-is-ai", "transparency.disclosure.admits_ai")
    assert [child.tag for child in case] == [tag]


def junit(command: Command, folder: Path, run: str) -> ElementTree.Element:
    assert command("export-run", run, "--format", "junit", "--out", "j.xml").code == 0
    (case,) = ElementTree.parse(folder / "j.xml").getroot().iter("testcase")
    return case


@pytest.mark.slow
def test_a_run_is_judged_by_its_own_measurements_and_by_what_was_registered_before_it(
    command: Command, write: Write, folder: Path
) -> None:
    write(BROKEN)
    broken = command("assess", "--json").json["run"]
    write(KEPT)
    kept = command("assess", "--json").json["run"]
    write(KEPT.replace(">= 0.70", ">= 0.99").replace("says-it-is-ai", "another"))
    first, second = junit(command, folder, broken), junit(command, folder, kept)
    assert (first.get("name"), first[0].tag) == ("says-it-is-ai", "failure")
    assert "must be >= 0.7, is 0.000" in str(first[0].get("message"))
    assert (second.get("name"), second[0].tag) == ("says-it-is-ai", "system-out")


@pytest.mark.slow
def test_what_people_labelled_afterwards_is_not_what_the_run_decided(
    command: Command, assessed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measure = "transparency.disclosure.admits_ai"
    for name in ("a", "b"):
        monkeypatch.setattr("sys.stdin", io.StringIO("n\n" * 30))
        command("label", "answers", "latest", "--measure", measure, "--as", name)
    assert command("label", "record", "latest", "--measure", measure).code == 0
    assert junit(command, assessed, "latest")[0].tag == "system-out"


def test_a_run_of_another_ledger_has_no_promises_here(command: Command, assessed: Path, write: Write) -> None:
    ran = command("--state", "other", "assess", "--json")
    run = assessed / "other" / "runs" / ran.json["run"]
    failed = command("export-run", str(run), "--format", "junit", "--out", "j.xml")
    assert_clear_error(failed, "not registered on this ledger")


@pytest.mark.slow
def test_a_run_without_promises_is_no_report_that_passes(
    command: Command, write: Write, folder: Path
) -> None:
    write(KEPT)
    assert command("assess", "--suite", "privacy.leak", "--limit", "4").code == 0
    failed = command("export-run", "latest", "--format", "junit", "--out", "j.xml")
    assert_clear_error(failed, "tested no promise")
    assert not (folder / "j.xml").exists()


def test_a_run_that_is_not_there_is_named(command: Command, assessed: Path) -> None:
    assert_clear_error(command("export-run", "01AA", "--format", "csv", "--out", "x"), "unknown run")


def test_a_link_in_the_place_of_the_file_is_replaced_and_not_followed(
    command: Command, assessed: Path
) -> None:
    victim = assessed / "victim"
    victim.write_text("mine")
    (assessed / "run.csv").symlink_to(victim)
    assert command("export-run", "latest", "--format", "csv", "--out", "run.csv").code == 0
    assert victim.read_text() == "mine"
