"""The pages in a real browser: proofs checked there, readable by everybody, no errors, no foreign content."""

import json
import os
import urllib.request
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from samples.server import Server, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

pytestmark = pytest.mark.browser
CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that has assessed its model and answered twice."""
    from samples.server import SCRIPTED

    folder = tmp_path_factory.mktemp("house")
    (folder / "charter.yaml").write_text(SCRIPTED, encoding="utf-8")
    with running(folder, command="up") as server:
        yield server


@pytest.fixture(scope="module")
def answer(house: Server) -> str:
    """The id of an answer with something masked in it."""
    body = {"model": "smollm2-135m", "messages": [{"role": "user", "content": "I am ann@example.org."}]}
    request = urllib.request.Request(
        f"{house.address}/v1/chat/completions",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        receipt: str = response.headers["X-Aboveboard-Receipt"]
    return receipt


@pytest.fixture(scope="module")
def paths(house: Server, answer: str) -> dict[str, str]:
    """One address of every kind of page."""
    run = next((house.state / "runs").iterdir()).name
    return {
        "overview": "/console",
        "runs": "/console/runs",
        "run": f"/console/runs/{run}",
        "ledger": "/console/ledger",
        "cases": "/console/cases",
        "record": f"/console/records/{answer}",
        "answer": f"/answers/{answer}",
        "transparency": "/transparency",
        "missing": "/console/nowhere",
    }


Open = Callable[..., "Page"]


@pytest.fixture
def visit(chromium: "Browser", house: Server) -> Iterator[Open]:
    """Opens a page; whatever it complains of is in `page.complaints` and fails the test at the end."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(path: str, *, width: int = 1200, quiet: bool = False, **options: Any) -> "Page":
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        if not quiet:
            listen(page, house.address, complaints.append)
        page.goto(house.address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def listen(page: "Page", home: str, complain: Callable[[str], None]) -> None:
    """Complains of errors and warnings of the page, of requests that fail, and of those that go elsewhere."""

    def asked(address: str) -> None:
        if not address.startswith(home):
            complain(f"{address} was asked for")

    page.on("console", lambda said: complain(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complain(str(error)))
    page.on("requestfailed", lambda request: complain(f"{request.url} failed"))
    page.on("request", lambda request: asked(request.url))


KINDS = ["overview", "runs", "run", "ledger", "cases", "record", "answer", "transparency"]


def keep(page: "Page", name: str) -> None:
    """A picture to look at, where ABOVEBOARD_SHOTS names a folder."""
    if folder := os.environ.get("ABOVEBOARD_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", [*KINDS, "missing"])
def test_every_text_stands_out_from_what_is_behind_it(
    visit: Open, paths: dict[str, str], kind: str, scheme: str
) -> None:
    page = visit(paths[kind], color_scheme=scheme, quiet=kind == "missing")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    keep(page, f"{kind}-{scheme}")
    faint = page.evaluate(CONTRAST)
    assert faint == [], "these are below 4.5 to 1 (3 to 1 when large)"


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_wider_than_a_small_telephone(visit: Open, paths: dict[str, str], kind: str) -> None:
    page = visit(paths[kind], width=360)
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    keep(page, f"{kind}-360")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, page.evaluate(
        "[...document.querySelectorAll('main *')].filter((e) => e.getBoundingClientRect().right > 361"
        " && !e.closest('.scroll, pre')).map((e) => e.tagName + '.' + e.className).slice(0, 8)"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_without_scripts_a_page_says_the_same(visit: Open, paths: dict[str, str], kind: str) -> None:
    with_scripts = visit(paths[kind]).locator("main h1, main h2, main p, main th").all_inner_texts()
    page = visit(paths[kind], java_script_enabled=False)
    without = page.locator("main h1, main h2, main p, main th").all_inner_texts()
    assert page.locator("main").inner_text().strip()
    assert set(filter(None, with_scripts)) <= set(without)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_a_language_a_title_one_heading_and_labels(
    visit: Open, paths: dict[str, str], kind: str
) -> None:
    page = visit(paths[kind])
    assert page.get_attribute("html", "lang") == "en"
    assert page.title()
    assert page.locator("h1").count() == 1
    unnamed = page.evaluate(
        "[...document.querySelectorAll('a, button, input, textarea, select')].filter((each) =>"
        " !(each.textContent.trim() || each.ariaLabel || each.labels?.length || each.title)).length"
    )
    assert unnamed == 0
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map((each) => +each.tagName[1])")
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


@pytest.mark.parametrize("kind", ["overview", "ledger", "answer"])
def test_the_keyboard_reaches_everything_in_the_order_it_is_read(
    visit: Open, paths: dict[str, str], kind: str
) -> None:
    page = visit(paths[kind])
    reached = 0
    for _ in range(60):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "(() => { const e = document.activeElement; if (e === document.body) return null;"
            " const s = getComputedStyle(e); return [e.compareDocumentPosition(window.last || e) & 4,"
            " (window.last = e, s.outlineStyle !== 'none' || s.boxShadow !== 'none')]; })()"
        )
        if place is None:
            break
        reached += 1
        assert place[0] == 0, "focus went back up the page"
        assert place[1], "one cannot see where the focus is"
    assert reached >= 5


def test_an_entry_is_verified_by_the_visitors_own_browser(visit: Open) -> None:
    page = visit("/console/ledger")
    page.get_by_role("button", name="Verify").click()
    page.get_by_text("Verified by your browser").wait_for(timeout=15_000)
    keep(page, "ledger-verified")
    steps = page.locator("#steps li").all_inner_texts()
    assert len(steps) == 4
    assert all(step.startswith("✓") for step in steps)
    assert page.locator("#statement").is_visible()
    assert "in-toto.io/Statement" in page.locator("#statement").inner_text()


def test_every_entry_verifies(visit: Open) -> None:
    page = visit("/console/ledger")
    last = int(page.locator("input[name=entry]").get_attribute("max") or 0)
    for entry in range(last + 1):
        page.locator("input[name=entry]").fill(str(entry))
        page.get_by_role("button", name="Verify").click()
        page.get_by_text("Verified by your browser").wait_for(timeout=15_000)
        assert f"Entry {entry} has" in page.locator("#steps").inner_text()


def flipped(route: "Route") -> None:
    """Answers what the server answered, with one bit of its 40th byte the other way round."""
    response = route.fetch()
    body = bytearray(response.body())
    body[40] ^= 1
    route.fulfill(response=response, body=bytes(body))


@pytest.mark.parametrize("path", ["**/ledger/tile/entries/**", "**/ledger/proof/*", "**/ledger/vkey"])
def test_whatever_the_server_alters_the_browser_notices(visit: Open, path: str) -> None:
    page = visit("/console/ledger", quiet=True)
    page.route(path, flipped)
    page.locator("input[name=entry]").fill("0")
    page.get_by_role("button", name="Verify").click()
    page.get_by_text("Not verified").wait_for(timeout=15_000)
    keep(page, "ledger-not-verified")
    assert page.get_by_text("Verified by your browser").count() == 0
    assert not page.locator("#statement").is_visible()


def test_another_entry_than_the_one_asked_for_is_noticed(visit: Open, house: Server) -> None:
    page = visit("/console/ledger", quiet=True)
    page.route("**/ledger/proof/0", lambda route: route.continue_(url=f"{house.address}/ledger/proof/1"))
    page.locator("input[name=entry]").fill("0")
    page.get_by_role("button", name="Verify").click()
    page.get_by_text("Not verified").wait_for(timeout=15_000)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_person_challenges_an_answer(visit: Open, paths: dict[str, str], scripts: bool) -> None:
    page = visit(paths["answer"], java_script_enabled=scripts)
    page.get_by_label("It is wrong").check()
    page.get_by_role("button", name="Challenge this answer").click()
    page.wait_for_url("**/cases/*")
    assert "Your case is open" in page.locator("main").inner_text()
    keep(page, "case")


def test_a_challenge_without_a_reason_is_not_sent(visit: Open, paths: dict[str, str]) -> None:
    page = visit(paths["answer"])
    page.get_by_role("button", name="Challenge this answer").click()
    assert page.url.endswith(paths["answer"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_opens_from_a_file_without_a_network(visit: Open, house: Server, scheme: str) -> None:
    page = visit("/console", color_scheme=scheme, quiet=True)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto((house.state / "report/report.html").as_uri())
    keep(page, f"report-{scheme}")
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert page.locator("h1").count() == 1
    assert page.evaluate(CONTRAST) == []


def test_pages_forbid_scripts_and_frames_of_others(house: Server, paths: dict[str, str]) -> None:
    for kind in KINDS:
        with urllib.request.urlopen(house.address + paths[kind], timeout=30) as response:
            policy = response.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy, kind
            assert "frame-ancestors 'none'" in policy, kind
            assert "unsafe-inline" not in policy.split("script-src")[-1].split(";")[0], kind
