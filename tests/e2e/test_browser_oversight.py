"""People at work in a real browser: logging in, deciding while a client waits, and what others try."""

import json
import os
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from samples.commands import run_program
from samples.server import Server, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser
CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
PASSWORD = "four words in a row"
PEOPLE = {"ann": "reviewer", "bob": "reviewer", "odo": "auditor", "ada": "admin"}
XSS = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>'\">"
ANSWER = "Write to ann@example.org today."

CHARTER = """
charter: 1
system: {name: Scripted helpdesk, purpose: Answers questions., context: general, not_for: [legal advice]}
roles:
  accountable: {title: Head of service, contact: accountable@example.org}
models:
  - {id: smollm2-135m, provider: fake, role: primary, options: {reply: "Write to <EMAIL_1> today."}}
defaults: {promises: false, guards: false}
guards:
  - {guard: personal-data, mode: [input], action: hold, restore: true}
disclosure: {ai_notice: none}
access: {console: required}
"""

Enter = Callable[..., "Page"]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that holds answers, and the people who work there."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "charter.yaml").write_text(CHARTER, encoding="utf-8")
    for name, role in PEOPLE.items():
        run_program(folder, "user", "add", name, "--role", role, "--password-stdin", stdin=PASSWORD + "\n")
    with running(folder) as server:
        yield server


@pytest.fixture(scope="module")
def cookies(chromium: "Browser", house: Server) -> dict[str, Any]:
    """A session of each person, begun once: a login takes a third of a second on purpose."""
    found = {}
    for name in PEOPLE:
        context = chromium.new_context()
        log_in(context.new_page(), house, name)
        found[name] = context.cookies()
        context.close()
    return found


def log_in(page: "Page", house: Server, name: str, path: str = "/console") -> None:
    page.goto(house.address + path)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(house.address + path)


