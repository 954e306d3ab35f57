"""A run's folder tells what it is and how far it got, whole at every moment."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from aboveboard.evals import EvalError, RunNotFoundError, RunView, list_runs, read_run
from aboveboard.evals._run_state import find_unfinished, write_run

VIEW = RunView(
    id="01A",
    plan_digest="p",
    status="running",
    model="m",
    model_digest="d",
    backend="b",
    suites=("bias.hiring",),
    profile="quick",
    seed=0,
    started="t",
    updated="t",
    planned=3,
)


def test_a_run_is_read_back(tmp_path: Path) -> None:
    write_run(tmp_path, VIEW)
    assert read_run(tmp_path) == VIEW


def test_a_missing_or_malformed_run_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(RunNotFoundError, match="no run"):
        read_run(tmp_path)
    (tmp_path / "run.json").write_text("[]")
    with pytest.raises(RunNotFoundError):
        read_run(tmp_path)
    (tmp_path / "run.json").write_text(json.dumps({"id": 1}))
    with pytest.raises(RunNotFoundError):
        read_run(tmp_path)


@pytest.mark.parametrize(
    "changed",
    [
        {"started": "../../elsewhere/x"},
        {"id": "../../elsewhere"},
        {"suites": ["../elsewhere"]},
        {"suites": 5},
        {"started": 3},
        {"limit": 1e400},
        {"measurements": [1]},
    ],
)
def test_a_run_of_somebody_else_names_no_file_and_has_every_field_of_its_type(
    tmp_path: Path, changed: dict[str, object]
) -> None:
    write_run(tmp_path, VIEW)
    content = json.loads((tmp_path / "run.json").read_text())
    (tmp_path / "run.json").write_text(json.dumps(content | changed))
    with pytest.raises(RunNotFoundError, match="no run can be read"):
        read_run(tmp_path)


def test_a_run_nested_too_deep_is_no_run(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("[" * 200_000)
    with pytest.raises(RunNotFoundError):
        read_run(tmp_path)


def test_runs_are_listed_newest_first_and_bad_ones_left_out(tmp_path: Path) -> None:
    for name in ("01A", "01C", "01B"):
        write_run(tmp_path / "runs" / name, replace(VIEW, id=name))
    (tmp_path / "runs" / "01D").mkdir()
    (tmp_path / "runs" / "01D" / "run.json").write_text("{")
    assert [view.id for view in list_runs(tmp_path)] == ["01C", "01B", "01A"]


def test_only_an_unfinished_run_of_the_same_plan_is_taken_up(tmp_path: Path) -> None:
    write_run(tmp_path / "runs" / "01A", VIEW)
    write_run(tmp_path / "runs" / "01B", replace(VIEW, id="01B", status="done"))
    write_run(tmp_path / "runs" / "01C", replace(VIEW, id="01C", plan_digest="other"))
    found = find_unfinished(tmp_path, "p")
    assert found is not None
    assert found.id == "01A"
    assert find_unfinished(tmp_path, "unknown") is None


def test_two_processes_never_write_into_one_anothers_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other process has its half-written file beside ours; ours is put in place and theirs left alone."""
    theirs: list[Path] = []

    def replace_late(fresh: Path, target: Path) -> Path:
        theirs.append(fresh)
        raise OSError("not yet")

    with monkeypatch.context() as late, pytest.raises(EvalError, match="not yet"):
        late.setattr(Path, "replace", replace_late)
        write_run(tmp_path, VIEW)
    assert not theirs[0].exists(), "nothing is left behind"
    theirs[0].write_text("half")
    write_run(tmp_path, VIEW)
    assert read_run(tmp_path) == VIEW
    assert theirs[0].read_text() == "half"
