"""The door: who asks, for what, how much; in every protocol, and nothing told to those without a key."""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import anthropic
import openai
import pytest

from aboveboard.access import Access, AccessStoreError, Issued, KeyOrder, parse_limit
from aboveboard.charter import Price
from aboveboard.errors import AboveboardError
from aboveboard.gateway.admission._estimating import Estimating
from aboveboard.gateway.dialects import DIALECTS
from aboveboard.models import ModelTimeoutError, Usage
from aboveboard.values import FixedClock

MakeRig = Callable[..., Any]
PATHS = [one.path for one in DIALECTS]
KEYS = "access: {keys: required}"
USER: Any = [{"role": "user", "content": "hi"}]


class House:
    """A gateway that asks for keys, and its administrator."""

    def __init__(self, make_rig: MakeRig, charter: Any, folder: Path) -> None:
        self.clock = FixedClock(datetime(2026, 11, 22, 8, 30, tzinfo=UTC))
        self.access = Access.open(folder / "access.db", self.clock)
        self.tenant, act = self.access.register.draft_tenant("Acme", "role:admin")
        self.access.keep(act)
        self.make_rig = make_rig
        self.rig = make_rig(charter=charter, access=self.access, clock=self.clock)

    def issue(self, *limits: str, **order: Any) -> Issued:
        wanted: Any = {"label": "desk", "limits": [parse_limit(each) for each in limits], **order}
        issued = self.access.register.draft_key(self.tenant, KeyOrder(**wanted), "role:admin")
        self.access.keep(issued.act)
        self.access.keyring.refresh()
        return issued

    async def ask(self, text: str, path: str = "/v1/chat/completions", **fields: Any) -> Any:
        body = json.dumps({**self.rig.body_for(path, "hi"), **fields}).encode()
        return await self.rig.post(body, {"authorization": f"Bearer {text}"}, path=path)

    def spent(self, issued: Issued) -> dict[str, int]:
        self.access.metering.balance()
        found = self.access.spending.of([issued.key.id])
        return {each.meter: each.amount for each in found if each.period == "day"}


@pytest.fixture
def house(make_rig: MakeRig, charter_with: Callable[..., Any], tmp_path: Path) -> Iterator[House]:
    made = House(make_rig, charter_with(KEYS), tmp_path)
    yield made
    made.access.close()


@pytest.mark.parametrize("path", PATHS)
async def test_a_key_opens_every_endpoint_and_signs_the_record(house: House, path: str) -> None:
    issued = house.issue()
    assert (await house.ask(issued.text, path)).status == 200
    decision = house.rig.recorder.last
    assert (decision.key, decision.tenant) == (issued.key.id, house.tenant.id)


@pytest.mark.parametrize("path", PATHS)
async def test_without_a_key_nothing_is_read_guarded_asked_or_recorded(house: House, path: str) -> None:
    answer = await house.rig.post(b"not even JSON", {}, path=path)
    assert answer.status == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert house.rig.model.asked == []
    assert house.rig.recorder.decisions == []
    expected = "authentication_error" if path == "/v1/messages" else "invalid_request_error"
    assert answer.error["type"] == expected
    assert answer.error["code"] == "invalid_api_key"