@pytest.fixture
def enter(chromium: "Browser", house: Server, cookies: dict[str, Any]) -> Iterator[Enter]:
    """Opens a page as somebody; scripts that ran and errors of the page fail the test at the end."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(
        path: str, name: str = "", *, width: int = 1200, quiet: bool = False, **options: Any
    ) -> "Page":
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        context.add_cookies(cookies[name] if name else [])
        page = context.new_page()
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        if not quiet:
            page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(house.address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def ask(house: Server, text: str = "Write to ann@example.org please") -> Any:
    """Asks for an answer, which is held: what the client is told."""
    body = {"model": "smollm2-135m", "messages": [{"role": "user", "content": text}]}
    return got(f"{house.address}/v1/chat/completions", body)


def got(address: str, body: Any = None) -> Any:
    request = urllib.request.Request(address, json.dumps(body).encode() if body else None)
    request.add_header("content-type", "application/json")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def case_of(house: Server) -> str:
    """Where the case of the answer is that was held last."""
    rows = run_program(house.folder, "hold", "list", "--json").json
    return f"/console/cases/{max(row['case'] for row in rows)}"


@pytest.fixture
def held(house: Server) -> tuple[Any, str]:
    """What the client was told of a held answer, and the page of its case."""
    return ask(house), case_of(house)


def keep(page: "Page", name: str) -> None:
    """A picture to look at, where ABOVEBOARD_SHOTS names a folder."""
    if folder := os.environ.get("ABOVEBOARD_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def section(page: "Page", name: str) -> Any:
    return page.locator("section", has=page.get_by_role("heading", name=name, exact=True))


@pytest.mark.parametrize("scripts", [True, False])
def test_a_held_answer_is_approved_while_a_client_polls(
    enter: Enter, house: Server, held: tuple[Any, str], scripts: bool
) -> None:
    told, path = held
    assert got(house.address + told["url"])["status"] == "pending"
    page = enter("/console/cases", "ann", java_script_enabled=scripts)
    page.locator(f"a[href='{path}']").click()
    assert "ann@example.org" not in page.locator("main").inner_text()
    page.get_by_role("button", name="Show the answer with nothing masked").click()
    assert page.locator("#full").inner_text() == ANSWER
    section(page, "Approve").get_by_label("Reason").fill("I have read it.")
    section(page, "Approve").get_by_role("button").click()
    page.get_by_role("heading", name="What was decided").wait_for()
    keep(page, "review-decided")
    given = got(house.address + told["url"])
    assert given["status"] == "released"
    assert given["answer"]["choices"][0]["message"]["content"] == ANSWER


def test_a_held_answer_is_edited_from_its_own_words(
    enter: Enter, house: Server, held: tuple[Any, str]
) -> None:
    told, path = held
    page = enter(path, "ann")
    page.get_by_role("button", name="Show the answer with nothing masked").click()
    edit = section(page, "Edit")
    assert edit.get_by_label("Your words").input_value() == ANSWER
    edit.get_by_label("Your words").fill("Ring us.\nAny day.")
    edit.get_by_label("Reason").fill("Safer.")
    edit.get_by_role("button").click()
    page.get_by_role("heading", name="What was decided").wait_for()
    given = got(house.address + told["url"])
    assert given["answer"]["choices"][0]["message"]["content"] == "Ring us.\nAny day."
    assert given["message"] == "Safer."


def test_two_reviewers_decide_once(enter: Enter, house: Server, held: tuple[Any, str]) -> None:
    told, path = held
    ann, bob = enter(path, "ann"), enter(path, "bob", quiet=True)
    for page, name in ((ann, "Reject"), (bob, "Approve")):
        section(page, name).get_by_label("Reason").fill(f"{name}, I say.")
        section(page, name).get_by_role("button").click()
    bob.get_by_text("It was decided meanwhile").wait_for()
    keep(bob, "review-too-late")
    assert "Reject, I say." in bob.locator("main").inner_text()
    assert got(house.address + told["url"])["status"] == "withheld"


def test_after_logging_out_nothing_comes_back(enter: Enter, house: Server, held: tuple[Any, str]) -> None:
    from playwright.sync_api import Error

    page = enter("/transparency", quiet=True)
    log_in(page, house, "bob", held[1])
    page.get_by_role("button", name="Show the answer with nothing masked").click()
    assert ANSWER in page.locator("main").inner_text()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/console/login")
    for _ in range(3):
        with suppress(Error):  # a page that answered a form is not kept: there is nothing to go back to
            page.go_back()
        page.wait_for_timeout(300)
        page.wait_for_load_state()
        assert ANSWER not in page.content()
        assert "<EMAIL_1>" not in page.locator("body").inner_text()
    page.goto(house.address + held[1])
    assert "/console/login" in page.url


def test_no_script_can_read_the_session(enter: Enter) -> None:
    page = enter("/console", "ann")
    assert page.evaluate("document.cookie") == ""
    (cookie,) = [each for each in page.context.cookies() if each["name"] == "aboveboard"]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"


class _Elsewhere(BaseHTTPRequestHandler):
    """Another site."""

    page = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.page)

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def elsewhere() -> Iterator[Callable[[str], str]]:
    """Serves a page from another site, of another name: localhost is none of 127.0.0.1."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def serve(html: str) -> str:
        _Elsewhere.page = html.encode()
        return f"http://localhost:{server.server_port}/"

    yield serve
    server.shutdown()
    server.server_close()


ATTACKS = {
    "form": "<form id=f method=post action='{at}'><input name=outcome value=released>"
    "<input name=reason value=x><input name=csrf value=''></form><script>f.submit()</script>",
    "fetch": "<script>fetch('{at}', {{method: 'POST', credentials: 'include', mode: 'no-cors',"
    " body: new URLSearchParams({{outcome: 'released', reason: 'x'}})}})</script>",
    "image": "<img src='{at}?outcome=released&reason=x'>",
    "frame": "<iframe src='{page}' width=900 height=900></iframe>",
    "read": "<script>fetch('{page}', {{credentials: 'include'}}).then((r) => r.text())"
    ".then((t) => {{ document.title = t.includes('EMAIL') ? 'taken' : 'no'; }})</script>",
}


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("is_lax", [False, True], ids=["as it is", "with a cookie that travels"])
def test_another_site_does_nothing_in_ones_name(
    enter: Enter,
    house: Server,
    held: tuple[Any, str],
    elsewhere: Callable[[str], str],
    attack: str,
    is_lax: bool,
) -> None:
    """Also when the cookie came along: SameSite is one of the locks, not the only one."""
    told, path = held
    page = enter(path, "ann", quiet=True)
    if is_lax:
        cookies = [{**each, "sameSite": "Lax"} for each in page.context.cookies()]
        page.context.clear_cookies()
        page.context.add_cookies(cookies)  # type: ignore[arg-type]  # as they were given out
    at = f"{house.address}{path}/decide"
    page.goto(elsewhere(ATTACKS[attack].format(at=at, page=house.address + path)))
    page.wait_for_timeout(400)
    assert page.title() != "taken"
    assert got(house.address + told["url"])["status"] == "pending"
    for frame in page.frames[1:]:
        assert "Decide" not in frame.content()


