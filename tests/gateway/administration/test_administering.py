"""Administration by HTTP: for the scope `admin` alone, on record before it is done, nothing secret in it."""

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from aboveboard.access import Access, KeyOrder
from aboveboard.errors import AboveboardError
from aboveboard.evidence.records import AccessChange, Decision, Record

MakeRig = Callable[..., Any]
TENANTS, KEYS = "/v1/admin/tenants", "/v1/admin/keys"


@dataclass
class Remembering:
    """A recorder of anything; `fail` makes it refuse."""

    records: list[Record] = field(default_factory=list)
    fail: bool = False

    def submit(self, record: Record, attachments: Mapping[str, bytes] | None = None) -> "Future[Any]":
        done: Future[Any] = Future()
        if self.fail:
            done.set_exception(AboveboardError("full"))
        else:
            self.records.append(record)
            done.set_result(None)
        return done

    @property
    def changes(self) -> list[AccessChange]:
        return [each for each in self.records if isinstance(each, AccessChange)]


class Office:
    """A gateway with an administrator's key."""

    def __init__(self, make_rig: MakeRig, charter: Any, folder: Path) -> None:
        self.access = Access.open(folder / "access.db")
        self.recorder = Remembering()
        tenant, act = self.access.register.draft_tenant("Operators", "role:admin")
        self.access.keep(act)
        self.admin = self.issue(tenant.name, "admin")
        self.rig = make_rig(charter=charter, access=self.access, recorder=self.recorder)

    def issue(self, tenant: str, *scopes: str) -> str:
        found = self.access.register.tenant(tenant)
        issued = self.access.register.draft_key(found, KeyOrder("k", scopes), "role:admin")
        self.access.keep(issued.act)
        self.access.keyring.refresh()
        return issued.text

    async def call(self, method: str, path: str, body: Any = None, key: str | None = None) -> Any:
        data = b"" if body is None else json.dumps(body).encode()
        headers = {"authorization": f"Bearer {self.admin if key is None else key}"}
        if body is not None:
            headers |= {"content-type": "application/json", "content-length": str(len(data))}
        return await self.rig.send(method, path, [{"type": "http.request", "body": data}], headers)

    async def made_key(self, **fields: Any) -> Any:
        return (await self.call("POST", KEYS, {"tenant": "Operators", "label": "desk", **fields})).json


@pytest.fixture
def office(make_rig: MakeRig, charter_with: Callable[..., Any], tmp_path: Path) -> Iterator[Office]:
    made = Office(make_rig, charter_with("access: {keys: required}"), tmp_path)
    yield made
    made.access.close()


async def test_a_tenant_and_a_key_from_making_to_revoking(office: Office) -> None:
    tenant = (await office.call("POST", TENANTS, {"name": "Acme"})).json
    answer = await office.call(
        "POST",
        KEYS,
        {"tenant": tenant["id"], "label": "desk", "limits": ["requests/day=2"], "models": ["m"]},
    )
    assert answer.status == 201
    assert answer.headers["cache-control"] == "no-store"
    key = answer.json
    assert (key["status"], key["scopes"], key["limits"]) == ("live", ["answer"], ["requests/day=2"])
    asked = await office.rig.post(
        json.dumps(office.rig.body_for("/v1/chat/completions", "hi")).encode(), {"x-api-key": key["key"]}
    )
    assert asked.status == 200
    rotated = (await office.call("POST", f"{KEYS}/{key['id']}/rotate", {"overlap_seconds": 60})).json
    assert rotated["key"] != key["key"]
    office.access.metering.balance()
    usage = (await office.call("GET", f"{KEYS}/{key['id']}/usage")).json
    assert (usage["day"]["requests"], usage["total"]["tokens"]) == ("1", "12")
    limited = await office.call("PUT", f"{KEYS}/{key['id']}/limits", {"limits": ["money/month=1.5"]})
    assert limited.json["limits"] == ["money/month=1.5"]
    ended = await office.call("DELETE", f"{KEYS}/{key['id']}")
    assert ended.json["status"] == "revoked"
    listed = (await office.call("GET", KEYS)).json["data"]
    assert {each["id"] for each in listed} > {key["id"]}
    secrets = [each.split("-", 2)[2] for each in (key["key"], rotated["key"])]
    assert all(secret not in json.dumps(listed) for secret in secrets)
    assert [each.change for each in office.recorder.changes] == [
        "tenant-made",
        "key-made",
        "key-rotated",
        "limits-set",
        "key-revoked",
    ]
    assert {each.actor for each in office.recorder.changes} == {f"key:{office.admin[3:13]}"}


