"""Every test that the threat model leans on is there: a promise without one would be a guess."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "design" / "threat-model.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/.-]+\.py)(?:::(\w+))?`", PAGE)))
ACTORS = """stranger, web page, client with a key, neighbour tenant, end user, model, upstream, charter,
reviewer, operator, thief of the disk, reader of the ledger"""


@pytest.mark.parametrize(("file", "name"), NAMED, ids=[name or file for file, name in NAMED])
def test_a_test_that_is_named_exists(file: str, name: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert re.search(rf"^(async )?def {name or 'test_'}", text, re.MULTILINE)


def test_every_row_names_one() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| actor")]
    assert len(rows) > 15
    assert all("`tests/" in row for row in rows)


def test_every_actor_has_a_row() -> None:
    rows = [line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| ")]
    for actor in re.split(r",\s+", ACTORS):
        assert any(actor in row for row in rows), actor
