"""Command lines run inside this process, in a folder of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aboveboard.cli._main import run
from samples.commands import KEPT, Ran

Command = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the commands run in; nothing of the real surroundings is set."""
    for name in (
        "ABOVEBOARD_STATE",
        "ABOVEBOARD_CHARTER",
        "ABOVEBOARD_DATA",
        "ABOVEBOARD_DATABASE",
        "ABOVEBOARD_VAULT_KEY",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def command(folder: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs one command line: `command("assess", "--json")`."""

    def ran(*arguments: str) -> Ran:
        capsys.readouterr()
        code = run(arguments)
        return Ran(code, *capsys.readouterr())

    return ran


@pytest.fixture
def write(folder: Path) -> Callable[..., Path]:
    """Writes a file into the folder: `write(KEPT)` the charter, `write(text, name)` another."""

    def written(text: str, name: str = "charter.yaml") -> Path:
        (folder / name).write_text(text, encoding="utf-8")
        return folder / name

    return written


@pytest.fixture
def assessed(folder: Path, command: Command, write: Callable[..., Path]) -> Path:
    """A folder with a charter that was assessed and kept."""
    write(KEPT)
    assert command("assess").code == 0
    return folder
