"""The image's recipe runs the program as nobody, with options that it has, and names no registry."""

import json
import re
from pathlib import Path

from aboveboard.cli.commands import _serve

ROOT = Path(__file__).parents[2]
LINES = (ROOT / "deploy/container/Containerfile").read_text(encoding="utf-8")
LAST = LINES[LINES.rindex("\nFROM ") :]


def test_it_is_started_as_nobody_with_options_that_exist() -> None:
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", LAST, re.M)
    found = re.search(r"^CMD (\[.*\])$", LAST, re.M)
    assert found
    command, *words = json.loads(found[1])
    options = {name for each in _serve.command.params for name in each.opts}
    assert command == "serve"
    assert {word for word in words if word.startswith("--")} <= options


def test_what_it_copies_is_there_and_bases_are_names_without_a_host() -> None:
    for copied in re.findall(r"^COPY (?!--from)(.*) \S+$", LINES, re.M):
        assert all((ROOT / each).exists() for each in copied.split())
    for base in re.findall(r"^FROM (\S+)", LINES, re.M):
        assert "/" not in base


def test_what_is_installed_from_the_lock_has_hashes() -> None:
    assert "--require-hashes --no-deps -r requirements/run.lock" in LINES
