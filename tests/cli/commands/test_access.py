"""Tenants, keys and users from the command line; each change on record, no secret but the one shown once."""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from aboveboard.access import Access
from aboveboard.evidence import Evidence, every
from aboveboard.evidence.records import AccessChange
from samples.commands import Ran
from samples.server import SCRIPTED, running

Command = Callable[..., Ran]
PASSWORD = "four words in a row"


def changes(folder: Path) -> list[AccessChange]:
    with Evidence.read(folder / ".aboveboard") as reader:
        return [each for each in every(reader, "access-change") if isinstance(each, AccessChange)]


@pytest.fixture
def tenant(command: Command) -> str:
    ran = command("tenant", "create", "Acme", "--json")
    assert ran.code == 0
    made: str = json.loads(ran.out)["id"]
    return made


@pytest.fixture
def key(command: Command, tenant: str) -> str:
    ran = command("key", "create", "Acme", "--label", "desk", "--limit", "requests/day=5", "--model", "m")
    assert ran.code == 0
    return ran.out.strip()


def test_a_key_is_shown_once_and_kept_as_a_digest(command: Command, key: str, folder: Path) -> None:
    _, number, secret = key.split("-", 2)
    listed = json.loads(command("key", "list", "--json").out)
    assert [each["id"] for each in listed] == [number]
    assert secret not in command("key", "list").out + command("key", "show", number).out
    for path in (folder / ".aboveboard").rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes(), path


def test_a_key_is_shown_with_what_it_is_for(command: Command, key: str, tenant: str) -> None:
    shown = json.loads(command("key", "show", key[3:13], "--json").out)
    assert shown["tenant"] == tenant
    assert (shown["label"], shown["status"], shown["scopes"]) == ("desk", "live", ["answer"])
    assert (shown["models"], shown["limits"]) == (["m"], ["requests/day=5"])
    assert "requests/day=5" in command("key", "show", key[3:13]).out


def test_every_act_is_on_record_and_names_nobody(
    command: Command, key: str, tenant: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = key[3:13]
    assert command("tenant", "limit", "Acme", "tokens/day=1000", "money/month=2.50").code == 0
    assert command("key", "limit", number, "--none").code == 0
    assert command("key", "rotate", number, "--overlap", "10m").code == 0
    assert command("key", "revoke", number).code == 0
    found = changes(folder)
    assert {each.change for each in found} == {
        "tenant-made",
        "key-made",
        "limits-set",
        "key-rotated",
        "key-revoked",
    }
    assert {each.subject for each in found} == {f"tenant:{tenant}", f"key:{number}"}
    assert ("tokens/day=1000", "money/month=2.5") in [each.limits for each in found]
    assert "Acme" not in repr(found)
    assert not re.search(r"\bdesk\b", repr(found))


def test_a_rotated_key_is_another(command: Command, key: str) -> None:
    ran = command("key", "rotate", key[3:13], "--json")
    other = json.loads(ran.out)["key"]
    assert other[:14] == key[:14]
    assert other != key


def test_a_revoked_key_cannot_be_brought_back(command: Command, key: str) -> None:
    number = key[3:13]
    command("key", "revoke", number)
    for again in (("revoke",), ("rotate",), ("limit", "--none")):
        ran = command("key", again[0], number, *again[1:])
        assert ran.code == 3
        assert "revoked" in ran.err
    assert "revoked" in command("key", "list").out


def test_usage_is_shown_by_key_period_and_meter(command: Command, key: str, folder: Path) -> None:
    with Access.open(folder / ".aboveboard" / "access.db") as access:
        access.keyring.refresh()
        caller = access.keyring.verify(key)
        assert caller is not None
        found = access.metering.reserve_slowly(caller, (1, 100, 0, 0))
        access.metering.settle(found, (1, 42, 1_500_000_000, 250_000_000))  # type: ignore[arg-type]  # there is room
    rows = json.loads(command("key", "usage", "--json").out)
    assert [row["period"] for row in rows] == ["day", "month", "total"]
    assert rows[0] == {
        "key": key[3:13],
        "period": "day",
        "requests": "1",
        "tokens": "42",
        "money": "1.5",
        "energy": "0.25",
    }
    assert "1.5" in command("key", "usage", key[3:13]).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("key", "create", "Nobody", "--label", "x"), "no tenant"),
        (("key", "create", "Acme", "--label", "x", "--limit", "tokens/day"), "not a limit"),
        (("key", "create", "Acme", "--label", "x", "--limit", "tokns/day=5"), "did you mean 'tokens'"),
        (("key", "create", "Acme", "--label", "x", "--limit", "tokens/day=1.5"), "cannot be counted"),
        (("key", "create", "Acme", "--label", "a\nb"), "not a label"),
        (("key", "create", "Acme", "--label", "x", "--expires", "tomorrow"), "not a moment"),
        (("key", "create", "Acme", "--label", "x", "--expires", "2001-01-01T00:00:00Z"), "is over"),
        (("key", "create", "Acme", "--label", "x", "--model", "a b"), "list of models"),
        (("key", "show", "0000000000"), "no key has this id"),
        (("key", "rotate", "0000000000", "--overlap", "soon"), "not a duration"),
        (("key", "limit", "0000000000"), "give limits, or --none"),
        (("tenant", "create", "Acme"), "choose another name"),
        (("tenant", "limit", "Acme", "tokens/day=1", "tokens/day=2"), "stands twice"),
        (("user", "roles", "nobody", "reviewer"), "no user"),
        (("user", "add", "ann", "--role", "revewer"), "did you mean 'reviewer'"),
    ],
)
def test_a_mistake_is_told_with_its_cure(
    command: Command, tenant: str, arguments: tuple[str, ...], said: str
) -> None:
    ran = command(*arguments)
    assert ran.code == 3
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_what_cannot_be_done_leaves_no_record(command: Command, tenant: str, folder: Path) -> None:
    command("tenant", "create", "Acme")
    command("key", "create", "Acme", "--label", "x", "--limit", "nonsense")
    assert [each.change for each in changes(folder)] == ["tenant-made"]


