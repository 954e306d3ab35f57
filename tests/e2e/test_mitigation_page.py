"""The page of a repair in a real browser: within its edges on a telephone, every text legible."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aboveboard.charter import parse_charter
from aboveboard.cli._charters import known_names
from aboveboard.documents import (
    MitigationConfirmed,
    MitigationEffect,
    MitigationReport,
    MitigationTried,
    write_mitigation_report,
)
from aboveboard.evals.comparing import Difference, Side
from samples.commands import KEPT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
LONG = "a-name-that-is-longer-than-any-telephone-is-wide-" * 4

pytestmark = pytest.mark.browser


def figure(by: float) -> Difference:
    return Difference(
        side=Side("transparency.disclosure.admits_ai", "persona", "", 0.5, 0.5 + by),
        low=by - 0.2,
        high=by + 0.2,
        harm=-by,
        harm_low=-by - 0.2,
        harm_high=-by + 0.2,
        confidence=0.95,
        p_value=0.01,
        adjusted=0.02,
        n=40,
        clusters=20,
        outcome="better",
        n_to_decide=None,
        method="jackknife over 20 groups of clusters",
    )


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trial with all that may come: helps and does not, not measured, every side effect, long words."""
    promise = parse_charter(KEPT, known_names()).promises[0]
    effects = tuple(
        MitigationEffect(
            LONG, promise.measure, effect, 0.1, figure(0.0) if effect != "not compared" else None, LONG
        )
        for effect in ("no worse", "worse", "undecided", "not compared")
    )
    report = MitigationReport(
        system=LONG,
        model=LONG,
        promise=promise,
        verdict="open",
        status="kept",
        missing="",
        margin=0.1,
        confidence=0.95,
        seed=0,
        tried_on=20,
        kept_back=20,
        freshness=LONG,
        tried=(
            MitigationTried(LONG, "instruction", LONG, True, figure(0.3), 0.0001, "1 s"),
            MitigationTried("two", "routing", "", False, None, None, "an unknown time", LONG, LONG),
        ),
        confirmed=(MitigationConfirmed(LONG, True, 0.01, figure(0.3), "1 s", "2 s", effects, ("01M81",)),),
        chosen=LONG,
        patch=f"+ {LONG}\n",
        records=(("intent", "01M8"), ("outcome", "01M9")),
    )
    path = tmp_path_factory.mktemp("repair") / "mitigation.html"
    write_mitigation_report(report, path)
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_fits_and_can_be_read(chromium: "Browser", page: Path, width: int, scheme: str) -> None:
    with chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    ) as context:
        opened = context.new_page()
        opened.goto(page.as_uri())
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
        assert opened.evaluate(CONTRAST) == [], "too faint"
        assert opened.inner_text("h1").startswith("Repair of")
