"""The workflow that the guide shows is one, and its commands are this program's."""

import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from aboveboard.cli._app import aboveboard

GUIDE = (Path(__file__).parents[2] / "docs" / "guides" / "assess-in-ci.md").read_text(encoding="utf-8")
(WORKFLOW,) = [text for text in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL) if "runs-on" in text]


@pytest.fixture
def steps() -> list[dict[str, Any]]:
    loaded = yaml.safe_load(WORKFLOW)
    (job,) = loaded["jobs"].values()
    found: list[dict[str, Any]] = job["steps"]
    return found


def test_the_workflow_has_the_shape_that_github_asks_for(steps: list[dict[str, Any]]) -> None:
    loaded = yaml.safe_load(WORKFLOW)
    assert loaded[True] == ["push"], "YAML 1.1 reads `on` as true; GitHub does not mind"
    assert all(("uses" in step) != ("run" in step) for step in steps)
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@v\d+", step["uses"]) for step in steps if "uses" in step)
    names = {step.get("id") for step in steps}
    for reference in re.findall(r"steps\.(\w+)\.", WORKFLOW):
        assert reference in names


def test_no_secret_is_written_on_a_command_line(steps: list[dict[str, Any]]) -> None:
    assert not [step for step in steps if "secrets." in str(step.get("run"))]


def test_every_command_is_one_with_these_options(steps: list[dict[str, Any]]) -> None:
    lines = [step["run"] for step in steps if str(step.get("run")).startswith("aboveboard ")]
    assert len(lines) == 3
    for line in lines:
        name, *arguments = shlex.split(re.split(r" [>|]", line)[0])[1:]
        command = aboveboard.get_command(click.Context(aboveboard), name)
        assert command is not None, name
        command.make_context(name, arguments, resilient_parsing=False).close()
