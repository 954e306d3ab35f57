"""A charter takes over whole, or not at all, and no request ever sees half of two."""

import asyncio
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
from aboveboard.cli.running import Reloads
from aboveboard.evidence import Evidence, RecorderError
from aboveboard.evidence.records import Decision, Deployment
from aboveboard.models import CircuitState

CHARTER = """
charter: 1
system: {{name: "{name}", purpose: Answers questions., context: general}}
roles: {{accountable: {{title: "Head of {name}", contact: a@example.org}}}}
models:
  - {{id: m, provider: fake, role: primary, options: {{reply: "{name} answers", delay: {delay}}}}}
  - {{id: spare, provider: fake, role: fallback, options: {{reply: spare}}}}
defaults: {{promises: false, guards: false}}
disclosure: {{ai_notice: header}}
{more}
"""
GUARDED = "guards: [{guard: secrets, mode: [input, output], action: mask}]"


def write(path: Path, name: str, more: str = "", delay: float = 0.0) -> None:
    path.write_text(CHARTER.format(name=name, more=more, delay=delay), encoding="utf-8")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with Evidence.open(tmp_path) as evidence, Cases.open(tmp_path / "cases.db") as cases:
        settings = Settings(tmp_path, tmp_path / "charter.yaml", None)
        write(settings.charter, "one", GUARDED)
        yield House(settings, evidence, cases, ("testserver",))


@pytest.fixture
async def reloads(house: House) -> AsyncIterator[Reloads]:
    charter, models = open_charter(house.settings.charter), OpenModels()
    release = Release(house, charter, models.take(charter))
    made = Reloads(release, release.deployment(), models, wire)
    house.record(made.intent, {})
    yield made
    await made.close()


async def send(app: Any, path: str, body: Any = None) -> tuple[int, dict[str, str], Any]:
    """Status, headers and JSON of one request."""
    sent: list[Any] = []
    content = b"" if body is None else json.dumps(body).encode()

    parts = [{"type": "http.request", "body": content, "more_body": False}]

    async def receive() -> Any:
        return parts.pop() if parts else await asyncio.Event().wait()  # the client stays

    async def keep(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", b"testserver"), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "GET" if body is None else "POST", "path": path, "headers": headers}
    await app(scope, receive, keep)
    names = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], names, json.loads(b"".join(each.get("body", b"") for each in sent[1:]))


async def ask(reloads: Reloads, model: str = "m") -> tuple[str, str, str]:
    """What was said, under which charter, and the receipt."""
    messages = [{"role": "user", "content": "hi"}]
    body = {"model": model, "messages": messages}
    status, headers, answer = await send(reloads.switch, "/v1/chat/completions", body)
    assert status == 200, answer
    said = answer["choices"][0]["message"]["content"]
    return said, headers["x-aboveboard-charter"], headers["x-aboveboard-receipt"]


def deployments(house: House) -> list[Deployment]:
    found = house.evidence.reader.find("deployment", newest_first=False)
    return [each for each in found if isinstance(each, Deployment)]


async def test_a_new_charter_answers_the_next_request(house: House, reloads: Reloads) -> None:
    said, before, _ = await ask(reloads)
    assert said == "one answers"
    write(house.settings.charter, "two", GUARDED)
    attempt = await reloads.reload(house.settings.charter)
    assert (attempt.result, attempt.weaker) == ("accepted", ())
    said, after, receipt = await ask(reloads)
    assert said == "two answers"
    assert after == attempt.charter != before
    decision = house.evidence.reader.get(receipt)
    assert isinstance(decision, Decision)
    assert (decision.charter_digest, decision.accountable) == (after, "Head of two")


async def test_a_running_request_ends_under_the_charter_that_it_began_with(
    house: House, reloads: Reloads
) -> None:
    write(house.settings.charter, "slow", delay=0.3)
    await reloads.reload(house.settings.charter)
    model = reloads.release.models["m"]
    running = asyncio.create_task(ask(reloads))
    await asyncio.sleep(0.1)
    write(house.settings.charter, "quick")
    await reloads.reload(house.settings.charter)
    assert (await ask(reloads))[0] == "quick answers"
    assert (await running)[0] == "slow answers"
    await asyncio.sleep(0)
    assert is_closed(model), "the last request on it is answered"


def is_closed(model: Any) -> bool:
    return bool(model._closed)


async def test_a_model_that_did_not_change_stays_open(house: House, reloads: Reloads) -> None:
    before = dict(reloads.release.models)
    write(house.settings.charter, "two")
    await reloads.reload(house.settings.charter)
    assert reloads.release.models["spare"] is before["spare"]
    assert reloads.release.models["m"] is not before["m"]
    await asyncio.sleep(0)
    assert (await ask(reloads, "spare"))[0] == "spare"
    assert is_closed(before["m"])


GUARD = "guards: [{guard: sekrets, mode: [input], action: mask}]"
BAD = {
    "unknown guard": (GUARD, "line 10: unknown guard"),
    "no YAML": ("guards: [", "line"),
    "wrong option": ("guards: [{guard: scope, mode: [input], action: block, rules: 7}]", "line"),
    "unknown grid": ("footprint: {grid: ZZ}", "grid"),
}


