"""The OpenAPI document names every endpoint, and what is answered is what it says."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from aboveboard.access import Access, KeyOrder
from aboveboard.gateway._app import Endpoint
from aboveboard.gateway.admission import _refusals
from aboveboard.gateway.dialects import DIALECTS, _chat, _completions, _embeddings, _messages, _responses
from aboveboard.gateway.http import _errors
from aboveboard.gateway.openapi import Route, document
from aboveboard.gateway.openapi._document import _ERRORS
from aboveboard.models import ModelError, ModelTimeoutError

MakeRig = Callable[..., Any]
CHECKED = {
    "/v1/chat/completions": _chat,
    "/v1/completions": _completions,
    "/v1/responses": _responses,
    "/v1/messages": _messages,
}
HEADERS = {"content-type": "application/json"}


class Anything:
    """A recorder that keeps nothing, and has kept it at once."""

    def submit(self, record: Any, attachments: Any = None) -> "Future[Any]":
        done: Future[Any] = Future()
        done.set_result(None)
        return done


@pytest.fixture
def access(tmp_path: Path) -> Iterator[Access]:
    with Access.open(tmp_path / "access.db") as found:
        yield found


@pytest.fixture
def rig_with_keys(make_rig: MakeRig, charter_with: Callable[..., Any], access: Access) -> Any:
    return make_rig(
        charter=charter_with("access: {keys: required}"), access=access.start(), recorder=Anything()
    )


def admin_key(access: Access) -> str:
    """The text of a key for everything."""
    register = access.register
    tenant, act = register.draft_tenant("Operators", "role:admin")
    access.keep(act)
    order = KeyOrder("all", ("answer", "read", "metrics", "admin"), (), "", [])
    issued = register.draft_key(tenant, order, "role:admin")
    access.keep(issued.act)
    access.keyring.refresh()
    return issued.text


async def described(rig: Any) -> Any:
    answer = await rig.get("/openapi.json")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    return answer.json


def check(found: Any, described: Any, path: str, method: str = "post") -> None:
    """Whether an answer is one of those that the document names; says where it is not."""
    said = described["paths"][path][method]["responses"]
    assert str(found.status) in said, (path, found.status)
    media = found.headers["content-type"].partition(";")[0]
    schema = said[str(found.status)]["content"][media]["schema"]
    if media == "application/json":
        whole = {**schema, "components": described["components"]}
        Draft202012Validator(whole).validate(found.json)


@pytest.mark.parametrize("rig", ["make_rig", "rig_with_keys"])
async def test_every_endpoint_is_named_with_every_method(rig: str, request: pytest.FixtureRequest) -> None:
    fixture = request.getfixturevalue(rig)
    made = fixture() if rig == "make_rig" else fixture
    paths = (await described(made))["paths"]
    endpoints: tuple[Endpoint, ...] = made.app.endpoints
    for endpoint in endpoints:
        shown = endpoint.path + ("{id}" if endpoint.path.endswith("/") else "")
        named = {method for path, of in paths.items() if path.startswith(shown) for method in of}
        assert named >= {method.lower() for method in (endpoint.method, *endpoint.others)}, shown
    assert {dialect.path for dialect in DIALECTS} <= set(paths)


def test_an_endpoint_of_which_nothing_is_said_is_an_error(make_rig: MakeRig) -> None:
    with pytest.raises(LookupError, match="says nothing of GET /v1/news"):
        document([Route("/v1/news", ("GET",))], "1", make_rig().services.limits, has_keys=False)


async def test_every_schema_is_one(rig_with_keys: Any) -> None:
    found = await described(rig_with_keys)
    for path, operations in found["paths"].items():
        for operation in operations.values():
            body = operation.get("requestBody")
            if body:
                Draft202012Validator.check_schema(body["content"]["application/json"]["schema"])
            assert ("security" in operation) == path.startswith(("/v1/", "/metrics"))
    for schema in found["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("path", CHECKED)
async def test_every_field_that_is_checked_is_described(make_rig: MakeRig, path: str) -> None:
    schema = (await described(make_rig()))["paths"][path]["post"]["requestBody"]["content"]
    known = schema["application/json"]["schema"]["properties"]
    assert set(CHECKED[path]._CHECKS) <= set(known)


async def test_fields_of_embeddings_are_described(make_rig: MakeRig) -> None:
    schema = (await described(make_rig()))["paths"]["/v1/embeddings"]["post"]["requestBody"]["content"]
    assert set(_embeddings._WORDLESS) <= set(schema["application/json"]["schema"]["properties"])


def test_every_status_that_an_error_has_is_described() -> None:
    kinds = [each for module in (_errors, _refusals) for each in vars(module).values()]
    statuses = {
        each.status for each in kinds if isinstance(each, type) and issubclass(each, _errors.ApiError)
    }

    assert statuses - {405} <= set(_ERRORS)  # 405: of methods that an operation is not


@pytest.mark.parametrize("path", [dialect.path for dialect in DIALECTS])
@pytest.mark.parametrize("streamed", [False, True])
async def test_an_answer_is_as_described(make_rig: MakeRig, path: str, streamed: bool) -> None:
    rig = make_rig()
    fields = {"stream": True} if streamed and path != "/v1/embeddings" else {}
    found = await rig.ask(path, "hi", **fields)
    assert found.status == 200
    check(found, await described(rig), path)


@pytest.mark.parametrize("path", [dialect.path for dialect in DIALECTS])
async def test_refusals_are_as_described(make_rig: MakeRig, scripted: Any, path: str) -> None:
    rig = make_rig()
    shown = await described(rig)
    for body in (
        b"",
        b"{}",
        b'{"model":"none"}',
        json.dumps({**rig.body_for(path, "x"), "model": "n"}).encode(),
    ):
        check(await rig.post(body, path=path), shown, path)
    check(await rig.post(b"x", {"content-type": "text/plain"}, path), shown, path)
    check(await rig.post(b"", {"content-length": str(1 << 30)}, path), shown, path)
    for error in (ModelError("x", where="y"), ModelTimeoutError("x", where="y")):
        check(await make_rig(scripted(fail=error)).ask(path), shown, path)


async def test_pages_are_as_described(make_rig: MakeRig) -> None:
    rig = make_rig()
    shown = await described(rig)
    for path, headers in (
        *(("/v1/models", each) for each in ({}, {"anthropic-version": "2023-06-01"})),
        *((each, {}) for each in ("/healthz", "/readyz", "/metrics", "/openapi.json")),
    ):
        check(await rig.get(path, headers), shown, path, "get")
    for below, name in (("models", "m"), ("models", "none"), ("receipts", "x"), ("holds", "x")):
        check(await rig.get(f"/v1/{below}/{name}"), shown, f"/v1/{below}/{{id}}", "get")


async def test_a_held_answer_is_as_described(make_rig: MakeRig) -> None:
    holds = SimpleNamespace(
        look=lambda reference: SimpleNamespace(
            status="pending",
            deadline="2026-11-22T12:00:00.000Z",
            role="reviewer",
            tenant="",
            held=HELD,
            human="",
            message="",
        )
    )
    rig = make_rig(holds=holds)
    found = await rig.get("/v1/holds/hold_x")
    assert found.status == 202
    check(found, await described(rig), "/v1/holds/{id}", "get")


HELD = json.dumps({"reason": ["crisis"], "receipt": "x", "path": "/v1/chat/completions"}).encode()


async def test_administration_is_as_described(rig_with_keys: Any, access: Access) -> None:
    rig, key = rig_with_keys, admin_key(access)
    shown, tenants, keys = await described(rig), "/v1/admin/tenants", "/v1/admin/keys"

    async def call(method: str, path: str, body: Any = None, part: str = "", name: str = "") -> Any:
        data = b"" if body is None else json.dumps(body).encode()
        parts = [{"type": "http.request", "body": data}]
        where = path + (f"/{name}" if name else "") + part
        found = await rig.send(method, where, parts, {**HEADERS, "x-api-key": key})
        assert found.status < 500, found.body
        below = "/{id}" if name else ""
        check(found, shown, path + below + part.partition("?")[0], method.lower())
        return found.json

    tenant = await call("POST", tenants, {"name": "Acme"})
    made = await call("POST", keys, {"tenant": tenant["id"], "label": "desk", "limits": ["tokens/day=9"]})
    assert made["key"].startswith("ab-")
    for path, name in ((tenants, tenant["id"]), (keys, made["id"])):
        await call("GET", path)
        await call("GET", path, name=name)
        await call("GET", path, part=f"?limit=1&after={name}")
        await call("GET", path, name="none")
        await call("POST", path, {"nonsense": 1})
        await call("PUT", path, {"limits": ["requests/minute=5"]}, "/limits", name)
        await call("PUT", path, {"limits": 5}, "/limits", name)
    await call("GET", keys, part="/usage", name=made["id"])
    await call("POST", keys, {"overlap_seconds": 1}, "/rotate", made["id"])
    await call("DELETE", keys, name=made["id"])
    await call("DELETE", keys, name="none")
