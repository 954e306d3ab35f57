"""Keys, tenants and people, looked after in the browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from aboveboard.access import Access, User
from aboveboard.evidence.records import AccessChange
from samples import World

LogIn = Callable[..., Any]
Hire = Callable[..., User]
XSS = "<script>alert(1)</script>\"'><svg/onload=alert(3)>"
PASSWORD = "another row of words"


@pytest.fixture
def admin(log_in: LogIn) -> Any:
    return log_in("ada", "admin")


def made(admin: Any, **fields: Any) -> Any:
    """A key of a new tenant: the page that shows it."""
    admin.send("/console/tenants", name="Acme")
    assert '<option value="Acme">' in admin.client.get("/console/keys").text
    order = {"tenant": "Acme", "label": "helpdesk", "scope": ["answer", "read"]}
    return admin.send("/console/keys", **order | fields)


def test_a_key_is_made_and_its_secret_shown_once(admin: Any, access: Access, world: World) -> None:
    page = made(admin, model="small", limits="requests/minute=60\r\ntokens/day=1000", expires="")
    text = page.text.split('<pre id="secret">')[1].split("</pre>")[0]
    caller = access.keyring.verify(text)
    assert caller is not None
    assert caller.scopes == {"answer", "read"}
    assert caller.models == {"small"}
    secret = text.rsplit("-", 1)[1]
    for path in ("/console/keys", f"/console/keys/{caller.key}"):
        html = admin.client.get(path).text
        assert secret not in html
        assert "tokens/day=1000" in html
    changes = world.evidence.reader.find("access-change")
    assert {each.actor for each in changes} == {admin.user.actor}
    assert "Acme" not in repr(changes)


def test_a_long_list_of_keys_is_read_a_page_at_a_time(
    admin: Any, access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("_keys", "_paging"):
        monkeypatch.setattr(f"aboveboard.console.{module}.PAGE", 2)
    for label in ("first", "second", "third"):
        made(admin, label=label, limits="requests/minute=61")
    admin.send("/console/tenants", name="Without")
    first, last = (admin.client.get(f"/console/keys?page={number}").text for number in (1, 2))
    assert re.findall(r'class="said">(\w+)', first) == ["first", "second"]
    assert re.findall(r'class="said">(\w+)', last) == ["third"]
    assert "Without" not in first
    assert "Without" in last
    assert "No key yet." in last
    assert '<a href="?page=2">next</a>' in first
    assert '<a href="?page=1">before</a>' in last
    assert first.count("requests/minute=61") == 2


def test_a_key_is_limited_replaced_and_revoked(admin: Any, access: Access) -> None:
    made(admin)
    (key,) = access.register.keys()
    path = f"/console/keys/{key.id}"
    admin.send(f"{path}/limits", limits="money/month=25.5")
    assert list(map(str, access.register.limits(key))) == ["money/month=25.5"]
    text = admin.send(f"{path}/rotate").text.split('<pre id="secret">')[1].split("</pre>")[0]
    assert access.keyring.verify(text)
    assert "revoked" in admin.send(f"{path}/revoke").text
    assert access.keyring.verify(text) is None
    assert admin.send(f"{path}/revoke").status_code == 409


def test_a_tenant_is_limited(admin: Any, access: Access) -> None:
    made(admin)
    (tenant,) = access.register.tenants()
    page = admin.send(f"/console/tenants/{tenant.id}/limits", limits="tokens/day=5, requests/hour=7")
    assert "requests/hour=7, tokens/day=5" in page.text


@pytest.mark.parametrize(
    "fields",
    [
        {"label": ""},
        {"scope": []},
        {"scope": "root"},
        {"limits": "all/of=it"},
        {"expires": "soon"},
        {"expires": "2020-01-01T00:00:00Z"},
        {"model": "two words"},
    ],
)
def test_a_key_that_cannot_be_is_refused_by_name(admin: Any, access: Access, fields: dict[str, Any]) -> None:
    page = made(admin, **fields)
    assert page.status_code == 422
    assert not access.register.keys()


def test_an_auditor_sees_keys_and_people_and_changes_none(log_in: LogIn, admin: Any) -> None:
    made(admin)
    auditor = log_in("odo", "auditor")
    for path in ("/console/keys", "/console/people"):
        html = auditor.client.get(path).text
        assert html.count("<form") == 1, "only the one that logs out"


def test_what_is_recorded_first_is_not_made_when_it_cannot_be(
    admin: Any, access: Access, world: World
) -> None:
    token = admin.csrf()
    world.evidence.recorder.close()
    response = admin.client.post("/console/tenants", data={"csrf": token, "name": "Acme"})
    assert response.status_code == 503
    assert not access.register.tenants()


def test_people_are_added_changed_and_removed(admin: Any, access: Access) -> None:
    admin.send("/console/people", name="bo", role="auditor", password=PASSWORD)
    bo = access.people.named("bo")
    session = access.sessions.login("bo", PASSWORD, "192.0.2.1")
    admin.send(f"/console/people/{bo.id}/roles", role=["auditor", "reviewer"])
    assert access.people.named("bo").roles == ("auditor", "reviewer")
    assert access.sessions.find(session.token) is None
    admin.send(f"/console/people/{bo.id}/password", password=PASSWORD + "!")
    assert access.sessions.login("bo", PASSWORD + "!", "192.0.2.1")
    admin.send(f"/console/people/{bo.id}/remove")
    assert [each.name for each in access.people.all()] == ["ada"]


@pytest.mark.parametrize("act", ["roles", "password", "remove"])
def test_nobody_changes_what_they_are(admin: Any, access: Access, act: str) -> None:
    fields = {"role": ["admin", "reviewer"], "password": PASSWORD}
    response = admin.send(f"/console/people/{admin.user.id}/{act}", **fields)
    assert response.status_code == 403
    assert "This is you" in response.text
    assert access.people.named("ada").roles == ("admin",)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"role": []}, 422),
        ({"role": "wizard"}, 422),
        ({"password": "short"}, 422),
        ({"name": ""}, 422),
        ({"name": "ada"}, 409),
    ],
)
def test_somebody_who_cannot_be_is_refused(
    admin: Any, access: Access, fields: dict[str, Any], status: int
) -> None:
    given = {"name": "bo", "role": "auditor", "password": PASSWORD} | fields
    response = admin.send("/console/people", **given)
    assert response.status_code == status
    assert PASSWORD not in response.text
    assert len(access.people.all()) == 1


def test_the_evidence_names_nobody(admin: Any, world: World) -> None:
    admin.send("/console/people", name="bo@example.org", role="auditor", password=PASSWORD)
    changes = world.evidence.reader.find("access-change")
    assert all(isinstance(each, AccessChange) for each in changes)
    assert "bo@example.org" not in repr(changes)
    assert PASSWORD not in repr(changes)


def test_whatever_a_label_or_a_name_says_stays_text(admin: Any, access: Access, hire: Hire) -> None:
    admin.send("/console/tenants", name=XSS)
    (tenant,) = access.register.tenants()
    pages = [admin.send("/console/keys", tenant=tenant.id, label=XSS, scope="answer").text]
    (key,) = access.register.keys()
    person = hire(XSS, "auditor")
    paths = ["keys", f"keys/{key.id}", f"tenants/{tenant.id}", "people", f"people/{person.id}"]
    pages += [admin.client.get(f"/console/{path}").text for path in paths]
    for html in pages:
        assert "<script>" not in html
        assert "<svg" not in html
    assert sum("alert(1)" in html for html in pages) == len(paths)