async def test_no_unknown_revoked_and_expired_keys_hear_the_same(house: House) -> None:
    revoked, expired = house.issue(), house.issue(expires="2026-11-22T09:00:00Z")
    house.access.keep(house.access.register.draft_revocation(revoked.key, "role:admin"))
    house.clock.advance(timedelta(hours=1))
    house.access.keyring.refresh()
    known = house.issue().text
    wrong = known[:-1] + ("A" if known[-1] != "A" else "B")
    texts = ["", "sk-x", wrong, "ab-0000000000-" + "A" * 43, revoked.text, expired.text]
    answers = [await house.ask(text) for text in texts]
    assert {answer.status for answer in answers} == {401}
    assert len({answer.body for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": "Basic {key}"},
        {"authorization": "{key}"},
        {"authorization": "Bearer {key} {key}"},
        {"authorization": "Bearer {key}\r\nx-evil: 1"},
        {"authorization": "Bearer " + "A" * 200_000},
        {"authorization": "Bearer ab-éééééééééé-" + "é" * 43},
        {"x-api-key": "'; DROP TABLE keys; --"},
        {"x-api-key": " {key}"},
        {"cookie": "key={key}"},
    ],
)
async def test_a_key_in_another_form_opens_nothing(house: House, headers: dict[str, str]) -> None:
    key = house.issue().text
    given = {name: value.replace("{key}", key) for name, value in headers.items()}
    answer = await house.rig.post(json.dumps(house.rig.body_for(PATHS[0], "hi")).encode(), given)
    assert answer.status == 401
    assert "x-evil" not in answer.headers
    assert (await house.ask(key)).status == 200


@pytest.mark.parametrize("headers", [{"x-api-key": "{key}"}, {"authorization": "bearer  {key}"}])
async def test_a_key_is_read_where_clients_put_it(house: House, headers: dict[str, str]) -> None:
    key = house.issue().text
    given = {name: value.replace("{key}", key) for name, value in headers.items()}
    body = json.dumps(house.rig.body_for(PATHS[0], "hi")).encode()
    assert (await house.rig.post(body, given)).status == 200


async def test_a_scope_opens_what_it_names_and_nothing_else(house: House) -> None:
    opens = {"answer": "/v1/models", "read": "/v1/receipts/x", "metrics": "/metrics"}
    for scope in opens:
        key = house.issue(scopes=[scope]).text
        for other, path in opens.items():
            answer = await house.rig.get(path, {"x-api-key": key})
            assert (answer.status == 403) is (scope != other), (scope, path)
    assert (await house.ask(house.issue(scopes=["read"]).text)).error["code"] == "insufficient_scope"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
async def test_health_needs_no_key(house: House, path: str) -> None:
    assert (await house.rig.get(path)).status == 200


@pytest.mark.parametrize("path", ["/v1/models", "/v1/models/m", "/v1/receipts/x", "/metrics"])
async def test_what_is_read_needs_one(house: House, path: str) -> None:
    assert (await house.rig.get(path)).status == 401


async def test_a_key_sees_and_asks_its_own_models_only(
    house: House, scripted: Any, charter_with: Callable[..., Any]
) -> None:
    models = {"m": scripted(), "n": scripted()}
    house.rig = house.make_rig(
        charter=charter_with(KEYS), access=house.access, clock=house.clock, models=models
    )
    key = house.issue(models=["n"]).text
    listed = (await house.rig.get("/v1/models", {"x-api-key": key})).json["data"]
    assert [each["id"] for each in listed] == ["n"]
    assert (await house.ask(key, model="n")).status == 200
    for other in ("m", "no-such-model"):
        answer = await house.ask(key, model=other)
        assert (answer.status, answer.error["code"]) == (403, "model_not_allowed")
        assert other not in answer.error["message"]
        assert (await house.rig.get(f"/v1/models/{other}", {"x-api-key": key})).status == 403
    assert models["m"].asked == []


async def test_requests_beyond_a_rate_wait_and_cost_nothing(house: House) -> None:
    key = house.issue("requests/minute=2").text
    first, second, third = [await house.ask(key) for _ in range(3)]
    assert [each.status for each in (first, second, third)] == [200, 200, 429]
    assert third.error["code"] == "rate_limit_exceeded"
    assert third.headers["retry-after"] == "60"
    assert "x-should-retry" not in third.headers
    named = {name: value for name, value in first.headers.items() if name.startswith("x-ratelimit")}
    assert named == {
        "x-ratelimit-limit-requests": "2",
        "x-ratelimit-remaining-requests": "1",
        "x-ratelimit-reset-requests": "1m0s",
    }
    assert third.headers["x-ratelimit-remaining-requests"] == "0"
    assert len(house.rig.model.asked) == 2
    assert len(house.rig.recorder.decisions) == 2
    house.clock.advance(timedelta(minutes=1))
    assert (await house.ask(key)).status == 200


