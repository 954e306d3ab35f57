"""A held answer reaches nobody before a person has seen it, whatever protocol it was asked in."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, cast

import pytest

from aboveboard.access import Access, KeyOrder
from aboveboard.cases import Cases, HoldRule, Holds, SelfReviewError
from aboveboard.charter import Charter
from aboveboard.database import locate
from aboveboard.evidence import Evidence, record_once
from aboveboard.evidence.records import Decision, Review
from aboveboard.gateway import words_of
from aboveboard.guards import (
    Action,
    ConfiguredGuard,
    Finding,
    Guard,
    Mode,
    Pipeline,
    Segment,
    Verdict,
    build_pipeline,
)
from aboveboard.stats import Verdict as Kept
from aboveboard.values import FixedClock

MakeRig = Callable[..., Any]
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
WORDS = ("/v1/chat/completions", "/v1/completions", "/v1/responses", "/v1/messages")
PATHS = (*WORDS, "/v1/embeddings")
ODD = ("That is ", "odd. ", "Is it not?")
REVIEWER, REASON = "role:reviewer", "I have read it."


class Holder:
    """Asks for a person where a text holds the word it looks for."""

    name: ClassVar[str] = "holder"
    modes: ClassVar[tuple[Mode, ...]] = ("input", "output", "terminal")
    is_inline = True
    window = 8

    def __init__(self, action: Action = Action.HOLD, word: str = "odd") -> None:
        self.action, self.word = action, word

    def check(self, segment: Segment, context: Any) -> Verdict:
        at = segment.text.find(self.word)
        return Verdict() if at < 0 else Verdict(self.action, (Finding(at, at + 3, "odd"),))


class Stopper(Holder):
    name: ClassVar[str] = "stopper"

    def __init__(self) -> None:
        super().__init__(Action.BLOCK, "bad")


def pipeline(*modes: Mode) -> Pipeline:
    guards = [(Holder(), modes), (Stopper(), ("input", "output"))]
    return Pipeline([ConfiguredGuard(cast(Guard, each), found) for each, found in guards])


@dataclass
class Desk:
    """A state directory, and the held answers in it."""

    evidence: Evidence
    cases: Cases
    holds: Holds
    clock: FixedClock

    def decide(self, outcome: str, text: str = "", actor: str = REVIEWER) -> Any:
        (case,) = self.cases.list("hold")
        return self.holds.decide(case.id, outcome, REASON, actor, text=text)

    @property
    def decision(self) -> Decision:
        (found,) = self.evidence.reader.find("decision")
        assert isinstance(found, Decision)
        return found


@pytest.fixture
def desk(tmp_path: Path, database_address: str | None) -> Iterator[Desk]:
    clock = FixedClock(NOW)
    where = locate(tmp_path, "cases", database_address)
    with (
        Evidence.open(tmp_path, database=database_address) as evidence,
        Cases.open(where, clock) as cases,
    ):
        record = partial(record_once, evidence.recorder, evidence.reader)
        yield Desk(evidence, cases, Holds(cases, evidence.reader, record, clock=clock), clock)


@pytest.fixture
def database_address() -> str | None:
    return None


@pytest.fixture
def held_rig(make_rig: MakeRig, desk: Desk) -> Callable[..., Any]:
    def make(
        *modes: Mode, pieces: tuple[str, ...] = ("That is ", "odd. ", "Is it not?"), **given: Any
    ) -> Any:
        rig = make_rig(
            recorder=desk.evidence.recorder,
            reader=desk.evidence.reader,
            holds=desk.holds,
            **{"pipeline": pipeline(*modes or ("output",)), **given},
        )
        rig.model.pieces = pieces
        return rig

    return make


async def polled(rig: Any, answer: Any) -> Any:
    return await rig.get(address(answer))


def address(answer: Any) -> str:
    """Where to ask again: from the header, or from the frame of a stream that had begun."""
    told = answer.headers.get("location") or answer.comments["location"]
    assert isinstance(told, str)
    return told


@pytest.mark.parametrize("path", WORDS)
async def test_a_held_answer_waits_and_is_given_once_a_person_releases_it(
    held_rig: Any, desk: Desk, path: str
) -> None:
    rig = held_rig()
    answer = await rig.ask(path)
    assert answer.status == 202
    assert (answer.json["object"], answer.json["status"], answer.json["reason"]) == (
        "hold",
        "pending",
        ["holder"],
    )
    assert (
        answer.json["url"] == answer.headers["location"] == f"/v1/holds/{answer.headers['x-aboveboard-hold']}"
    )
    assert answer.json["deadline"] == "2026-11-22T12:00:00.000Z"
    assert answer.json["role"] == "reviewer"
    assert answer.json["receipt"] == answer.headers["x-aboveboard-receipt"] == desk.decision.id
    assert "odd" not in answer.body.decode()

    waiting = await polled(rig, answer)
    assert (waiting.status, waiting.json["status"], waiting.headers["retry-after"]) == (202, "pending", "5")
    assert "odd" not in waiting.body.decode()

    desk.decide("released")
    given = await polled(rig, answer)
    assert (given.status, given.json["status"], given.json["human"]) == (200, "released", "reviewed")
    assert given.headers["cache-control"] == "no-store"
    assert desk.decision.id in given.json["answer"]["id"]
    assert said(given) == "That is odd. Is it not?"


async def test_vectors_are_held_for_what_was_asked(held_rig: Any, desk: Desk) -> None:
    rig = held_rig("input")
    answer = await rig.ask("/v1/embeddings", "an odd text")
    assert answer.status == 202
    with pytest.raises(Exception, match="vectors"):
        desk.decide("edited", "words")
    desk.decide("released")
    given = await polled(rig, answer)
    assert given.json["answer"]["data"][0]["embedding"] == [0.25, -0.5]


@pytest.mark.parametrize("path", PATHS)
async def test_the_model_is_asked_though_the_request_is_held_so_that_a_person_sees_what_it_would_say(
    held_rig: Any, desk: Desk, path: str
) -> None:
    rig = held_rig("input", pieces=("An answer.",))
    answer = await rig.ask(path, "something odd")
    assert answer.status == 202
    assert rig.model.asked
    assert desk.decision.outcome == "hold"
    assert (desk.decision.human, desk.decision.answer_digest != "") == ("escalated", path != "/v1/embeddings")


@pytest.mark.parametrize(("text", "asked"), [("odd and bad", False), ("odd", True)])
async def test_a_block_is_stronger(held_rig: Any, desk: Desk, text: str, asked: bool) -> None:
    rig = held_rig("input", pieces=("That is bad.",))
    answer = await rig.chat(text)
    assert (answer.status, answer.error["code"]) == (400, "stopper_guard")
    assert bool(rig.model.asked) == asked
    assert not desk.cases.list("hold")
    assert desk.decision.outcome == "block"


@pytest.mark.parametrize("path", WORDS)
@pytest.mark.parametrize("begun", [False, True])
async def test_a_stream_that_is_held_ends_in_a_typed_frame_and_nothing_held_is_in_it(
    held_rig: Any, desk: Desk, path: str, begun: bool
) -> None:
    start = "Well. " * 60 if begun else ""
    rig = held_rig(pieces=(start, "That is odd. ", "Is it not?"))
    answer = await rig.ask(path, stream=True)
    assert answer.is_streamed
    assert answer.status == (200 if begun else 202)
    assert not answer.is_ended
    assert bool(answer.text) == begun
    assert start.startswith(answer.text)
    assert "odd" not in answer.body.decode()
    frame = answer.frames[-1]
    error = frame["response"]["error"] if "response" in frame else frame["error"]
    assert error["code"] == "held_for_review"
    assert error["hold"]["url"] == address(answer)

    desk.decide("released")
    assert said(await polled(rig, answer)) == f"{start}That is odd. Is it not?"


async def test_a_tool_call_is_held_and_released_whole(held_rig: Any, desk: Desk, piece: Any) -> None:
    called = [
        piece({"role": "assistant", "content": "Let me see. "}),
        piece({"tool_calls": [{"index": 1, "id": "c1", "type": "function", "function": {"name": "two"}}]}),
        piece({"tool_calls": [{"index": 0, "id": "c0", "type": "function", "function": {"name": "one"}}]}),
        piece({"tool_calls": [{"index": 0, "function": {"arguments": '{"q": "odd'}}]}),
        piece({"tool_calls": [{"index": 0, "function": {"arguments": ' thing"}'}}]}),
        piece({"tool_calls": [{"index": 1, "function": {"arguments": "{}"}}]}),
        piece({}, "tool_calls"),
    ]
    rig = held_rig()
    rig.model.chunks = called
    answer = await rig.chat("hi", stream=True)
    assert "odd" not in answer.body.decode()
    desk.decide("released")
    choice = (await polled(rig, answer)).json["answer"]["choices"][0]
    assert choice["finish_reason"] == "tool_calls"
    assert choice["message"]["content"] == "Let me see. "
    assert choice["message"]["tool_calls"] == [
        {"id": "c0", "type": "function", "function": {"name": "one", "arguments": '{"q": "odd thing"}'}},
        {"id": "c1", "type": "function", "function": {"name": "two", "arguments": "{}"}},
    ]


async def test_masked_values_are_restored_in_what_is_released_and_nowhere_before(
    held_rig: Any, desk: Desk
) -> None:
    masking = """
