"""The way in: nothing tells who there is, no session is anybody's but its own, nothing leads elsewhere."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from aboveboard.access import Access, User
from aboveboard.console import ConsoleServices, console_app
from aboveboard.console._login import own_path

LogIn = Callable[..., Any]
Hire = Callable[..., User]
PASSWORD = "four words in a row"


def form(client: TestClient, **fields: str) -> dict[str, str]:
    """The login form as the page has it, filled in."""
    html = client.get("/console/login").text
    token = html.split('name="csrf" value="')[1].split('"')[0]
    return {"csrf": token, "next": "", "name": "ann", "password": PASSWORD} | fields


def sent(client: TestClient, **fields: str) -> Any:
    return client.post("/console/login", data=form(client, **fields), follow_redirects=False)


def test_somebody_logs_in_and_out(visitor: TestClient, hire: Hire) -> None:
    hire("ann", "reviewer")
    assert sent(visitor).status_code == 303
    page = visitor.get("/console")
    assert page.status_code == 200
    token = page.text.split('name="csrf" value="')[1].split('"')[0]
    session = visitor.cookies["__Host-aboveboard"]
    assert visitor.post("/console/logout", data={"csrf": token}).url.path == "/console/login"
    assert "__Host-aboveboard" not in visitor.cookies
    visitor.cookies.set("__Host-aboveboard", session)
    assert visitor.get("/console", follow_redirects=False).status_code == 303


def test_the_cookie_is_for_this_host_over_tls_and_for_no_script(visitor: TestClient, hire: Hire) -> None:
    hire("ann", "reviewer")
    (cookie,) = [each for each in sent(visitor).headers.get_list("set-cookie") if "aboveboard=" in each]
    first, *attributes = cookie.split("; ")
    assert first.startswith("__Host-aboveboard=")
    assert {each.lower() for each in attributes} == {"httponly", "path=/", "samesite=strict", "secure"}


@pytest.mark.parametrize(
    ("base", "is_secure"),
    [
        ("http://127.0.0.1:8440", False),
        ("http://localhost:8440", False),
        ("https://localhost", True),
        ("http://testserver", True),
    ],
)
def test_cookies_travel_in_the_clear_on_this_machine_alone(
    guarded: ConsoleServices, base: str, is_secure: bool
) -> None:
    from dataclasses import replace

    services = replace(guarded, hosts=("127.0.0.1", "localhost", "testserver"))
    with TestClient(console_app(services), base_url=base) as client:
        cookie = client.get("/console/login").headers["set-cookie"]
    assert ("Secure" in cookie) is is_secure
    assert cookie.startswith("__Host-") is is_secure


def test_a_session_is_new_whatever_the_browser_brought(
    visitor: TestClient, hire: Hire, access: Access
) -> None:
    hire("ann", "reviewer")
    visitor.cookies.set("__Host-aboveboard", "planted" * 6)
    token = sent(visitor).cookies["__Host-aboveboard"]
    assert "planted" not in token
    assert access.sessions.find("planted" * 6) is None


def test_logging_in_anew_ends_the_session_before(visitor: TestClient, hire: Hire, access: Access) -> None:
    hire("ann", "reviewer")
    data = form(visitor)
    login = visitor.cookies["__Host-aboveboard-login"]
    visitor.post("/console/login", data=data)
    first = visitor.cookies["__Host-aboveboard"]
    visitor.cookies.set("__Host-aboveboard-login", login)
    visitor.post("/console/login", data=data)
    assert visitor.cookies["__Host-aboveboard"] != first
    assert access.sessions.find(first) is None


def test_nothing_tells_whether_a_name_is_known(visitor: TestClient, hire: Hire) -> None:
    hire("ann", "reviewer")
    for _ in range(20):  # a wait may be over before a busy machine asks again: the next one is longer
        known, unknown = (sent(visitor, name=name, password="wrong") for name in ("ann", "bob"))
        assert {known.status_code, unknown.status_code} <= {403, 429}
        if known.status_code == unknown.status_code:
            assert without_seconds(known.text) == without_seconds(unknown.text)
            if known.status_code == 429:
                break
    assert known.status_code == unknown.status_code == 429
    assert "Too many attempts" in known.text
    assert int(known.headers["retry-after"]) >= 1


def without_seconds(html: str) -> str:
    import re

    return re.sub(r"Wait \d+ seconds", "Wait", html)


@pytest.mark.parametrize("fields", [{"csrf": ""}, {"csrf": "0" * 64}])
def test_a_login_form_of_another_browser_is_refused(
    visitor: TestClient, hire: Hire, fields: dict[str, str]
) -> None:
    hire("ann", "reviewer")
    assert sent(visitor, **fields).status_code == 403
    data = form(visitor)
    del visitor.cookies["__Host-aboveboard-login"]
    assert visitor.post("/console/login", data=data).status_code == 403
    assert "__Host-aboveboard" not in visitor.cookies


def test_another_site_cannot_log_somebody_in(visitor: TestClient, hire: Hire) -> None:
    hire("ann", "reviewer")
    headers = {"Sec-Fetch-Site": "cross-site"}
    response = visitor.post("/console/login", data=form(visitor), headers=headers)
    assert response.status_code == 403
    assert "__Host-aboveboard" not in visitor.cookies


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/console/cases", "/console/cases"),
        ("/console/cases/01ARZ3NDEKTSV4RRFFQ69G5FAV", "/console/cases/01ARZ3NDEKTSV4RRFFQ69G5FAV"),
        ("https://evil.example", "/console"),
        ("//evil.example", "/console"),
        ("/\\evil.example", "/console"),
        ("/console//evil.example", "/console"),
        ("/console/../v1/models", "/console"),
        ("/console\r\nSet-Cookie: a=b", "/console"),
        ("/consoleevil", "/console"),
        ("javascript:alert(1)", "/console"),
        ("/console?x=//evil.example", "/console"),
        ("/console/logout", "/console"),
        ("/console/login", "/console"),
        ("", "/console"),
    ],
)
def test_logging_in_leads_to_the_console_alone(
    visitor: TestClient, hire: Hire, wanted: str, leads_to: str
) -> None:
    assert own_path(wanted) == leads_to
    hire("ann", "reviewer")
    assert sent(visitor, next=wanted).headers["location"] == leads_to


def test_a_page_that_was_wanted_is_shown_after_logging_in(visitor: TestClient, hire: Hire) -> None:
    hire("ann", "reviewer")
    html = visitor.get("/console/cases").text
    assert 'name="next" value="/console/cases"' in html


def test_what_was_typed_is_not_shown_again(visitor: TestClient) -> None:
    html = sent(visitor, name="<script>alert(1)</script>", password="secret words").text
    assert "alert(1)" not in html
    assert "secret words" not in html


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"x" * 40_000, "application/x-www-form-urlencoded", 413),
        (b"{}", "application/json", 415),
        (b"name=a", "text/plain", 415),
        (b"\xff\xfe", "application/x-www-form-urlencoded", 400),
        (b"&".join(b"a=b" for _ in range(500)), "application/x-www-form-urlencoded", 400),
    ],
)
def test_what_is_no_form_is_not_read(visitor: TestClient, body: bytes, kind: str, status: int) -> None:
    response = visitor.post("/console/login", content=body, headers={"Content-Type": kind})
    assert response.status_code == status


def test_a_person_gives_themselves_another_password(log_in: LogIn, access: Access) -> None:
    person = log_in("ann", "auditor")
    new = "a wholly other row of words"
    wrong = person.send("/console/account", present="not it at all", password=new, again=new)
    assert "The present password is wrong" in wrong.text
    twice = person.send("/console/account", present=PASSWORD, password=new, again=new + "!")
    assert "not written twice the same" in twice.text
    short = person.send("/console/account", present=PASSWORD, password="short", again="short")
    assert short.status_code == 422
    done = person.send("/console/account", present=PASSWORD, password=new, again=new)
    assert done.url.path == "/console/login"
    assert access.sessions.login("ann", new, "192.0.2.1")


def test_public_pages_stay_public(visitor: TestClient, world: Any) -> None:
    for path in (f"/answers/{world.decision.id}", "/transparency", "/console/static/console.css"):
        assert visitor.get(path, follow_redirects=False).status_code == 200
    assert "/console/ledger" not in visitor.get("/transparency").text
    challenge = visitor.post(f"/answers/{world.decision.id}/challenge", data={"ground": "wrong"})
    assert challenge.url.path.startswith("/cases/")


def test_when_it_cannot_be_known_who_comes_nobody_gets_in(visitor: TestClient, access: Access) -> None:
    visitor.cookies.set("__Host-aboveboard", "x" * 43)
    access.close()
    assert visitor.get("/console", follow_redirects=False).status_code == 503
