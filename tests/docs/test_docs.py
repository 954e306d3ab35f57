"""The documentation is held to the code: links lead somewhere, lists are complete, pages are fresh."""

import re
import tomllib
from pathlib import Path

import pytest

from aboveboard.cli._app import COMMANDS
from aboveboard.registry import plugins
from samples.docs import load_build, page

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)(#[^)]*)?\)")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    dead = [
        target
        for target, _ in LINK.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert not dead


def test_the_command_reference_is_what_the_commands_say() -> None:
    assert page("reference/cli.md") == load_build().cli_reference(), "run `make docs`"


def test_the_picture_is_what_the_project_draws() -> None:
    assert page("pictures/overview.svg") == load_build().overview(), "run `make docs`"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_reference(command: str) -> None:
    assert f"## aboveboard {command}" in page("reference/cli.md")


@pytest.mark.parametrize("guard", plugins("aboveboard.guards"))
def test_every_guard_has_its_place(guard: str) -> None:
    assert f"\n## {guard}\n" in page("reference/guards.md")


@pytest.mark.parametrize("provider", plugins("aboveboard.models"))
def test_every_provider_has_its_place(provider: str) -> None:
    assert f"`{provider}`" in page("reference/models.md")


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    table = page("reference/dependencies.md")
    names = [re.split(r"[><=;\s]", requirement)[0] for requirement in project["dependencies"]]
    assert [name for name in names if name not in table] == []


def test_every_setting_from_the_environment_is_documented() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/aboveboard/cli").rglob("*.py"))
    names = set(re.findall(r"ABOVEBOARD_[A-Z_]+", source))
    pages = "".join(path.read_text(encoding="utf-8") for path in PAGES)
    assert {name for name in names if name not in pages} == set()


def test_only_the_settings_and_the_workspace_read_the_environment() -> None:
    readers = {
        path.relative_to(ROOT / "src/aboveboard").as_posix()
        for path in (ROOT / "src/aboveboard").rglob("*.py")
        if re.search(r"os\.environ|os\.getenv", path.read_text(encoding="utf-8"))
    }
    # Ray takes its switches from the environment alone, so there they are set, and nothing else is read.
    assert readers <= {"cli/_settings.py", "evals/cluster/_connection.py"}


@pytest.mark.parametrize("path", sorted((ROOT / "docs/decisions").glob("0*.md")), ids=lambda path: path.stem)
def test_every_decision_is_listed_and_fits_on_a_page(path: Path) -> None:
    assert f"({path.name})" in page("decisions/README.md")
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 70


def test_no_page_promises_compliance() -> None:
    for path in PAGES:
        text = path.read_text(encoding="utf-8").lower()
        assert not re.search(r"(is|are|makes? you|fully) compliant", text), path