async def test_all_that_is_wrong_is_told_to_who_reloads(house: House, reloads: Reloads) -> None:
    write(house.settings.charter, "bad", f"{GUARD}\nfootprints: {{grid: ZZ}}")
    attempt = await reloads.reload(house.settings.charter)
    assert len(attempt.problems) == 2
    assert all(str(house.settings.charter) in each for each in attempt.problems)
    assert "sekrets" in attempt.problems[0]
    assert "footprints" in attempt.problems[1]
    assert "footprints" not in attempt.reason


@pytest.mark.parametrize(("more", "reason"), BAD.values(), ids=BAD)
async def test_a_bad_charter_is_refused_and_the_one_before_it_serves_on(
    house: House, reloads: Reloads, more: str, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    release = reloads.release
    write(house.settings.charter, "bad", more)
    attempt = await reloads.reload(house.settings.charter)
    assert attempt.result == "refused"
    assert reason in attempt.reason
    assert reloads.release is release
    assert (await ask(reloads))[0] == "one answers"
    assert "the charter was refused" in caplog.text
    status, _, ready = await send(reloads.switch, "/readyz")
    assert status == 200, "a slip of the pen in a file must not take every gateway out of service"
    assert reason in ready["notes"][0]
    assert str(house.settings.charter) not in ready["notes"][0]
    page = house.vitals.metrics.page().decode()
    assert 'aboveboard_charter_reloads_total{result="refused"} 1' in page
    assert [each.stage for each in deployments(house)] == ["intent"]
    write(house.settings.charter, "one", GUARDED)
    assert (await reloads.reload(house.settings.charter)).result == "unchanged"
    assert "notes" not in (await send(reloads.switch, "/readyz"))[2]


async def test_what_became_weaker_is_on_record_and_in_the_log(
    house: House, reloads: Reloads, caplog: pytest.LogCaptureFixture
) -> None:
    write(house.settings.charter, "one")
    attempt = await reloads.reload(house.settings.charter)
    assert any("secrets" in change for change in attempt.weaker)
    assert "the new charter is weaker: guards" in caplog.text
    first, intent, outcome = deployments(house)
    assert intent.weaker == attempt.weaker
    assert (intent.stage, intent.previous, intent.charter_digest) == (
        "intent",
        first.charter_digest,
        attempt.charter,
    )
    assert (outcome.stage, outcome.result, outcome.links) == ("outcome", "replaced", (first.id, intent.id))


async def test_a_charter_that_cannot_be_put_on_record_does_not_take_over(
    house: House, reloads: Reloads, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(record: Any, attachments: Any = None) -> None:
        raise RecorderError("the disk is full")

    write(house.settings.charter, "two")
    monkeypatch.setattr(house.evidence.recorder, "record", fail)
    assert (await reloads.reload(house.settings.charter)).reason == "the disk is full"
    monkeypatch.undo()
    assert (await ask(reloads))[0] == "one answers"


async def test_no_request_sees_half_of_two_charters(house: House, reloads: Reloads) -> None:
    """Under load and many changes: what was said, the header, the record and its words are of one charter."""
    names = {reloads.release.charter.digest: "one"}
    answers: list[tuple[str, str, str]] = []
    is_over = False

    async def client() -> None:
        while not is_over:
            answers.append(await ask(reloads))
            await asyncio.sleep(0.02)  # leaves the processor to the reload

    async def change() -> None:
        for turn in range(8):
            name, guards = f"charter {turn % 3}", GUARDED if turn % 2 else ""
            write(house.settings.charter, name, guards, delay=0.01)
            attempt = await reloads.reload(house.settings.charter)
            names[attempt.charter] = name
            await asyncio.sleep(0.02)

    clients = [asyncio.create_task(client()) for _ in range(6)]
    await change()
    is_over = True
    await asyncio.gather(*clients)
    assert len({digest for _, digest, _ in answers}) > 4, "the charters did change under load"
    for said, digest, receipt in answers:
        decision = house.evidence.reader.get(receipt)
        assert isinstance(decision, Decision)
        name = names[digest]
        assert (said, decision.charter_digest) == (f"{name} answers", digest)
        assert (decision.system, decision.accountable) == (name, f"Head of {name}")
    stages = [each.stage for each in deployments(house)]
    assert stages.count("intent") == stages.count("outcome") + 1, "all but the last have ended"


@pytest.mark.parametrize(
    ("more", "delay", "stays"),
    [
        ("", 0.0, True),
        ("promises: []", 0.0, True),
        ("", 0.5, False),  # another definition of the model
        ("routing: {circuit: {calls: 3}}", 0.0, False),
    ],
)
async def test_a_model_that_is_left_alone_stays_so_while_its_definition_is_the_same(
    house: House, reloads: Reloads, more: str, delay: float, stays: bool
) -> None:
    before = reloads.release.circuits.of("m")
    for _ in range(10):
        permit = before.admit()
        assert permit is not None
        permit.failed()
    assert before.state is CircuitState.OPEN
    write(house.settings.charter, "one", more, delay)
    assert (await reloads.reload(house.settings.charter)).result == "accepted"
    assert (reloads.release.circuits.of("m") is before) == stays
    messages = [{"role": "user", "content": "hi"}]
    status, _, _ = await send(reloads.switch, "/v1/chat/completions", {"model": "m", "messages": messages})
    assert status == (503 if stays else 200)
