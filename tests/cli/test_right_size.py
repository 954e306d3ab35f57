"""What `auto` may choose is told by measurements of that very model; answers come again from the vault."""

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from aboveboard.cases import Cases
from aboveboard.cli._charters import open_charter
from aboveboard.cli._house import House
from aboveboard.cli._open_models import OpenModels
from aboveboard.cli._release import Release
from aboveboard.cli._settings import Settings
from aboveboard.cli._wiring import wire
from aboveboard.evidence import Evidence
from aboveboard.evidence.records import Coverage, Measurement

CHARTER = """
charter: 1
system: {name: Desk, purpose: Answers questions., context: general}
roles: {accountable: {title: Head, contact: a@example.org}}
models:
  - {id: big, provider: fake, options: {reply: big}, price: {input: 9, output: 9, currency: EUR}}
  - id: small
    provider: fake
    role: other
    options: {reply: small}
    price: {input: 1, output: 1, currency: EUR}
promises:
  - {id: p, measure: context.crisis.supportive, must: ">= 0.5", owner: accountable}
defaults: {promises: false, guards: false}
disclosure: {ai_notice: none}
routing: {auto: {among: [big, small]}, cache: {exact: 1h}}
"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with Evidence.open(tmp_path) as evidence, Cases.open(tmp_path / "cases.db") as cases:
        settings = Settings(tmp_path, tmp_path / "charter.yaml", None)
        settings.charter.write_text(CHARTER, encoding="utf-8")
        made = House(settings, evidence, cases, ("testserver",))
        with made.closing:
            yield made


@pytest.fixture
async def release(house: House) -> AsyncIterator[Release]:
    charter, models = open_charter(house.settings.charter), OpenModels()
    yield Release(house, charter, models.take(charter))
    await models.give_back(charter)


def measure(release: Release, model: str, value: float) -> None:
    """As a run does."""
    promise = release.charter.promises[0]
    release.house.record(
        Measurement(
            subject=f"model:{model}",
            actor="role:assessor",
            measure=promise.measure,
            unit="share",
            value=value,
            low=value - 0.05,
            high=value + 0.05,
            confidence=0.95,
            method="wilson",
            n=400,
            clusters=400,
            mde=0.1,
            coverage=Coverage(planned=400, scored=400),
            suite="s",
            suite_version="1",
            run=f"run-{model}",
            model=model,
            model_digest=release.models[model].info.digest,
            backend="test",
            data_digest="sha256:0",
            charter_digest=release.charter.digest,
        ),
        {},
    )


async def ask(app: Any, **fields: Any) -> tuple[dict[str, str], Any]:
    """Headers and JSON of a chat's answer."""
    body = json.dumps({"model": "auto", "messages": [{"role": "user", "content": "hi"}], **fields}).encode()
    sent: list[Any] = []
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Any:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"content-type", b"application/json"), (b"host", b"testserver")]
    scope = {"type": "http", "method": "POST", "path": "/v1/chat/completions", "headers": headers}
    await app(scope, receive, send)
    names = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return names, json.loads(b"".join(each.get("body", b"") for each in sent[1:]))


async def test_a_model_that_was_not_measured_is_not_fit(release: Release) -> None:
    assert list(release.fit()) == []


async def test_measurements_of_one_model_say_nothing_of_another(release: Release) -> None:
    measure(release, "big", 0.9)
    assert list(release.fit()) == ["big"]


async def test_neither_a_broken_nor_an_undecided_promise_is_kept(release: Release) -> None:
    measure(release, "big", 0.2)
    measure(release, "small", 0.5)
    assert list(release.fit()) == []


async def test_the_cheaper_answers_once_it_is_as_good(release: Release) -> None:
    measure(release, "big", 0.9)
    measure(release, "small", 0.9)
    headers, answer = await ask(wire(release))
    assert (headers["x-aboveboard-model"], answer["choices"][0]["message"]["content"]) == ("small", "small")


async def test_an_answer_is_given_again_from_the_vault(release: Release) -> None:
    app = wire(release)
    first, _ = await ask(app, model="big", temperature=0, user="anna")
    second, answer = await ask(app, model="big", temperature=0, user="anna")
    other, _ = await ask(app, model="big", temperature=0, user="ben")
    assert second["x-aboveboard-cache"] == "hit"
    assert answer["choices"][0]["message"]["content"] == "big"
    assert "x-aboveboard-cache" not in first | other
    reader = release.house.evidence.reader
    decision: Any = reader.get(second["x-aboveboard-receipt"])
    assert decision.reuses == first["x-aboveboard-receipt"]
    release.house.evidence.erase(release.house.evidence.pseudonym("anna"), "asked", "role:privacy-officer")
    again, _ = await ask(app, model="big", temperature=0, user="anna")
    assert "x-aboveboard-cache" not in again
