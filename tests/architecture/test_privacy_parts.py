"""The parts of the privacy engine know each other by their faces alone."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
PRIVACY = "aboveboard.privacy"
PARTS = sorted(path.parent.name for path in (SOURCE / "aboveboard" / "privacy").glob("*/__init__.py"))


def part_of(module: str) -> str:
    """`aboveboard.privacy.masking` for all that is in it, `aboveboard.privacy` for what lies beside it."""
    names = module.removeprefix(f"{PRIVACY}.").split(".")
    return f"{PRIVACY}.{names[0]}" if names[0] in PARTS else PRIVACY


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{each.name}" for each in node.names)


def private_part(imported: str) -> str:
    """The part of privacy whose private module is imported; empty when none is."""
    is_private = any(name.startswith("_") for name in imported.split("."))
    return part_of(imported) if is_private and imported.startswith(f"{PRIVACY}.") else ""


def trespasses(path: Path) -> list[str]:
    own = ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
    is_inside = own == PRIVACY or own.startswith(f"{PRIVACY}.")
    allowed = {"", PRIVACY, part_of(own)} if is_inside else {""}
    return [each for each in imports(path) if private_part(each) not in allowed]


@pytest.mark.parametrize("part", ["", *PARTS])
def test_nobody_reads_the_private_modules_of_another_part(part: str) -> None:
    folder = SOURCE / "aboveboard" / "privacy" / part
    paths = folder.rglob("*.py") if part else {*SOURCE.rglob("*.py")} - {*folder.glob("*/**/*.py")}
    assert {str(path): found for path in sorted(paths) if (found := trespasses(path))} == {}


def test_a_trespass_is_seen() -> None:
    assert private_part("aboveboard.privacy.masking._json.fit_json") == "aboveboard.privacy.masking"
    assert private_part("aboveboard.privacy._span.PersonalData") == PRIVACY
    assert private_part("aboveboard.privacy.patterns.families._tax.TAX_IDS") == "aboveboard.privacy.patterns"
    assert private_part("aboveboard.privacy.masking.mask") == private_part("aboveboard._x.y") == ""


@pytest.mark.parametrize("part", PARTS)
def test_every_part_has_a_face_that_is_complete(part: str) -> None:
    module = importlib.import_module(f"{PRIVACY}.{part}")
    assert module.__doc__
    assert module.__all__
    assert all(hasattr(module, name) for name in module.__all__)
