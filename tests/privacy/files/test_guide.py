"""The guide's commands and code do what it says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[3] / "docs/guides/scan-and-mask-files.md"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.S | re.M)


def blocks(language: str) -> list[str]:
    return [text for found, text in FENCE.findall(GUIDE.read_text(encoding="utf-8")) if found == language]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the guide works on."""
    (tmp_path / "inbox").mkdir()
    rows = [f"{30 + n % 2},A1,none,{name}@example.com" for n, name in enumerate(["ann", "bob", "eve", "joe"])]
    table = "\n".join(["age,zip,illness,mail", *rows]) + "\n"
    (tmp_path / "inbox/people.csv").write_text(table, encoding="utf-8")
    (tmp_path / "app.log").write_text("login of ann@example.com\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path


@pytest.mark.slow
def test_the_commands_work_in_their_order(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:/usr/bin:/bin")
    commands = [line for text in blocks("sh") for line in text.splitlines()]
    assert len(commands) >= 6
    for command in commands:
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode in (0, 1), f"{command}\n{done.stderr}"
        assert "Traceback" not in done.stderr
    assert (folder / "back/people.csv").read_bytes() == (folder / "inbox/people.csv").read_bytes()
    assert "a…" not in (folder / "masked/people.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", blocks("python"))
def test_the_code_works(folder: Path, code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    for expected in re.findall(r"print\(.*\)  # (.*)", code):
        assert expected in done.stdout
    assert done.stdout


def test_every_option_is_one_that_there_is(folder: Path) -> None:
    from aboveboard.cli.commands._privacy import command

    known = {name for each in command.commands.values() for option in each.params for name in option.opts}
    assert set(re.findall(r"--[a-z][a-z-]+", GUIDE.read_text(encoding="utf-8"))) <= known