def test_people_are_added_listed_and_removed(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter([PASSWORD, PASSWORD, "another row of words", "another row of words"])
    monkeypatch.setattr("click.termui.hidden_prompt_func", lambda _: next(typed))
    assert command("user", "add", "ann@example.org", "--role", "reviewer").code == 0
    (listed,) = json.loads(command("user", "list", "--json").out)
    assert (listed["name"], listed["roles"]) == ("ann@example.org", ["reviewer"])
    assert command("user", "roles", "ann@example.org", "auditor", "admin").code == 0
    assert command("user", "password", "ann@example.org").code == 0
    with Access.open(folder / ".aboveboard" / "access.db") as access:
        session = access.sessions.login("ann@example.org", "another row of words", "127.0.0.1")
        assert session.user.roles == ("auditor", "admin")
    assert command("user", "remove", "ann@example.org").code == 0
    assert json.loads(command("user", "list", "--json").out) == []
    found = changes(folder)
    assert len(found) == 4
    assert {each.subject for each in found} == {f"user:{listed['id']}"}
    assert not re.search(r"\bann\b", repr(found))


def test_a_password_is_never_an_argument(command: Command) -> None:
    assert command("user", "add", "ann", "--role", "admin", "--password", PASSWORD).code == 3


def test_a_kill_between_record_and_change_leaves_a_record_alone(
    command: Command, tenant: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Access, "keep", killed)
    command("key", "create", "Acme", "--label", "x")
    assert json.loads(command("key", "list", "--json").out) == []
    assert [each.change for each in changes(folder)].count("key-made") == 1


def test_serving_others_without_keys_is_refused_with_the_cure(
    command: Command, write: Callable[..., Path]
) -> None:
    write(SCRIPTED)
    for name in ("serve", "up"):
        ran = command(name, "--host", "0.0.0.0", "--port", "0")
        assert ran.code == 3
        assert "access: {keys: required}" in ran.err
        assert "--without-keys" in ran.err


def test_a_served_gateway_lets_in_whoever_has_a_key_until_it_is_revoked(
    command: Command, folder: Path, write: Callable[..., Path], tenant: str
) -> None:
    import time

    write(SCRIPTED + "access: {keys: required}\n")
    text = command("key", "create", "Acme", "--label", "x").out.strip()

    def status(address: str, key: str) -> int:
        request = urllib.request.Request(f"{address}/v1/models", headers={"Authorization": f"Bearer {key}"})
        try:
            with urllib.request.urlopen(request) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code

    with running(folder) as server:
        assert status(server.address, "") == 401
        assert status(server.address, text) == 200
        assert command("key", "revoke", text[3:13]).code == 0
        time.sleep(2.0)
        assert status(server.address, text) == 401