async def test_a_new_key_opens_and_a_revoked_one_does_not_at_once(office: Office) -> None:
    key = await office.made_key()
    assert (await office.rig.get("/v1/models", {"x-api-key": key["key"]})).status == 200
    await office.call("DELETE", f"{KEYS}/{key['id']}")
    assert (await office.rig.get("/v1/models", {"x-api-key": key["key"]})).status == 401


@pytest.mark.parametrize(
    ("method", "path"), [("GET", TENANTS), ("POST", TENANTS), ("GET", KEYS), ("POST", KEYS)]
)
@pytest.mark.parametrize("scopes", [("answer", "read", "metrics"), ()])
async def test_nobody_else_administers(
    office: Office, method: str, path: str, scopes: tuple[str, ...]
) -> None:
    key = office.issue("Operators", *scopes) if scopes else ""
    answer = await office.call(method, path, {"name": "x"} if method == "POST" else None, key)
    assert answer.status == (403 if scopes else 401)
    assert office.recorder.records == []


async def test_an_admin_key_asks_no_model(office: Office) -> None:
    body = json.dumps(office.rig.body_for("/v1/chat/completions", "hi")).encode()
    assert (await office.rig.post(body, {"x-api-key": office.admin})).status == 403
    assert not any(isinstance(each, Decision) for each in office.recorder.records)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", TENANTS, {}, 400),
        ("POST", TENANTS, {"name": 5}, 400),
        ("POST", TENANTS, {"name": ""}, 400),
        ("POST", TENANTS, {"name": "a\nb"}, 400),
        ("POST", TENANTS, {"name": "x" * 201}, 400),
        ("POST", TENANTS, {"name": "Operators"}, 409),
        ("POST", TENANTS, {"name": "x", "limit": ["tokens/day=1"]}, 400),
        ("POST", KEYS, {"tenant": "Operators"}, 400),
        ("POST", KEYS, {"tenant": "nobody", "label": "x"}, 404),
        ("POST", KEYS, {"tenant": "'; DROP TABLE keys; --", "label": "x"}, 404),
        ("POST", KEYS, {"tenant": "Operators", "label": "x", "limits": "tokens/day=1"}, 400),
        ("POST", KEYS, {"tenant": "Operators", "label": "x", "limits": ["tokens/day=-1"]}, 400),
        ("POST", KEYS, {"tenant": "Operators", "label": "x", "limits": ["tokens/day=" + "9" * 30]}, 400),
        ("POST", KEYS, {"tenant": "Operators", "label": "x", "scopes": ["root"]}, 400),
        ("POST", KEYS, {"tenant": "Operators", "label": "x", "expires": "9999-99-99"}, 400),
        ("GET", f"{KEYS}/0000000000", None, 404),
        ("GET", f"{KEYS}/../../etc/passwd", None, 404),
        ("DELETE", f"{KEYS}/%27", None, 404),
        ("GET", f"{KEYS}/0000000000/secret", None, 404),
        ("DELETE", TENANTS, None, 405),
        ("PUT", f"{KEYS}/0000000000", {}, 405),
        ("GET", f"{TENANTS}/nobody", None, 404),
    ],
)
async def test_what_makes_no_sense_is_refused_and_not_on_record(
    office: Office, method: str, path: str, body: Any, status: int
) -> None:
    answer = await office.call(method, path, body)
    assert answer.status == status
    assert office.recorder.records == []