guards:
  - {guard: personal-data, mode: [input], action: hold, restore: true}
retention: {payloads: 0d}
"""
    charter = charter_with_guards(masking)
    rig = held_rig(pipeline=build_pipeline(charter.guards), pieces=("I write to ", "<EMAIL_1>."))
    answer = await rig.chat("Write to ann@example.org please")
    assert answer.status == 202
    assert "ann@example.org" not in repr(rig.model.asked)
    (case,) = desk.cases.list("hold")
    shown = desk.evidence.reader
    assert "<EMAIL_1>" in (shown.attachment(case.record, "prompt") or b"").decode()
    assert "ann@" not in (shown.attachment(case.record, "answer") or b"").decode()
    desk.decide("released")
    assert said(await polled(rig, answer)) == "I write to ann@example.org."


def charter_with_guards(more: str) -> Charter:
    from aboveboard.charter import Known, parse_charter

    text = """\
charter: 1
system: {name: Test desk, purpose: Answers tests., context: general}
roles: {accountable: {title: Head of service, contact: head@example.org}}
models: [{id: m, provider: fake}]
defaults: {promises: false, guards: false}
"""
    return parse_charter(text + more, Known(frozenset(), frozenset({"personal-data"}), frozenset({"fake"})))


@pytest.mark.parametrize("path", WORDS)
async def test_a_reviewer_may_put_words_of_their_own_in_the_place_of_all_the_model_said(
    held_rig: Any, desk: Desk, path: str
) -> None:
    rig = held_rig()
    answer = await rig.ask(path)
    desk.decide("edited", "Ask at the counter.")
    given = (await polled(rig, answer)).json
    assert (given["status"], given["human"], given["notice"]) == (
        "edited",
        "reviewed",
        "A person edited this answer.",
    )
    assert "Ask at the counter." in json.dumps(given["answer"])
    assert "odd" not in json.dumps(given["answer"])


async def test_what_is_withheld_is_not_given_and_the_person_is_told_why(held_rig: Any, desk: Desk) -> None:
    rig = held_rig()
    answer = await rig.chat()
    desk.decide("withheld")
    given = await polled(rig, answer)
    assert (given.status, given.json["status"], given.json["message"]) == (200, "withheld", REASON)
    assert "answer" not in given.json
    assert "odd" not in given.body.decode()


async def test_what_nobody_decides_about_expires(held_rig: Any, desk: Desk) -> None:
    rig = held_rig()
    answer = await rig.chat()
    desk.clock.moment = NOW + timedelta(hours=4, seconds=1)
    given = await polled(rig, answer)
    assert (given.json["status"], given.json["human"]) == ("expired", "none")
    assert "answer" not in given.json
    (review,) = desk.evidence.reader.find("review")
    assert isinstance(review, Review)
    assert (review.actor, review.outcome) == ("gateway", "expired")


async def test_the_promise_that_holds_is_named_and_every_answer_waits(held_rig: Any, desk: Desk) -> None:
    from types import SimpleNamespace

    promise = SimpleNamespace(id="No-Bias", if_broken="hold", when=("release",))
    status = SimpleNamespace(promise=promise, verdict=Kept.BROKEN)
    rig = held_rig(pipeline=Pipeline(()), status=lambda: [status])
    answer = await rig.chat()
    assert (answer.status, answer.json["reason"]) == (202, ["No-Bias"])
    assert [(one.guard, one.mode, one.action) for one in desk.decision.guards] == [
        ("No-Bias", "promise", "hold")
    ]
    assert (await rig.get("/readyz")).status == 200
    desk.decide("released")
    assert (await polled(rig, answer)).json["status"] == "released"


async def test_a_held_answer_of_an_erased_person_is_gone(held_rig: Any, desk: Desk) -> None:
    rig = held_rig(pseudonym=desk.evidence.pseudonym)
    answer = await rig.chat(user="ann")
    desk.evidence.erase(desk.evidence.pseudonym("ann"), "asked", "role:privacy-officer")
    given = await polled(rig, answer)
    assert (given.status, given.json["error"]["code"]) == (410, "hold_erased")


@pytest.mark.parametrize("name", ["", "hold_", "hold_x", "..%2f", "hold_" + "r" * 24])
async def test_who_guesses_finds_nothing(held_rig: Any, name: str) -> None:
    answer = await held_rig().get(f"/v1/holds/{name}")
    assert answer.status == 404


async def test_where_nobody_can_be_asked_to_look_nothing_is_given(make_rig: MakeRig, held_rig: Any) -> None:
    rig = make_rig(pipeline=pipeline("output"), holds=None)
    rig.model.pieces = ("That is odd.",)
    answer = await rig.chat()
    assert (answer.status, answer.error["code"]) == (503, "not_held")
    assert rig.recorder.last.error == "not_held"
    assert "odd" not in answer.body.decode()


@pytest.mark.filterwarnings("default")
async def test_a_queue_that_fails_costs_the_answer_and_not_the_promise(make_rig: MakeRig) -> None:
    rig = make_rig(pipeline=pipeline("output"))
    rig.model.pieces = ("That is odd.",)
    rig.services.holds.fail = OSError("disk full")
    answer = await rig.chat()
    assert (answer.status, answer.error["code"]) == (503, "not_held")
    assert rig.recorder.last.outcome == "hold"
    assert 'aboveboard_faults_total{where="hold"} 1' in await rig.metrics()


async def test_nobody_releases_their_own_answer(held_rig: Any, desk: Desk) -> None:
    rig = held_rig(pseudonym=desk.evidence.pseudonym)
    await rig.chat(user="ann")
    with pytest.raises(Exception, match="cannot decide"):
        desk.decide("released", actor=desk.evidence.pseudonym("ann"))


async def test_what_a_reviewer_reads_is_what_was_said(held_rig: Any, desk: Desk) -> None:
    await held_rig().chat()
    (case,) = desk.cases.list("hold")
    held = desk.holds.get(case.id).held
    assert held
    assert words_of(held) == "That is odd. Is it not?"


def test_a_hold_rule_waits_four_hours_and_withholds() -> None:
    assert (HoldRule().deadline, HoldRule().on_timeout) == (timedelta(hours=4), "withhold")


def said(given: Any) -> str:
    """The text of a released answer, in whatever protocol."""
    text: str = given.said(given.json["answer"])
    return text


async def test_where_keys_are_required_only_the_tenant_that_asked_may_ask_again(
    held_rig: Any, desk: Desk, charter_with: Callable[..., Charter], tmp_path: Path
) -> None:
    with Access.open(tmp_path / "access.db", desk.clock) as access:
        ours, also_ours, theirs = (issue(access, name) for name in ("Acme", "", "Other"))
        access.keyring.refresh()
        rig = held_rig(charter=charter_with("access: {keys: required}"), access=access, clock=desk.clock)
        answer = await rig.post(json.dumps(rig.body_for("/v1/chat/completions", "hi")).encode(), bearer(ours))
        assert answer.status == 202
        (case,) = desk.cases.list("hold")
        with pytest.raises(SelfReviewError):
            desk.holds.decide(case.id, "released", REASON, case.actor)
        desk.decide("released")
        polls = [await rig.get(address(answer), bearer(key)) for key in (ours, also_ours, theirs)]
        assert [each.status for each in polls] == [200, 200, 404]
        assert (await rig.get(address(answer))).status == 401


def issue(access: Access, tenant: str) -> str:
    """A key of a new tenant, or without a name one more of the last."""
    if tenant:
        made, act = access.register.draft_tenant(tenant, "role:admin")
        access.keep(act)
    else:
        made = access.register.tenants()[-1]
    issued = access.register.draft_key(made, KeyOrder(label="desk"), "role:admin")
    access.keep(issued.act)
    return issued.text


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}
