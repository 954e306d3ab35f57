"""`aboveboard report`: documents drawn from the evidence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from samples.commands import KEPT, Ran, assert_clear_error, run_program
from samples.server import running

Command = Callable[..., Ran]


def test_both_documents_name_the_records_they_rest_on(command: Command, assessed: Path) -> None:
    (promise,) = command("assess", "--json").json["promises"]
    paths = command("report", "--json").json
    assert set(paths) == {"report", "model card"}
    for path in paths.values():
        assert promise["record"] in (assessed / path).read_text(encoding="utf-8")


def test_they_go_where_one_wants(command: Command, assessed: Path) -> None:
    assert command("report", "--out", "here").code == 0
    assert {path.name for path in (assessed / "here").iterdir()} == {"report.html", "model-card.md"}


@pytest.mark.slow
def test_an_endpoint_has_a_report_of_its_own(folder: Path, write: Callable[..., Path]) -> None:
    write(KEPT)
    with running(folder) as served:
        address = f"{served.address}/v1"
        measured = run_program(folder, "--state", "guarded", "assess", "--base-url", address, "--json").json
        run_program(folder, "--state", "guarded", "report", "--base-url", address, "--out", "guarded")
        run_program(folder, "--state", "guarded", "report", "--out", "raw")
    record = measured["promises"][0]["record"]
    told = (folder / "guarded/report.html").read_text(encoding="utf-8")
    assert record in told
    assert f"measured on openai-compatible {address}" in told
    assert "measured on other weights" in (folder / "raw/report.html").read_text(encoding="utf-8")


def test_without_evidence_there_is_no_report(command: Command, write: Callable[..., Path]) -> None:
    write(KEPT)
    assert_clear_error(command("report"), "nothing has been recorded", "aboveboard assess")
    assert not (Path.cwd() / ".aboveboard").exists()


def test_a_report_drawn_by_a_reader_changes_no_evidence(command: Command, assessed: Path) -> None:
    before = (assessed / ".aboveboard/ledger.db").read_bytes()
    assert command("report").code == 0
    assert (assessed / ".aboveboard/ledger.db").read_bytes() == before
