"""Who may what: the table, and every route held to it."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from aboveboard.access import ROLES
from aboveboard.cli._house import House
from aboveboard.cli._release import Release
from aboveboard.cli._wiring import console_services
from aboveboard.console import ConsoleServices, console_app
from aboveboard.console._gate import Door
from aboveboard.console._permissions import ANYBODY, GRANTS, Permission, granted, granted_to
from samples import World

LogIn = Callable[..., Any]

TABLE = """
                 reviewer  auditor  admin
account          yes       yes      yes
look             yes       yes      yes
queue            yes       yes      -
read             yes       yes      -
read-all         -         yes      -
decide           yes       -        -
see-keys         -         yes      yes
change-keys      -         -        yes
see-people       -         yes      yes
change-people    -         -        yes
"""

PUBLIC = {
    ("GET", "/"),
    ("GET", "/answers/{record}"),
    ("POST", "/answers/{record}/challenge"),
    ("GET", "/cases/{reference}"),
    ("GET", "/transparency"),
    ("GET", "/console/login"),
    ("POST", "/console/login"),
    ("GET", "/console/static/{name}"),
    ("GET", "/{path:path}"),
}


def doors() -> list[tuple[str, str, Permission | None]]:
    """Every route: its method, its path, what it needs."""
    routes = console_app(Mock(spec=ConsoleServices, hosts=("testserver",))).routes
    assert all(isinstance(route, Door) for route in routes), "a route that passes by the gate"
    found = []
    for route in routes:
        assert isinstance(route, Door)
        (method,) = (route.methods or set()) - {"HEAD"}
        found.append((method, route.path, route.needs))
    return found


DOORS = doors()
GUARDED = [door for door in DOORS if door[2] is not None]


def filled(path: str) -> str:
    """An address of a route, with an id that nothing has."""
    return re.sub(r"\{[^}]*\}", "01ARZ3NDEKTSV4RRFFQ69G5FAV", path)


def test_the_table_is_the_one_that_is_written_here() -> None:
    lines = [line.split() for line in TABLE.strip().splitlines()]
    roles, rows = lines[0], lines[1:]
    assert tuple(roles) == tuple(GRANTS) == ROLES
    said = {role: {row[0] for row in rows if row[1 + number] == "yes"} for number, role in enumerate(roles)}
    assert said == {role: {str(each) for each in found} for role, found in GRANTS.items()}
    assert {row[0] for row in rows} == {str(each) for each in Permission}


def test_an_admin_decides_nothing_and_reads_nobodys_words() -> None:
    assert not granted(["admin"]) & {Permission.DECIDE, Permission.READ, Permission.READ_ALL}


def test_an_auditor_changes_nothing() -> None:
    changing = {door[2] for door in GUARDED if door[0] == "POST"} - {Permission.READ, Permission.ACCOUNT}
    assert not granted(["auditor"]) & changing


def test_a_role_of_the_charter_is_a_reviewers() -> None:
    assert granted_to("clinician") == GRANTS["reviewer"]


def test_who_is_not_asked_may_look_and_nothing_else() -> None:
    assert {Permission.LOOK, Permission.QUEUE} == ANYBODY


def test_what_is_public_is_written_here() -> None:
    assert {(method, path) for method, path, needs in DOORS if needs is None} == PUBLIC


def test_everything_else_below_the_console_is_guarded() -> None:
    assert {path for _, path, needs in DOORS if needs} == {
        path for method, path, _ in DOORS if path.startswith("/console") and (method, path) not in PUBLIC
    }


def test_a_route_without_a_permission_cannot_be_made() -> None:
    with pytest.raises(TypeError):
        Door("/console/new", lambda request: None, methods=["GET"])  # type: ignore[call-arg]  # that is the test
    assert issubclass(Door, Route)
    assert not issubclass(Mount, Door)


def test_a_stranger_is_asked_to_log_in(visitor: TestClient) -> None:
    for method, path, _ in GUARDED:
        response = visitor.request(method, filled(path), follow_redirects=False)
        assert response.headers["cache-control"] == "no-store", path
        if method == "POST":
            assert response.status_code == 401, path
        else:
            assert response.status_code == 303, path
            assert response.headers["location"] == f"/console/login?next={filled(path)}"


@pytest.mark.parametrize("role", [*ROLES, "clinician"])
def test_a_role_opens_what_the_table_says_and_nothing_else(log_in: LogIn, role: str) -> None:
    person = log_in("ann", role)
    opened: list[Permission | None] = []
    shut: list[Permission | None] = []
    for method, path, needs in GUARDED:
        if needs is Permission.ACCOUNT:
            continue
        response = person.send(filled(path)) if method == "POST" else person.client.get(filled(path))
        is_shut = response.status_code == 403 and "Your roles do not allow this" in response.text
        assert response.status_code < 500, path
        (shut if is_shut else opened).append(needs)
    assert set(opened) == granted_to(role) - {Permission.ACCOUNT, Permission.READ_ALL}
    assert set(shut).isdisjoint(granted_to(role))


def test_where_nobody_logs_in_pages_are_to_look_at(browser: TestClient) -> None:
    for method, path, needs in GUARDED:
        response = browser.request(method, filled(path))
        if needs in ANYBODY:
            assert response.status_code in (200, 404), path
        else:
            assert response.status_code == 403, path
            assert "Nobody logs in here" in response.text


def test_no_form_is_taken_without_the_token_of_its_session(log_in: LogIn) -> None:
    person, other = log_in("ann", *ROLES), log_in("bob", *ROLES)
    for method, path, _ in GUARDED:
        if method == "GET":
            continue
        for token in ("", "0" * 64, other.csrf()):
            response = person.client.post(filled(path), data={"csrf": token})
            assert response.status_code == 403, path
            assert "This form is not of your session" in response.text


def test_no_form_is_taken_that_another_site_sent(log_in: LogIn) -> None:
    person = log_in("ann", *ROLES)
    sent = [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
    ]
    for method, path, _ in GUARDED:
        for headers in sent if method == "POST" else ():
            data = {"csrf": person.csrf()}
            response = person.client.post(filled(path), data=data, headers=headers)
            assert response.status_code == 403, path
            assert "not sent from here" in response.text


def test_only_this_machine_looks_where_nobody_is_asked_and_others_reach_the_address(
    house: House, world: World
) -> None:
    services = replace(console_services(Release(house, world.charter, {})), is_open=True)
    for host, status in (("127.0.0.1", 200), ("::1", 200), ("192.0.2.7", 403), ("unknown", 403)):
        with TestClient(console_app(services), client=(host, 50000)) as client:
            assert client.get("/console").status_code == status
            assert client.get("/transparency").status_code == 200


def test_the_page_about_it_has_the_same_table() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "console.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)`[^|]*\| (yes|-) \| (yes|-) \| (yes|-) \|$", page, re.MULTILINE)
    assert [list(row) for row in rows] == [line.split() for line in TABLE.strip().splitlines()[1:]]
