"""The page of what is held about a person, in a real browser: within its edges, every text legible."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from samples.commands import run_program

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
LONG = "an-address-that-is-longer-than-any-telephone-is-wide@" + "sub." * 30 + "example.org"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of somebody who consented, said long words, and is on hold."""
    folder = tmp_path_factory.mktemp("report")
    (folder / "words").write_text(LONG * 3, encoding="utf-8")
    about = ("--version", "3", "--notice", "words", "--keep-notice")
    for command in (
        ("consent", "give", "ann", "--purpose", "letter", *about),
        ("subject", "feedback", "ann", "--topic", "tone", "--words", "words"),
        ("subject", "hold", "ann", "--reason", LONG, "--until", "2099-12-31"),
        ("subject", "access", "ann", "--output", "drawn"),
    ):
        assert run_program(folder, *command).code == 0
    return folder / "drawn" / "access.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_fits_and_can_be_read(chromium: "Browser", page: Path, width: int, scheme: str) -> None:
    with chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    ) as context:
        opened = context.new_page()
        opened.goto(page.as_uri())
        opened.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
        assert opened.evaluate(CONTRAST) == [], "too faint"
        assert json.dumps(LONG)[1:-1] in opened.inner_text("main")
