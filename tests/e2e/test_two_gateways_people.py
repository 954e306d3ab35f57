"""Keys, budgets, held answers, misuse and logins of two gateway processes on one PostgreSQL: one house."""

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from samples.asking import Heard, chat, request, wait_until
from samples.commands import run_program
from samples.postgres import SampleDatabase
from samples.server import Server, running

pytestmark = pytest.mark.slow

PASSWORD = "four words in a row"
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
  - {guard: secrets, mode: [input], action: block}
access: {keys: required, console: required}
misuse: {ladder: suspend}
"""
ASKED = "Write to ann@example.org please"
STOPPED = "Keep this: ghp_" + "aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5"


@dataclass
class Pair:
    """Two servers, and a way to administer them."""

    first: Server
    second: Server
    tenant: str

    def key(self, *limits: str) -> str:
        """A new key that both know."""
        given = [part for limit in limits for part in ("--limit", limit)]
        made = run_program(
            self.first.folder, "key", "create", self.tenant, "--label", "desk", "--json", *given
        )
        text: str = made.json["key"]
        for server in (self.first, self.second):
            wait_until(
                lambda server=server: request(server.address, "/v1/models", headers=_by(text)).status == 200
            )
        return text

    def standings(self) -> list[Any]:
        found: list[Any] = run_program(self.second.folder, "misuse", "list", "--json").json
        return found


@pytest.fixture
def pair(tmp_path: Path, database: SampleDatabase, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    monkeypatch.setenv("ABOVEBOARD_DATABASE", database.address)
    folders = [tmp_path / "first", tmp_path / "second"]
    for folder in folders:
        folder.mkdir()
        (folder / "charter.yaml").write_text(CHARTER, encoding="utf-8")
    added = run_program(
        folders[0], "user", "add", "rex", "--role", "reviewer", "--password-stdin", stdin=PASSWORD + "\n"
    )
    assert added.code == 0, added.err
    assert run_program(folders[0], "tenant", "create", "Acme").code == 0
    (folders[1] / ".aboveboard").mkdir(mode=0o700)
    shutil.copytree(folders[0] / ".aboveboard/keys", folders[1] / ".aboveboard/keys")
    with ExitStack() as stack:
        first, second = (stack.enter_context(running(folder)) for folder in folders)
        yield Pair(first, second, "Acme")


def models(server: Server, key: str) -> int:
    return request(server.address, "/v1/models", headers=_by(key)).status


def _by(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@dataclass
class Browser:
    """What a browser keeps: cookies, whichever of the two servers they are sent to."""

    cookies: dict[str, str]

    def get(self, address: str, path: str) -> str:
        return self._send(address, "GET", path)

    def post(self, address: str, page: str, path: str, **fields: str) -> str:
        """Sends a form as the page has it, with its token."""
        html = self.get(address, page)
        token = re.search(r'name="csrf" value="([^"]+)"', html)
        assert token, html[:500]
        return self._send(address, "POST", path, {"csrf": token[1], **fields})

    def log_in(self, address: str) -> None:
        self.post(address, "/console/login", "/console/login", next="", name="rex", password=PASSWORD)
        assert "aboveboard" in self.cookies

    def _send(self, address: str, method: str, path: str, form: dict[str, str] | None = None) -> str:
        where = urlsplit(address)
        connection = HTTPConnection(where.hostname or "", where.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": address}
        connection.request(method, path, urlencode(form) if form else None, headers)
        answer = connection.getresponse()
        for cookie in answer.headers.get_all("set-cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        body = answer.read().decode()
        connection.close()
        assert answer.status in (200, 303), (answer.status, body)
        return body


def test_asked_at_one_polled_at_the_other_decided_in_its_console_and_released_once(pair: Pair) -> None:
    key = pair.key()
    told = chat(pair.first.address, ASKED, headers=_by(key))
    assert told.status == 202
    url = told.json["url"]
    assert request(pair.second.address, url, headers=_by(key)).json["status"] == "pending"
    (row,) = run_program(pair.first.folder, "hold", "list", "--json").json
    browser, path = Browser({}), f"/console/cases/{row['case']}"
    browser.log_in(pair.first.address)  # a session is begun at one …
    browser.post(pair.second.address, path, f"{path}/decide", outcome="released", reason="I have read it.")
    for server in (pair.first, pair.second):  # … and holds at the other
        given = request(server.address, url, headers=_by(key))
        assert (given.status, given.json["status"]) == (200, "released")
        assert "Write to ann@example.org" in given.json["answer"]["choices"][0]["message"]["content"]
    again = run_program(pair.first.folder, "hold", "reject", row["case"], "--reason", "Too late.")
    assert again.code != 0
    assert run_program(pair.first.folder, "ledger", "export", "exported").code == 0
    checked = run_program(pair.first.folder, "ledger", "check", "exported", "--json")
    assert (checked.code, checked.json["problems"]) == (0, [])


def test_another_tenants_key_finds_nothing_at_either(pair: Pair) -> None:
    url = chat(pair.first.address, ASKED, headers=_by(pair.key())).json["url"]
    assert run_program(pair.first.folder, "tenant", "create", "Other").code == 0
    other = Pair(pair.first, pair.second, "Other").key()
    assert {request(each.address, url, headers=_by(other)).status for each in (pair.first, pair.second)} == {
        404
    }


def test_a_budget_is_spent_once_however_it_is_asked(pair: Pair) -> None:
    key, found = pair.key("requests/total=20"), list[Heard]()
    for number in range(30):
        server = (pair.first, pair.second)[number % 2]
        found.append(chat(server.address, "Hello", headers=_by(key)))
    assert sum(each.status == 200 for each in found) == 20
    assert {each.json["error"]["code"] for each in found if each.status != 200} == {"insufficient_quota"}


def test_misuse_at_both_leads_up_one_ladder_and_an_appeal_granted_at_one_lifts_it_at_both(pair: Pair) -> None:
    key = pair.key()
    for rung in ("watch", "slow", "hold", "suspend"):
        for number in range(5):
            server = (pair.first, pair.second)[number % 2]
            assert chat(server.address, STOPPED, headers=_by(key)).status == 400
        wait_until(lambda rung=rung: [each["rung"] for each in pair.standings()] == [rung])
    servers = (pair.first, pair.second)
    for server in servers:
        wait_until(lambda server=server: chat(server.address, headers=_by(key)).status == 403)
    refused = chat(pair.first.address, headers=_by(key)).json["error"]
    assert (refused["code"], refused["misuse"]["signal"]) == ("misuse_suspended", "blocks")
    asked = request(pair.first.address, refused["misuse"]["appeal"], {"words": "Our tests."}, _by(key))
    assert asked.status == 201
    again = request(pair.second.address, "/v1/appeals", {"words": "Please."}, _by(key))
    assert (again.status, again.json["error"]["code"]) == (409, "appeal_waits")
    assert request(pair.second.address, asked.json["url"]).status == 200, "they follow it at either"
    (row,) = pair.standings()
    browser, path = Browser({}), f"/console/cases/{row['appeal']}"
    browser.log_in(pair.second.address)
    assert row["holder"] in browser.get(pair.first.address, "/console/misuse")
    browser.post(pair.second.address, path, f"{path}/decide", outcome="granted", reason="They were tests.")
    for server in servers:
        wait_until(lambda server=server: chat(server.address, headers=_by(key)).status == 200)
    shown = run_program(pair.first.folder, "misuse", "show", row["holder"], "--json").json
    assert [each["to"] for each in shown["steps"]] == ["off", "suspend", "hold", "slow", "watch"]
    assert shown["standing"] is None
