"""The page on dependencies names what pyproject and the lock name, no more and no less."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PAGE = (ROOT / "docs/reference/dependencies.md").read_text(encoding="utf-8")
DEFAULT, EXTRAS = PAGE.split("## Extras")
NOT_INSTALLED = {"flit-core", "xllamacpp"}  # what builds the wheel; the extra `local`


def name(requirement: str) -> str:
    found = re.match(r"[\w-]+", requirement)
    assert found
    return found[0].lower()


def rows(text: str) -> list[list[str]]:
    """The cells of each row of a table, its head left out."""
    lines = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    return [cells for cells in lines if cells[0] not in ("package", "extra") and "---" not in cells[0]]


def test_every_dependency_has_its_row() -> None:
    assert {row[0] for row in rows(DEFAULT)} == {name(each) for each in PROJECT["dependencies"]}


def test_every_row_gives_size_purpose_licence_and_reason() -> None:
    assert all(len(row) == 5 and all(row) for row in rows(DEFAULT))
    assert all(len(row) == 6 and all(row) for row in rows(EXTRAS))


def test_every_extra_has_its_packages() -> None:
    wanted = {
        (extra, name(each)) for extra, found in PROJECT["optional-dependencies"].items() for each in found
    }
    assert {(row[0], row[1]) for row in rows(EXTRAS)} == wanted


def test_what_they_bring_and_how_many_they_are_is_what_the_lock_says() -> None:
    lock = (ROOT / "requirements/run.lock").read_text(encoding="utf-8")
    installed = {each.lower() for each in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)} - NOT_INSTALLED
    brought = re.search(r"They bring with them: (.*?) \(together", DEFAULT, re.DOTALL)
    assert brought
    assert {each.strip() for each in brought[1].split(",")} == installed - {row[0] for row in rows(DEFAULT)}
    assert f"The default install is {len(installed)} packages" in PAGE
