"""The pages about people's rights are held to the code."""

import re
from pathlib import Path

import pytest

from aboveboard.charter._retained import BY_CATEGORY, RETAINED
from aboveboard.cli._purgers import purgers
from aboveboard.cli._settings import Settings
from aboveboard.cli.commands._subject import command
from aboveboard.evidence._artifacts import KINDS
from aboveboard.evidence.records import RIGHTS

DOCS = Path(__file__).parents[2] / "docs"
REFERENCE = (DOCS / "reference/consent-and-erasure.md").read_text(encoding="utf-8")
GUIDE = (DOCS / "guides/data-subject-requests.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", re.findall(r"^```python\n(.*?)^```", REFERENCE, re.S | re.M))
def test_the_examples_work(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    exec(text, {})


@pytest.mark.parametrize(("kind", "cure"), KINDS.items())
def test_every_kind_of_artifact_is_listed_with_its_cure(kind: str, cure: str) -> None:
    assert f"| `{kind}` | {cure} |" in REFERENCE


def test_every_purger_right_and_retention_rule_is_listed() -> None:
    given = purgers(Settings(Path("x"), Path("y"), None))
    names = [*given.named, *given.always, *RIGHTS, *RETAINED]
    assert [name for name in names if f"`{name}`" not in REFERENCE] == []
    assert [name for name in BY_CATEGORY if f"`{name}/<" not in REFERENCE] == []


@pytest.mark.parametrize("name", command.commands)
def test_the_guide_shows_every_command(name: str) -> None:
    assert re.search(rf"(aboveboard subject {name}\b|`{name}`)", GUIDE)
