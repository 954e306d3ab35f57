"""The misuse ladder at the door: whoever is on it learns why, and how to challenge it."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, cast

import pytest

from aboveboard.access import Access, KeyOrder
from aboveboard.cases import CaseInputError
from aboveboard.evidence.records import MisuseStep
from aboveboard.gateway.dialects import DIALECTS
from aboveboard.guards import Action, ConfiguredGuard, Finding, Guard, Mode, Pipeline, Segment, Verdict
from aboveboard.misuse import Duties, Ladder, MisuseRule, Rung, Standing
from aboveboard.values import FixedClock

MakeRig = Callable[..., Any]
PATHS = [one.path for one in DIALECTS]
RULE = MisuseRule(most=Rung.SUSPEND)
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
TEXT = (
    "Write a friendly review of the hotel by the lake, of five stars, in the voice of a happy family of four."
)


class Stopper:
    """Stops whatever speaks of something forbidden."""

    name: ClassVar[str] = "stopper"
    modes: ClassVar[tuple[Mode, ...]] = ("input",)
    is_inline = True

    def check(self, segment: Segment, context: Any) -> Verdict:
        at = segment.text.find("forbidden")
        return Verdict() if at < 0 else Verdict(Action.BLOCK, (Finding(at, at + 9, "forbidden"),))


@dataclass
class Door:
    """A gateway with a ladder, one key, and what it records and opens."""

    rig: Any
    ladder: Ladder
    clock: FixedClock
    key: str
    text: str
    tenant: str
    others: str
    steps: list[MisuseStep] = field(default_factory=list)
    appeals: list[tuple[Standing, str]] = field(default_factory=list)

    async def ask(self, said: str = "hi", path: str = "/v1/chat/completions", **headers: str) -> Any:
        body = json.dumps(self.rig.body_for(path, said)).encode()
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.rig.post(body, {"authorization": f"Bearer {self.text}", **given}, path=path)

    async def appeal(self, body: Any, **headers: str) -> Any:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        auth = {"authorization": f"Bearer {self.text}", **given}
        return await self.rig.post(json.dumps(body).encode(), auth, path="/v1/appeals")

    def round(self) -> None:
        self.ladder.round(RULE, Duties(self.steps.append))

    async def climb(self, rungs: int, **headers: str) -> None:
        for _ in range(5 * rungs):
            await self.ask("something forbidden", **headers)
        self.round()


@pytest.fixture
def door(make_rig: MakeRig, charter_with: Any, tmp_path: Path) -> Iterator[Door]:
    clock = FixedClock(NOW)
    with (
        Access.open(tmp_path / "access.db", clock) as access,
        Ladder.open(tmp_path / "misuse.db", clock) as ladder,
    ):
        tenant, act = access.register.draft_tenant("Acme", "role:admin")
        access.keep(act)
        issued = access.register.draft_key(tenant, KeyOrder(label="desk"), "role:admin")
        access.keep(issued.act)
        neighbour, act = access.register.draft_tenant("Neighbour", "role:admin")
        access.keep(act)
        others = access.register.draft_key(neighbour, KeyOrder(label="shop"), "role:admin")
        access.keep(others.act)
        access.keyring.refresh()
        found: list[Door] = []

        def take(standing: Standing, words: str) -> str:
            if "refused" in words:
                raise CaseInputError("no such words")
            found[0].appeals.append((standing, words))
            return "reference" if len(found[0].appeals) == 1 else ""

        rig = make_rig(
            charter=charter_with("access: {keys: required}\nmisuse: {ladder: suspend, slow: 2}"),
            access=access,
            clock=clock,
            misuse=ladder,
            open_appeal=take,
            pipeline=Pipeline([ConfiguredGuard(cast(Guard, Stopper()), ("input",))]),
            pseudonym=lambda person: f"person:{person}",
        )
        found.append(Door(rig, ladder, clock, issued.key.id, issued.text, tenant.id, others.text))
        yield found[0]


async def test_whoever_is_watched_notices_nothing(door: Door) -> None:
    await door.climb(1)
    assert [each.rung for each in door.steps] == ["watch"]
    assert (await door.ask()).status == 200


async def test_the_slowed_get_a_few_a_minute_and_a_reason(door: Door) -> None:
    await door.climb(2)
    assert [(await door.ask()).status for _ in range(2)] == [200, 200]
    answer = await door.ask()
    assert (answer.status, answer.error["code"]) == (429, "misuse_slowed")
    assert answer.headers["retry-after"] == "60"
    told = answer.error["misuse"]
    assert (told["rung"], told["signal"], told["appeal"]) == ("slow", "blocks", "/v1/appeals")
    assert told["record"] == door.steps[-1].id
    door.clock.advance(timedelta(minutes=1))
    assert (await door.ask()).status == 200


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_of_the_held_waits_for_a_person(door: Door, path: str) -> None:
    await door.climb(3)
    answer = await door.ask(path=path)
    assert answer.status == 202
    assert answer.json["reason"] == ["misuse"]
    (held,) = door.rig.services.holds.opened
    assert held["by_promise"], "no deadline releases it"
    assert door.rig.recorder.last.outcome == "hold"


@pytest.mark.parametrize("path", PATHS)
async def test_the_suspended_get_none_and_no_model_is_asked(door: Door, path: str) -> None:
    await door.climb(4)
    before = len(door.rig.recorder.decisions)
    answer = await door.ask(path=path)
    assert answer.status == 403
    assert "POST /v1/appeals" in answer.error["message"]
    assert answer.headers["x-should-retry"] == "false"
    assert door.rig.model.asked == []
    assert len(door.rig.recorder.decisions) == before


async def test_what_a_person_does_is_not_held_against_the_key_they_come_with(door: Door) -> None:
    for _ in range(20):
        await door.ask("something forbidden", x_aboveboard_subject="anna")
    door.round()
    assert {each.holder: each.rung for each in door.ladder.all()} == {
        f"person:anna@{door.tenant}": Rung.SUSPEND
    }
    assert (await door.ask(x_aboveboard_subject="ben")).status == 200


async def test_a_key_answers_for_what_nobody_is_named_for(door: Door) -> None:
    for _ in range(20):
        await door.ask("something forbidden")
    door.round()
    assert {each.holder: each.rung for each in door.ladder.all()} == {f"key:{door.key}": Rung.SUSPEND}
    assert (await door.ask(x_aboveboard_subject="ben")).status == 403, (
        "and so for everybody who comes with it"
    )


async def test_other_people_of_a_key_go_on_where_people_alone_are_watched(door: Door) -> None:
    for _ in range(20):
        await door.ask("something forbidden", x_aboveboard_subject="anna")
    door.ladder.round(MisuseRule(most=Rung.SUSPEND, keys=()), Duties(door.steps.append))
    assert (await door.ask(x_aboveboard_subject="anna")).status == 403
    assert (await door.ask(x_aboveboard_subject="ben")).status == 200


async def test_a_neighbour_neither_suspends_nor_asks_after_somebody_by_naming_them(door: Door) -> None:
    neighbour = {"authorization": f"Bearer {door.others}", "x_aboveboard_subject": "anna"}
    for _ in range(20):
        await door.ask("something forbidden", **neighbour)
    door.ladder.round(MisuseRule(most=Rung.SUSPEND, keys=()), Duties(door.steps.append))
    assert {each.data_subject for each in door.steps} == {"person:anna"}
    assert (await door.ask(**neighbour)).status == 403
    assert (await door.ask(x_aboveboard_subject="anna")).status == 200
    about = await door.appeal({"words": "Is she?"}, x_aboveboard_subject="anna")
    assert about.error["code"] == "not_on_ladder"


async def test_near_duplicates_of_what_the_user_says_count(door: Door) -> None:
    for number in range(40):
        await door.ask(f"{TEXT} Number {number}.", x_aboveboard_subject="anna")
    door.round()
    assert [(each.subject, each.signal) for each in door.steps] == [
        (f"person:anna@{door.tenant}", "duplicates")
    ]


async def test_faults_and_broken_promises_speak_against_nobody(door: Door) -> None:
    door.rig.model.fail = RuntimeError("the model is down")
    for _ in range(20):
        await door.ask()
    door.round()
    assert door.steps == []


async def test_the_suspended_may_appeal_once_at_a_time(door: Door) -> None:
    await door.climb(4)
    answer = await door.appeal({"words": "Those were our load tests."})
    assert answer.status == 201
    assert answer.json == {"object": "appeal", "reference": "reference", "url": "/cases/reference"}
    ((standing, words),) = door.appeals
    assert (standing.holder, words) == (f"key:{door.key}", "Those were our load tests.")
    again = await door.appeal({"words": "Please."})
    assert (again.status, again.error["code"]) == (409, "appeal_waits")


@pytest.mark.parametrize(
    "body", [{}, {"words": " "}, {"words": 3}, {"words": "x" * 4001}, {"words": "a", "b": 1}, []]
)
async def test_an_appeal_says_something(door: Door, body: Any) -> None:
    await door.climb(4)
    assert (await door.appeal(body)).status == 400


async def test_whoever_is_on_no_rung_has_nothing_to_appeal_against(door: Door) -> None:
    assert (await door.appeal({"words": "Why?"})).error["code"] == "not_on_ladder"


async def test_an_appeal_needs_a_key_where_keys_are_required(door: Door) -> None:
    answer = await door.rig.post(b'{"words": "a"}', path="/v1/appeals")
    assert answer.status == 401


async def test_a_name_that_is_too_long_is_refused_and_not_cut(door: Door) -> None:
    long = "a" * 512
    assert (await door.ask(x_aboveboard_subject=long)).status == 200
    answer = await door.ask(x_aboveboard_subject=long + "b")
    assert (answer.status, answer.error["code"]) == (400, "subject_too_long")


async def test_without_a_ladder_there_is_no_such_endpoint_and_nothing_is_noted(make_rig: MakeRig) -> None:
    rig = make_rig()
    assert (await rig.post(b'{"words": "a"}', path="/v1/appeals")).status == 404
    assert (await rig.chat()).status == 200


async def test_the_way_of_a_request_costs_little(door: Door) -> None:
    from aboveboard.gateway.admission._laddering import Laddering

    await door.climb(1, x_aboveboard_subject="anna")
    await door.ask(TEXT, x_aboveboard_subject="ben")
    account: Any = _account(door)
    laddering, caller = Laddering(door.rig.services), door.rig.services.access.keyring.verify(door.text)
    best = 1.0
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(1000):
            laddering.check(caller, "person:ben")
            laddering.note(account)
        best = min(best, (time.perf_counter() - began) / 1000)
    assert best < 30e-6


def _account(door: Door) -> Any:
    from types import SimpleNamespace

    said = Segment("user", TEXT * 100)
    return SimpleNamespace(
        key=door.key,
        tenant=door.tenant,
        data_subject="person:ben",
        is_sealed=True,
        action=Action.ALLOW,
        error="",
        prompt=[said],
    )
