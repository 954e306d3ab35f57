"""The two pages about the charter tell all of it and nothing wrong."""

import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from aboveboard.charter import (
    KeyInfo,
    Known,
    charter_keys,
    charter_schema,
    charter_template,
    contexts,
    jurisdictions,
    obligations,
    parse_charter,
    profile,
)
from aboveboard.charter._compose import compose
from aboveboard.charter._nodes import plain_value

DOCS = Path(__file__).parents[2] / "docs"
REFERENCE = (DOCS / "reference" / "charter.md").read_text(encoding="utf-8")
CI = (DOCS / "guides" / "assess-in-ci.md").read_text(encoding="utf-8")
GUIDE = (DOCS / "guides" / "write-a-charter.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", GUIDE + REFERENCE, re.DOTALL)


def row(key: KeyInfo) -> str:
    """The line of the table that a key must have."""
    plain = key.default in ("none", "see below")
    default = "**required**" if key.is_required else key.default if plain else f"`{key.default}`"
    return f"| `{key.path}` | {key.what} | {default} | {key.about} |"


@pytest.mark.parametrize("key", charter_keys(), ids=lambda key: key.path)
def test_the_reference_has_every_key_as_it_is(key: KeyInfo) -> None:
    assert row(key) in REFERENCE.splitlines()


def test_the_reference_has_no_key_that_is_gone() -> None:
    table = REFERENCE[REFERENCE.index("| key |") : REFERENCE.index("## What must fit")]
    assert len([line for line in table.splitlines() if line.startswith("| `")]) == len(charter_keys())


@pytest.mark.parametrize("context", contexts())
def test_the_reference_has_every_context_with_its_promises(context: str) -> None:
    promises = ", ".join(f"`{promise.id}`" for promise in profile(context).promises)
    assert f"| `{context}` | {promises} |" in REFERENCE.splitlines()
    assert f"`{context}`" in GUIDE


def test_the_reference_has_every_jurisdiction_and_obligation() -> None:
    assert ", ".join(f"`{code}`" for code in jurisdictions()) in REFERENCE
    for item in obligations().values():
        since = item.applies_from or "–"
        line = f"| `{item.id}` | {item.provision} | {since} | {item.confidence} | {item.review_by} |"
        assert line in REFERENCE.splitlines()


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_loads_and_is_valid_for_the_schema(number: int, known: Known) -> None:
    charter = parse_charter(EXAMPLES[number], known)
    assert charter.promises
    Draft202012Validator(charter_schema(known)).validate(plain_value(compose(EXAMPLES[number], "guide")))


def test_the_guide_has_examples() -> None:
    assert len(EXAMPLES) >= 3


@pytest.mark.parametrize("context", contexts())
def test_the_copy_that_only_warns_is_made_as_the_guide_says(context: str, known: Known) -> None:
    assert "`if_broken: warn` everywhere" in CI and "`defaults: {promises: false}`" in CI
    text = charter_template(context)
    whole, copy = (parse_charter(text + more, known) for more in ("", "defaults: {promises: false}\n"))
    assert whole.promises and not copy.promises
    assert copy.guards == whole.guards


def test_no_page_promises_what_doctor_does_not_tell() -> None:
    assert "doctor" not in REFERENCE + GUIDE


def test_the_guide_says_what_hold_does() -> None:
    assert "every answer waits for a person until the promise is kept again" in " ".join(GUIDE.split())
