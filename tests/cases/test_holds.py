"""A held answer ends once, by a person or by its deadline, whoever else tries and whatever crashes."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aboveboard.cases import (
    Case,
    CaseDecidedError,
    CaseError,
    CaseInputError,
    Cases,
    CaseStatus,
    Hold,
    HoldRule,
    Holds,
    SelfReviewError,
    UnknownCaseError,
    finish,
)
from aboveboard.database import locate
from aboveboard.evidence import Evidence, record_once
from aboveboard.evidence.records import Decision, Record
from aboveboard.values import FixedClock
from samples.cases import open_incident

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
HELD = json.dumps({"words": True, "completion": {}}).encode()
PERSON, REVIEWER, REASON = "person:anna", "role:reviewer", "I have read it."
LATER = timedelta(hours=4, seconds=1)


class Gateway:
    """One process on a state directory; several may be on the same."""

    def __init__(self, folder: Path, dsn: str | None, clock: FixedClock) -> None:
        self._closing = ExitStack()
        self.evidence = self._closing.enter_context(Evidence.open(folder, database=dsn))
        self.cases = self._closing.enter_context(Cases.open(locate(folder, "cases", dsn), clock))
        self.told: list[Case] = []
        record = partial(record_once, self.evidence.recorder, self.evidence.reader)
        self.holds = Holds(self.cases, self.evidence.reader, record, clock=clock, notify=self.told.append)

    def hold(
        self,
        *,
        rule: HoldRule | None = None,
        held: bytes = HELD,
        beside: Mapping[str, bytes] | None = None,
        **given: Any,
    ) -> Case:
        """A new held answer of a person, with what is kept masked `beside` it."""
        decision = a_decision()
        self.evidence.recorder.record(decision, {"held": held} | dict(beside or {}))
        holds = replace(self.holds, rule=lambda: rule) if rule else self.holds
        return holds.open(decision=decision.id, category="toxicity", **given)

    def look(self, case: Case) -> Hold:
        found = self.holds.look(case.reference)
        assert found
        return found

    def reviews(self) -> list[Record]:
        return self.evidence.reader.find("review")

    def close(self) -> None:
        self._closing.close()


def a_decision() -> Decision:
    return Decision(
        subject="answer",
        actor="gateway",
        data_subject=PERSON,
        endpoint="/v1/chat/completions",
        streamed=False,
        model="m",
        model_digest="sha256:" + "0" * 64,
        provider="fake",
        charter_digest="sha256:" + "1" * 64,
        system="Desk",
        accountable="Head",
        guards=(),
        outcome="hold",
    )


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def start(tmp_path: Path, dsn: str | None, clock: FixedClock) -> Iterator[Callable[[], Gateway]]:
    started: list[Gateway] = []

    def begin() -> Gateway:
        started.append(Gateway(tmp_path, dsn, clock))
        return started[-1]

    yield begin
    for each in started:
        each.close()


@pytest.fixture
def gateway(start: Callable[[], Gateway]) -> Gateway:
    return start()


def test_it_waits_until_a_person_decides_and_then_stays_so(gateway: Gateway) -> None:
    case = gateway.hold()
    assert (gateway.look(case).status, gateway.look(case).human) == ("pending", "escalated")
    gateway.holds.decide(case.id, "released", REASON, REVIEWER)
    found = gateway.look(case)
    assert (found.status, found.human, found.message) == ("released", "reviewed", REASON)
    with pytest.raises(CaseDecidedError):
        gateway.holds.decide(case.id, "withheld", "No.", "role:other")
    assert gateway.look(case).status == "released"
    assert [each.status for each in gateway.told] == [CaseStatus.OPEN, CaseStatus.DECIDED]


def test_a_reviewers_words_lie_encrypted_beside_the_review(gateway: Gateway, tmp_path: Path) -> None:
    case = gateway.hold()
    gateway.holds.decide(case.id, "edited", REASON, REVIEWER, text="Ask at the counter.")
    assert gateway.look(case).text == "Ask at the counter."
    (review,) = gateway.reviews()
    assert review.data_subject == PERSON
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or b"at the counter" not in file.read_bytes()


@pytest.mark.parametrize("actor", ["key:7", PERSON, f" {PERSON.upper()} "])
def test_neither_the_key_nor_the_person_that_asked_decides(gateway: Gateway, actor: str) -> None:
    case = gateway.hold(actor="key:7", tenant="acme")
    with pytest.raises(SelfReviewError):
        gateway.holds.decide(case.id, "released", REASON, actor)
    assert (gateway.look(case).status, gateway.look(case).tenant) == ("pending", "acme")


@pytest.mark.parametrize(("outcome", "text"), [("expired", ""), ("granted", ""), ("edited", " ")])
def test_only_a_reviewers_outcomes_are_a_reviewers(gateway: Gateway, outcome: str, text: str) -> None:
    case = gateway.hold()
    with pytest.raises(CaseInputError):
        gateway.holds.decide(case.id, outcome, REASON, REVIEWER, text=text)
    assert gateway.reviews() == []


MASKED = json.dumps([{"index": 0, "content": "Write to <EMAIL_1>."}]).encode()


@pytest.mark.parametrize("left", ["Write to <EMAIL_1>!", "Or: &lt;EMAIL_1&gt; <EMAIL_1>"])
def test_a_stand_in_left_in_a_reviewers_words_is_refused(gateway: Gateway, left: str) -> None:
    case = gateway.hold(beside={"answer": MASKED})
    with pytest.raises(CaseInputError, match="<EMAIL_1>: nothing is put in the place"):
        gateway.holds.decide(case.id, "edited", REASON, REVIEWER, text=left)
    assert gateway.look(case).status == "pending"
    assert gateway.holds.decide(case.id, "edited", REASON, REVIEWER, text="To <EMAIL_2>: no.").text


def test_a_stand_in_that_the_answer_itself_has_may_stay(gateway: Gateway) -> None:
    own = json.dumps({"words": True, "completion": {"content": "Write to <EMAIL_1>."}}).encode()
    case = gateway.hold(held=own, beside={"prompt": MASKED, "answer": MASKED})
    decided = gateway.holds.decide(case.id, "edited", REASON, REVIEWER, text="Do write to <EMAIL_1>.")
    assert decided.text == "Do write to <EMAIL_1>."


def test_vectors_have_no_words_to_edit(gateway: Gateway) -> None:
    case = gateway.hold(held=b'{"words": false}')
    with pytest.raises(CaseInputError, match="vectors"):
        gateway.holds.decide(case.id, "edited", REASON, REVIEWER, text="Words.")


@pytest.mark.parametrize(
    ("stored", "now", "by_promise", "is_ordered", "outcome"),
    [
        ("withhold", "withhold", False, False, "expired"),
        ("release", "release", False, False, "released"),
        ("release", "withhold", False, False, "expired"),  # the charter became stricter since
        ("withhold", "release", False, False, "expired"),  # what was promised when it was held stays
        ("release", "release", True, False, "expired"),  # a broken promise holds it
        ("release", "release", False, True, "expired"),  # a promise is broken now
    ],
)
def test_a_deadline_releases_only_what_the_charter_says_then_and_now(
    gateway: Gateway,
    clock: FixedClock,
    stored: str,
    now: str,
    by_promise: bool,
    is_ordered: bool,
    outcome: str,
) -> None:
    case = gateway.hold(rule=HoldRule(on_timeout=stored), by_promise=by_promise)
    gateway.holds = replace(
        gateway.holds, rule=lambda: HoldRule(on_timeout=now), is_ordered=lambda: is_ordered
    )
    clock.advance(LATER)
    assert gateway.holds.carry_out() == 1
    assert (gateway.look(case).status, gateway.look(case).human) == (outcome, "none")
    assert gateway.holds.carry_out() == 0


def test_after_its_deadline_no_reviewer_decides(gateway: Gateway, clock: FixedClock) -> None:
    case = gateway.hold()
    clock.advance(LATER)
    with pytest.raises(CaseDecidedError):
        gateway.holds.decide(case.id, "released", REASON, REVIEWER)
    assert gateway.look(case).status == "expired"


def test_of_two_gateways_one_carries_out_a_deadline(start: Callable[[], Gateway], clock: FixedClock) -> None:
    one, two = start(), start()
    case = one.hold()
    clock.advance(LATER)
    at_once(one.holds.carry_out, two.holds.carry_out)
    assert one.look(case).status == two.look(case).status == "expired"
    assert len(one.reviews()) == 1


def test_a_deadline_that_passed_while_all_were_down_is_carried_out(
    start: Callable[[], Gateway], clock: FixedClock
) -> None:
    first = start()
    case = first.hold()
    first.close()
    clock.advance(timedelta(days=3))
    assert start().look(case).status == "expired"


def test_another_gateway_gives_out_what_the_first_held(start: Callable[[], Gateway]) -> None:
    one, two = start(), start()
    case = one.hold()
    two.holds.decide(case.id, "released", REASON, REVIEWER)
    assert one.look(case).held == two.look(case).held == HELD


def test_of_reviewers_who_decide_at_once_one_has(start: Callable[[], Gateway]) -> None:
    one, two = start(), start()
    case = one.hold()
    late: list[str] = []

    def attempt(gateway: Gateway, outcome: str) -> None:
        try:
            gateway.holds.decide(case.id, outcome, REASON, f"role:{outcome}", text="Mine.")
        except CaseDecidedError:
            late.append(outcome)

    acts = ((one, "released"), (two, "withheld"), (one, "edited"))
    at_once(*[partial(attempt, each, outcome) for each, outcome in acts])
    assert len(late) == 2
    assert one.look(case).status == two.look(case).status not in late
    assert len(one.reviews()) == 1


def test_what_was_recorded_and_not_carried_out_is_by_whoever_comes_next(
    start: Callable[[], Gateway],
) -> None:
    one = start()
    polled, listed = one.hold(), one.hold()
    for case in (polled, listed):
        review = one.cases.draft_decision(case.id, "released", REASON, REVIEWER, data_subject=PERSON)
        one.evidence.recorder.record(review)
    two = start()
    assert two.look(polled).status == "released"
    assert [case.id for case in finish(two.cases, two.evidence.reader)] == [listed.id]
    assert two.cases.get(listed.id).outcome == "released"


def test_a_decision_on_record_stands_before_a_deadline_that_passed_since(
    gateway: Gateway, clock: FixedClock
) -> None:
    case = gateway.hold()
    review = gateway.cases.draft_decision(case.id, "released", REASON, REVIEWER, data_subject=PERSON)
    gateway.evidence.recorder.record(review)
    clock.advance(LATER)
    assert gateway.look(case).status == "released"


def test_what_is_erased_is_gone_in_whatever_state(gateway: Gateway) -> None:
    waiting, decided = gateway.hold(), gateway.hold()
    gateway.holds.decide(decided.id, "edited", REASON, REVIEWER, text="Mine.")
    gateway.evidence.erase(PERSON, "asked", "role:privacy-officer")
    for case in (waiting, decided):
        assert (gateway.look(case).status, gateway.look(case).held) == ("gone", None)
    with pytest.raises(CaseInputError, match="gone"):
        gateway.holds.decide(waiting.id, "released", REASON, REVIEWER)


def test_nobody_finds_what_they_were_not_given(gateway: Gateway) -> None:
    case, _ = open_incident(gateway.cases, "crisis")
    assert gateway.holds.look("x") is None
    assert gateway.holds.look(case.reference) is None
    with pytest.raises(UnknownCaseError):
        gateway.holds.get(case.id)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["released", "edited", "withheld", "expired"]), st.sampled_from("ab")),
        st.sampled_from([("wait", ""), ("late", ""), ("sweep", ""), ("look", "")]),
    ),
    max_size=12,
)


@given(STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_anybody_does_a_person_gets_at_most_one_final_state(steps: list[tuple[str, str]]) -> None:
    clock = FixedClock(NOW)
    with TemporaryDirectory() as folder:
        gateway = Gateway(Path(folder), None, clock)
        case = gateway.hold()
        seen = []
        for what, who in steps:
            take(gateway, clock, case, what, who)
            seen.append(gateway.look(case).status)
        final = [each for each in seen if each != "pending"]
        assert len(set(final)) <= 1
        assert seen == ["pending"] * (len(seen) - len(final)) + final
        assert len(gateway.reviews()) == bool(final)
        gateway.close()


def take(gateway: Gateway, clock: FixedClock, case: Case, what: str, who: str) -> None:
    waits = {"wait": timedelta(hours=1), "late": LATER}
    if what in waits:
        clock.advance(waits[what])
    elif what == "sweep":
        gateway.holds.carry_out()
    elif what == "look":
        gateway.look(case)
    else:
        with suppress(CaseError):
            gateway.holds.decide(case.id, what, REASON, f"role:{who}", text="Mine.")


def at_once(*acts: Callable[[], object]) -> None:
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_no_more_wait_than_may_and_decided_ones_make_room(gateway: Gateway) -> None:
    rule = HoldRule(most=2)
    first, _ = gateway.hold(rule=rule), gateway.hold(rule=rule)
    with pytest.raises(CaseInputError, match="2 held answers wait"):
        gateway.hold(rule=rule)
    gateway.holds.decide(first.id, "withheld", REASON, REVIEWER)
    assert gateway.hold(rule=rule).role == "reviewer"