async def test_a_revoked_key_stays_revoked(office: Office) -> None:
    key = await office.made_key()
    await office.call("DELETE", f"{KEYS}/{key['id']}")
    for method, part, body in (
        ("DELETE", "", None),
        ("POST", "/rotate", {}),
        ("PUT", "/limits", {"limits": []}),
    ):
        assert (await office.call(method, f"{KEYS}/{key['id']}{part}", body)).status == 409


async def test_what_cannot_be_recorded_is_not_done(office: Office) -> None:
    office.recorder.fail = True
    answer = await office.call("POST", TENANTS, {"name": "Acme"})
    assert (answer.status, answer.error["code"]) == (503, "unrecorded")
    assert [each["name"] for each in (await office.call("GET", TENANTS)).json["data"]] == ["Operators"]


async def test_where_no_keys_are_asked_for_there_is_no_administration(make_rig: MakeRig) -> None:
    assert (await make_rig().get(TENANTS)).status == 404


async def pages(office: Office, path: str, limit: int) -> list[list[str]]:
    """The ids of each page of a list."""
    found: list[list[str]] = []
    query = f"?limit={limit}"
    for _ in range(20):
        answer = (await office.call("GET", path + query)).json
        found.append([each["id"] for each in answer["data"]])
        if not answer["has_more"]:
            return found
        query = f"?limit={limit}&after={found[-1][-1]}"
    raise AssertionError("the list does not end")


async def test_keys_come_a_page_at_a_time_each_once(office: Office) -> None:
    made = {(await office.made_key(label=f"k{each}"))["id"] for each in range(4)}
    found = await pages(office, KEYS, 2)
    assert list(map(len, found)) == [2, 2, 1]
    assert made < {each for page in found for each in page}
    assert await pages(office, KEYS, 5) == [list(chain(*found))]
    shown = (await office.call("GET", f"{KEYS}?after={found[0][-1]}")).json["data"]
    assert [each["id"] for each in shown] == list(chain(*found[1:]))


async def test_tenants_come_a_page_at_a_time_by_name(office: Office) -> None:
    for name in ("Zeta", "Acme", "Émile"):
        await office.call("POST", TENANTS, {"name": name})
    names = {each["id"]: each["name"] for each in (await office.call("GET", TENANTS)).json["data"]}
    found = await pages(office, TENANTS, 1)
    assert [names[each] for page in found for each in page] == ["Acme", "Operators", "Zeta", "Émile"]


async def test_a_page_shows_the_limits_of_what_is_on_it(office: Office) -> None:
    await office.made_key(limits=["tokens/day=9", "requests/minute=5"])
    shown = (await office.call("GET", KEYS)).json["data"]
    assert [each["limits"] for each in shown] == [[], ["requests/minute=5", "tokens/day=9"]]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("limit=0", 400, "invalid_value"),
        ("limit=1001", 400, "invalid_value"),
        ("limit=-1", 400, "invalid_value"),
        ("limit=%D9%A3", 400, "invalid_value"),
        ("limit=", 400, "invalid_value"),
        ("after=%FF", 400, "invalid_value"),
        ("afer=x", 400, "unknown_parameter"),
        ("limit=1&limit=2", 400, "unknown_parameter"),
        ("after=nobody", 404, "not_found"),
        ("&".join(f"a{each}=1" for each in range(99)), 400, "invalid_value"),
    ],
)
@pytest.mark.parametrize("path", [KEYS, TENANTS])
async def test_no_page_is_given_that_was_not_asked_for(
    office: Office, path: str, query: str, status: int, code: str
) -> None:
    answer = await office.call("GET", f"{path}?{query}")
    assert (answer.status, answer.error["code"]) == (status, code)