async def test_a_budget_that_is_used_up_says_not_to_try_again(house: House) -> None:
    key = house.issue("requests/total=1").text
    assert (await house.ask(key)).status == 200
    answer = await house.ask(key, path="/v1/messages")
    assert answer.status == 429
    assert answer.error["type"] == "rate_limit_error"
    assert answer.error["code"] == "insufficient_quota"
    assert answer.headers["x-should-retry"] == "false"
    assert "retry-after" not in answer.headers


async def test_a_tenants_limit_holds_for_all_its_keys_together(house: House) -> None:
    act = house.access.register.draft_limits(house.tenant, [parse_limit("requests/day=2")], "role:admin")
    house.access.keep(act)
    keys = [house.issue().text for _ in range(3)]
    assert [(await house.ask(key)).status for key in keys] == [200, 200, 429]


async def test_asking_again_reaches_no_database(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    act = house.access.register.draft_limits(
        house.tenant, [parse_limit("energy/month=1000000")], "role:admin"
    )
    house.access.keep(act)
    key = house.issue("requests/minute=100000", "tokens/day=100000000").text
    assert (await house.ask(key)).status == 200
    monkeypatch.setattr(house.access._store, "fetch", None)
    monkeypatch.setattr(house.access._store, "transaction", None)
    assert {(await house.ask(key)).status for _ in range(100)} == {200}


async def test_tokens_are_set_aside_and_then_counted_as_they_were(house: House) -> None:
    issued = house.issue("tokens/day=1000")
    assert (await house.ask(issued.text, max_tokens=2000)).status == 429
    for _ in range(20):  # 12 tokens each; some hundred are set aside
        assert (await house.ask(issued.text, max_tokens=300)).status == 200
    assert house.spent(issued)["tokens"] == 20 * 12


async def test_an_answer_of_unstated_length_is_set_aside_for_too(house: House) -> None:
    assert (await house.ask(house.issue("tokens/day=4000").text)).status == 429
    assert (await house.ask(house.issue("tokens/day=5000").text)).status == 200


async def test_a_model_that_does_not_say_what_it_used_is_counted_at_what_was_set_aside(house: House) -> None:
    house.rig.model.usage = Usage()
    issued = house.issue("tokens/day=1000")
    assert (await house.ask(issued.text, max_tokens=500)).status == 200
    assert 500 < house.spent(issued)["tokens"] <= 1000
    assert (await house.ask(issued.text, max_tokens=500)).status == 429


async def test_a_model_that_failed_may_have_cost_what_was_set_aside(house: House) -> None:
    house.rig.model.fail = ModelTimeoutError("too slow")
    issued = house.issue()
    assert (await house.ask(issued.text, max_tokens=500)).status == 504
    assert house.spent(issued)["tokens"] > 500
    assert house.spent(issued)["requests"] == 1


async def test_energy_is_counted_from_the_record(house: House) -> None:
    issued = house.issue("energy/day=1")
    await house.ask(issued.text)
    assert house.spent(issued)["energy"] == round(house.rig.recorder.last.footprint.energy_wh * 1e9)


async def test_money_needs_a_price(house: House) -> None:
    answer = await house.ask(house.issue("money/day=1").text)
    assert (answer.status, answer.error["code"]) == (403, "no_price")


async def test_money_is_counted_by_the_charters_prices(
    make_rig: MakeRig, charter_with: Callable[..., Any], tmp_path: Path
) -> None:
    plain = charter_with(KEYS)
    priced = replace(plain, models=(replace(plain.models[0], price=Price(2.0, 6.0, "EUR")),))
    house = House(make_rig, priced, tmp_path)
    with house.access:
        issued = house.issue("money/day=0.01")
        assert (await house.ask(issued.text, max_tokens=100)).status == 200
        assert house.spent(issued)["money"] == (5 * 2 + 7 * 6) * 1000  # of 10⁻⁹ EUR
        assert (await house.ask(issued.text, max_tokens=100_000)).status == 429


async def test_a_request_that_guards_or_the_charter_refuse_costs_no_tokens(
    house: House, charter_with: Callable[..., Any]
) -> None:
    issued = house.issue()
    await house.ask(issued.text, model="no-such-model")
    await house.ask(issued.text, messages="no list")
    assert set(house.spent(issued).values()) == {0}


async def test_a_refusal_is_counted_and_not_on_the_ledger(house: House) -> None:
    await house.rig.post(b"{}", {})
    page = (
        await house.rig.get("/metrics", {"x-api-key": house.issue(scopes=["metrics"]).text})
    ).body.decode()
    assert 'outcome="invalid_api_key"} 1' in page
    assert house.rig.recorder.decisions == []


async def test_nothing_of_a_key_is_logged_or_answered(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    issued = house.issue("requests/minute=1")
    answers = [await house.ask(issued.text) for _ in range(2)]
    secret = issued.text.split("-", 2)[2]
    assert secret not in caplog.text
    assert all(secret not in repr(answer) for answer in answers)
    assert secret not in repr(house.rig.recorder.last)
    assert all(house.tenant.id not in repr(answer.headers) for answer in answers)


async def test_who_may_come_in_and_cannot_be_read_lets_nobody_in(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = house.issue().text

    def broken(*_: object) -> list[object]:
        raise AccessStoreError("gone")

    monkeypatch.setattr(house.access._store, "fetch", broken)
    assert (await house.ask(key)).status == 200
    monkeypatch.setattr(house.access.keyring, "_read", -1e18)
    answer = await house.ask(key)
    assert (answer.status, answer.error["code"]) == (503, "access_unknown")


async def test_without_keys_any_key_will_do(make_rig: MakeRig) -> None:
    answer = await make_rig().post(
        json.dumps(make_rig().body_for(PATHS[0], "hi")).encode(), {"authorization": "Bearer any"}
    )
    assert answer.status == 200


def test_a_gateway_that_is_to_ask_for_keys_and_knows_none_does_not_start(
    make_rig: MakeRig, charter_with: Callable[..., Any]
) -> None:
    with pytest.raises(AboveboardError, match="keys"):
        make_rig(charter=charter_with(KEYS))


def test_the_official_openai_client_with_a_key(house: House, serve: Callable[..., str]) -> None:
    issued = house.issue("requests/minute=1")
    base_url = serve(house.rig.app)
    with openai.OpenAI(base_url=base_url, api_key=issued.text, max_retries=0) as client:
        said = client.chat.completions.with_raw_response.create(model="m", messages=USER)
        assert said.headers["x-ratelimit-limit-requests"] == "1"
        assert said.parse().choices[0].message.content == "Hello there."
        assert [each.id for each in client.models.list()] == ["m"]
        with pytest.raises(openai.RateLimitError) as limited:
            client.chat.completions.create(model="m", messages=USER)
        assert limited.value.code == "rate_limit_exceeded"
        with pytest.raises(openai.AuthenticationError):
            client.with_options(api_key="sk-wrong").models.list()
    reader = house.issue(scopes=["read"]).text
    with (
        openai.OpenAI(base_url=base_url, api_key=reader, max_retries=0) as client,
        pytest.raises(openai.PermissionDeniedError),
    ):
        client.chat.completions.create(model="m", messages=USER)


def test_the_official_anthropic_client_with_a_key(house: House, serve: Callable[..., str]) -> None:
    issued = house.issue("requests/minute=1")
    base_url = serve(house.rig.app).removesuffix("/v1")
    with anthropic.Anthropic(base_url=base_url, api_key=issued.text, max_retries=0) as client:
        said = client.messages.create(model="m", max_tokens=9, messages=USER)
        assert said.content[0].type == "text"
        with pytest.raises(anthropic.RateLimitError):
            client.messages.create(model="m", max_tokens=9, messages=USER)
    with (
        anthropic.Anthropic(base_url=base_url, api_key="sk-ant-wrong", max_retries=0) as client,
        pytest.raises(anthropic.AuthenticationError),
    ):
        client.messages.create(model="m", max_tokens=9, messages=USER)
    with anthropic.Anthropic(base_url=base_url, auth_token=house.issue().text, max_retries=0) as client:
        assert client.messages.create(model="m", max_tokens=9, messages=USER).usage.output_tokens == 7


def test_an_answer_given_again_costs_no_tokens_again(house: House) -> None:
    account: Any = SimpleNamespace(usage=Usage(5, 7), energy_wh=0.5, reused="01J")
    assert Estimating(house.rig.services).spent(account, (1, 500, 9, 9)) == (1, 0, 0, 500_000_000)


def test_a_body_that_nobody_reads_is_not_taken_for_the_next_request(
    house: House, serve: Callable[..., str]
) -> None:
    """The door answers before the body has come; what is in it must not come in by the back."""
    address = urlsplit(serve(house.rig.app))
    smuggled = f"GET /v1/models HTTP/1.1\r\nHost: x\r\nx-api-key: {house.issue().text}\r\n\r\n".encode()
    connection = HTTPConnection(str(address.hostname), address.port, timeout=10)
    try:
        for size in (1, 2000):
            connection.request("POST", PATHS[0], smuggled * size, {"Content-Type": "application/json"})
            with connection.getresponse() as refused:
                assert refused.status == 401
                refused.read()
            connection.request("GET", "/v1/models", headers={"x-api-key": house.issue().text})
            with connection.getresponse() as answer:
                assert answer.status == 200
                assert b"list" in answer.read()
    finally:
        connection.close()
    assert house.rig.model.asked == []


SPEAKING = [one.path for one in DIALECTS if one.writer]
NOBODYS = [
    ("/v1/chat/completions", "max_output_tokens"),
    ("/v1/completions", "max_output_tokens"),
    ("/v1/messages", "max_completion_tokens"),
    ("/v1/responses", "max_tokens"),
]


@pytest.mark.parametrize(("path", "name"), NOBODYS)
@pytest.mark.parametrize("value", [-(10**9), 1, "x", [1], 10**30])
async def test_a_length_that_the_protocol_does_not_have_sets_no_more_or_less_aside(
    house: House, path: str, name: str, value: object
) -> None:
    plain, beyond = house.issue("tokens/day=100000"), house.issue("tokens/day=100000")
    expected = await house.ask(plain.text, path)
    answer = await house.ask(beyond.text, path, **{name: value})
    assert answer.status in (200, 400)
    if answer.status == 200:
        left = [int(each.headers["x-ratelimit-remaining-tokens"]) for each in (expected, answer)]
        assert left[0] - 100 <= left[1] <= left[0], "but for the few bytes that were sent more"


@pytest.mark.parametrize("path", [*SPEAKING])
@pytest.mark.parametrize("name", ["n", "best_of"])
@pytest.mark.parametrize("value", ["x", -5, 3.5])
async def test_a_number_of_answers_that_is_none_is_no_fault(
    house: House, path: str, name: str, value: object
) -> None:
    issued = house.issue("tokens/day=100000")
    assert (await house.ask(issued.text, path, **{name: value})).status in (200, 400)


def test_each_protocol_that_answers_in_words_says_how_long_an_answer_may_be() -> None:
    assert [one.path for one in DIALECTS if one.lengths] == SPEAKING