def test_a_page_of_another_port_of_this_machine_does_nothing_either(
    enter: Enter, house: Server, held: tuple[Any, str], elsewhere: Callable[[str], str]
) -> None:
    """Cookies know no ports: there the browser sends the session along, and the form's token decides."""
    told, path = held
    page = enter(path, "ann", quiet=True)
    address = elsewhere(ATTACKS["form"].format(at=f"{house.address}{path}/decide", page=""))
    page.goto(address.replace("localhost", "127.0.0.1"))
    page.get_by_text("This form was not sent from here").wait_for()
    assert got(house.address + told["url"])["status"] == "pending"


def test_whatever_people_and_models_write_stays_text(enter: Enter, house: Server) -> None:
    """In a prompt, an edited answer, a reason, the labels of keys, the names of tenants and people."""
    ask(house, f"Write to ann@example.org {XSS}")
    path = case_of(house)
    page = enter(path, "ann")
    assert XSS in page.locator("main").inner_text()
    page.get_by_role("button", name="Show the answer with nothing masked").click()
    edit = section(page, "Edit")
    edit.get_by_label("Your words").fill(XSS)
    edit.get_by_label("Reason").fill(XSS)
    edit.get_by_role("button").click()
    page.get_by_role("heading", name="What was decided").wait_for()
    assert page.locator("main").inner_text().count(XSS) == 3
    admin = enter("/console/keys", "ada")
    section(admin, "A new tenant").get_by_label("Name").fill(XSS)
    section(admin, "A new tenant").get_by_role("button").click()
    new = section(admin, "A new key")
    new.get_by_label("Tenant").fill(XSS)
    new.get_by_label("Label").fill(XSS)
    new.get_by_role("button").click()
    admin.get_by_role("heading", name="A key to keep").wait_for()
    keep(admin, "issued")
    admin.get_by_role("link", name="On to the key").click()
    assert admin.locator("main").inner_text().count(XSS) == 2
    admin.get_by_role("link", name="People").click()
    admin.get_by_label("Name").fill(XSS)
    admin.get_by_label("auditor").check()
    admin.get_by_label("Password").fill(PASSWORD)
    admin.get_by_role("button", name="Add").click()
    admin.get_by_role("cell", name=XSS).wait_for()
    for shown in (page, admin):
        assert shown.title() != "taken"
        assert shown.locator("main img, main script, main svg").count() == 0


KINDS = {
    "login": ("/console/login", ""),
    "queue": ("/console/cases", "ann"),
    "review": ("CASE", "ann"),
    "review-read": ("CASE", "odo"),
    "account": ("/console/account", "ann"),
    "keys": ("/console/keys", "ada"),
    "key": ("KEY", "ada"),
    "people": ("/console/people", "ada"),
    "person": ("PERSON", "ada"),
    "forbidden": ("/console/keys", "ann"),
}


@pytest.fixture(scope="module")
def paths(house: Server) -> dict[str, str]:
    """The pages that have an id in their address."""
    ask(house)
    run_program(house.folder, "tenant", "create", "Acme & Sons")
    key = run_program(
        house.folder,
        "key",
        "create",
        "Acme & Sons",
        "--label",
        "helpdesk",
        "--limit",
        "tokens/day=200000",
        "--json",
    ).json
    people = run_program(house.folder, "user", "list", "--json").json
    bob = next(each["id"] for each in people if each["name"] == "bob")
    return {"CASE": case_of(house), "KEY": f"/console/keys/{key['id']}", "PERSON": f"/console/people/{bob}"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 1200), ("light", 360)])
def test_pages_are_readable_narrow_and_labelled(
    enter: Enter, paths: dict[str, str], kind: str, scheme: str, width: int
) -> None:
    path, name = KINDS[kind]
    page = enter(paths.get(path, path), name, width=width, color_scheme=scheme, quiet=kind == "forbidden")
    assert page.locator("[style], [onclick], style").count() == 0, "something inline"
    keep(page, f"{kind}-{scheme}-{width}")
    assert page.evaluate(CONTRAST) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1
    unnamed = page.evaluate(
        "[...document.querySelectorAll('a, button, input:not([type=hidden]), textarea, select')].filter("
        "(each) => !(each.matches('a, button') ? each.textContent.trim() : each.labels?.length)).length"
    )
    assert unnamed == 0
