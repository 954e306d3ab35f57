import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest

from aboveboard.cases import (
    OUTCOMES,
    CaseDecidedError,
    CaseInputError,
    CaseKind,
    Cases,
    CaseStatus,
    CaseStoreError,
    HoldRule,
    SelfReviewError,
    UnknownCaseError,
)
from aboveboard.cases._table import CASES
from aboveboard.database import locate, open_for_writing
from aboveboard.evidence import CODEC
from aboveboard.evidence.records import Record, Review
from aboveboard.values import FixedClock, is_ulid
from samples.cases import open_appeal, open_incident

R = TypeVar("R", bound=Record)
NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
WORDS = "The letter got my rent wrong."
_REST = "due, role, decision, actor, record, outcome, review, tenant, on_timeout, reference"


def decide(cases: Cases, case_id: str, outcome: str, reason: str, actor: str, **given: str) -> Review:
    """Decides with a recorder that always records."""
    review = cases.draft_decision(case_id, outcome, reason, actor, **given)
    cases.decide(review, lambda record, _: record)
    return review


class FirstOnly:
    """Records what comes first under an id, and returns that to whoever comes later."""

    def __init__(self) -> None:
        self._kept: dict[str, Record] = {}

    def __call__(self, record: R, attachments: Mapping[str, bytes]) -> R:
        return cast(R, self._kept.setdefault(record.id, record))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cases.db"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def cases(tmp_path: Path, dsn: str | None, clock: FixedClock) -> Iterator[Cases]:
    with Cases.open(locate(tmp_path, "cases", dsn), clock) as opened:
        yield opened


def test_an_appeal_opens_a_case_and_gives_the_record_of_it(cases: Cases) -> None:
    case, appeal = open_appeal(cases, "D1", "wrong", WORDS, data_subject="person:anna")
    assert (case.kind, case.status, case.category) == (CaseKind.APPEAL, CaseStatus.OPEN, "wrong")
    assert (case.decision, case.role, case.record) == ("D1", "reviewer", appeal.id)
    assert (appeal.case, appeal.decision, appeal.ground, appeal.links) == (case.id, "D1", "wrong", ("D1",))
    assert (appeal.data_subject, appeal.actor) == ("person:anna", "person")
    assert is_ulid(case.id)
    assert CODEC.encode(appeal)


def test_an_appeal_is_due_in_thirty_days(cases: Cases) -> None:
    case, _ = open_appeal(cases, "D1", "wrong", WORDS)
    assert (case.opened, case.due) == ("2026-11-21T08:00:00.000Z", "2026-12-21T08:00:00.000Z")


def test_a_crisis_is_due_within_hours(cases: Cases, clock: FixedClock) -> None:
    case, incident = open_incident(cases, "crisis", decision="D1")
    assert case.due == incident.due == "2026-11-21T12:00:00.000Z"
    assert (incident.category, incident.case, incident.subject) == ("crisis", case.id, "decision:D1")
    assert not case.is_overdue(NOW + timedelta(hours=4))
    assert case.is_overdue(NOW + timedelta(hours=4, seconds=1))
    assert CODEC.encode(incident)


def test_an_incident_may_concern_no_decision(cases: Cases) -> None:
    case, incident = open_incident(cases, "guard-failing", role="operator")
    assert (incident.subject, incident.links, case.role) == (f"case:{case.id}", (), "operator")


def test_a_held_answer_waits_for_its_reviewer(cases: Cases) -> None:
    rule = HoldRule("ethicist", timedelta(hours=2), "release")
    case = cases.add(cases.draft_hold("D1", "claims", tenant="acme", rule=rule))
    assert (case.kind, case.record, case.due) == (CaseKind.HOLD, "D1", "2026-11-21T10:00:00.000Z")
    kept = cases.by_reference(case.reference)
    assert (kept.role, kept.tenant, kept.on_timeout) == ("ethicist", "acme", "release")


@pytest.mark.parametrize("dsn", [None], ids=["sqlite"])
def test_the_words_are_not_kept_here(cases: Cases, path: Path) -> None:
    open_appeal(cases, "D1", "wrong", WORDS)
    for file in path.parent.iterdir():
        assert b"rent wrong" not in file.read_bytes()


@pytest.mark.parametrize("dsn", [None], ids=["sqlite"])
def test_a_person_finds_their_case_by_a_reference_that_is_stored_nowhere(cases: Cases, path: Path) -> None:
    case, _ = open_appeal(cases, "D1", "wrong", WORDS)
    other, _ = open_appeal(cases, "D1", "wrong", WORDS)
    assert len(case.reference) >= 22  # 128 bits or more
    assert case.reference != other.reference
    assert cases.by_reference(case.reference).id == case.id
    assert cases.get(case.id).reference == ""
    for file in path.parent.iterdir():
        assert case.reference.encode() not in file.read_bytes()


@pytest.mark.parametrize("reference", ["", "x", "' OR 1=1 --", "\ud800"])
def test_a_guess_finds_nothing(cases: Cases, reference: str) -> None:
    open_appeal(cases, "D1", "wrong", WORDS)
    with pytest.raises(UnknownCaseError):
        cases.by_reference(reference)
    with pytest.raises(UnknownCaseError):
        cases.get(reference)


def test_a_decision_is_a_review_with_its_reason(cases: Cases) -> None:
    case, appeal = open_appeal(cases, "D1", "wrong", WORDS)
    review = decide(
        cases, case.id, "granted", "The figure was misread.", "role:reviewer", data_subject="person:anna"
    )
    assert (review.case, review.outcome, review.links) == (case.id, "granted", (appeal.id,))
    assert (review.reason, review.data_subject) == ("The figure was misread.", "person:anna")
    decided = cases.get(case.id)
    assert (decided.status, decided.outcome, decided.review) == (CaseStatus.DECIDED, "granted", review.id)
    assert not decided.is_overdue(NOW + timedelta(days=999))


@pytest.mark.parametrize("actor", ["key:7", " KEY:7 "])
def test_who_opened_a_case_cannot_decide_it(cases: Cases, actor: str) -> None:
    case, _ = open_appeal(cases, "D1", "wrong", WORDS, actor="key:7")
    with pytest.raises(SelfReviewError, match="somebody else"):
        decide(cases, case.id, "granted", "I am right.", actor)
    assert cases.get(case.id).status is CaseStatus.OPEN


def test_a_case_is_decided_once(cases: Cases) -> None:
    case, _ = open_appeal(cases, "D1", "wrong", WORDS)
    decide(cases, case.id, "refused", "It was right.", "role:a")
    with pytest.raises(CaseDecidedError):
        decide(cases, case.id, "granted", "No, it was not.", "role:b")
    assert cases.get(case.id).outcome == "refused"


def test_of_two_who_decide_at_once_one_wins(cases: Cases) -> None:
    case, _ = open_appeal(cases, "D1", "wrong", WORDS)
    results: list[str] = []
    record = FirstOnly()

    def attempt(outcome: str) -> None:
        try:
            review = cases.draft_decision(case.id, outcome, "Because.", f"role:{outcome}")
            results.append(cases.decide(review, record).outcome)
        except CaseDecidedError:
            results.append("late")

    threads = [threading.Thread(target=attempt, args=(outcome,)) for outcome in OUTCOMES[CaseKind.APPEAL]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results.count("late") == len(OUTCOMES[CaseKind.APPEAL]) - 1
    assert cases.get(case.id).outcome in results


@pytest.mark.parametrize(
    ("outcome", "reason"), [("maybe", "x"), ("released", "x"), ("granted", " "), ("granted", "x" * 10_001)]
)
def test_a_decision_needs_an_outcome_of_its_kind_and_a_reason(
    cases: Cases, outcome: str, reason: str
) -> None:
    case, _ = open_appeal(cases, "D1", "wrong", WORDS)
    with pytest.raises(CaseInputError):
        decide(cases, case.id, outcome, reason, "role:a")
    assert cases.get(case.id).status is CaseStatus.OPEN


@pytest.mark.parametrize(
    ("ground", "words"),
    [("", WORDS), ("Very unfair!", WORDS), ("x" * 65, WORDS), ("wrong", ""), ("wrong", "x" * 10_001)],
)
def test_an_appeal_needs_a_ground_of_one_word_and_words_of_bounded_length(
    cases: Cases, ground: str, words: str
) -> None:
    with pytest.raises(CaseInputError):
        open_appeal(cases, "D1", ground, words)
    assert cases.list() == []


@pytest.mark.parametrize("decision", ["\ud800", "a b", "x" * 129, "<script>"])
def test_an_appeal_is_about_an_id(cases: Cases, decision: str) -> None:
    with pytest.raises(CaseInputError, match="not an id"):
        open_appeal(cases, decision, "wrong", WORDS)


def test_a_decision_counts_once_it_is_kept_and_keeping_it_twice_is_once(cases: Cases) -> None:
    case, _ = open_appeal(cases, "D1", "wrong", WORDS)
    review = cases.draft_decision(case.id, "refused", "It was right.", "role:a")
    assert cases.get(case.id).status is CaseStatus.OPEN
    assert cases.keep_decision(review) == cases.keep_decision(review)
    assert cases.get(case.id).outcome == "refused"


def test_all_decisions_on_a_case_have_one_id_so_that_one_is_recorded(cases: Cases) -> None:
    case, _ = open_appeal(cases, "D1", "wrong", WORDS)
    other, _ = open_appeal(cases, "D1", "wrong", WORDS)
    one = cases.draft_decision(case.id, "refused", "It was right.", "role:a")
    two = cases.draft_decision(case.id, "granted", "It was not.", "role:b")
    assert one.id == two.id
    assert is_ulid(one.id)
    assert cases.draft_decision(other.id, "granted", "It was not.", "role:b").id != one.id


def test_who_records_second_has_not_decided_and_the_first_is_carried_out(cases: Cases) -> None:
    case, _ = open_appeal(cases, "D1", "wrong", WORDS)
    first = cases.draft_decision(case.id, "refused", "It was right.", "role:a")
    second = cases.draft_decision(case.id, "granted", "It was not.", "role:b")
    with pytest.raises(CaseDecidedError):
        cases.decide(second, lambda record, _: cast(Any, first))
    assert (cases.get(case.id).outcome, cases.get(case.id).review) == ("refused", first.id)


def test_cases_are_listed_soonest_due_first_by_kind_and_status(cases: Cases) -> None:
    appeal, _ = open_appeal(cases, "D1", "wrong", WORDS)
    crisis, _ = open_incident(cases, "crisis", decision="D2")
    hold = cases.add(cases.draft_hold("D2", "claims"))
    decide(cases, hold.id, "released", "Harmless.", "role:a")
    assert [each.id for each in cases.list()] == [*sorted((crisis.id, hold.id)), appeal.id]
    assert [each.id for each in cases.list(status="open")] == [crisis.id, appeal.id]
    assert [each.id for each in cases.list(CaseKind.HOLD, CaseStatus.DECIDED)] == [hold.id]
    assert [each.id for each in cases.list(limit=1)] == [crisis.id]
    assert cases.counts() == {("appeal", "open"): 1, ("hold", "decided"): 1, ("incident", "open"): 1}


def test_an_erased_person_is_forgotten_as_actor_too(cases: Cases) -> None:
    case, _ = open_appeal(cases, "D1", "wrong", WORDS, actor="person:anna")
    assert cases.forget("person:anna") == 1
    assert cases.get(case.id).actor == "erased"


def test_cases_outlive_the_process(path: Path) -> None:
    with Cases.open(path) as cases:
        case, _ = open_appeal(cases, "D1", "wrong", WORDS)
    assert path.stat().st_mode & 0o777 == 0o600
    with Cases.open(path) as cases:
        assert cases.by_reference(case.reference).id == case.id


def test_a_damaged_database_is_a_clear_error(path: Path) -> None:
    path.write_bytes(b"this is no database, though it is long enough to be one" * 100)
    with pytest.raises(CaseStoreError, match="no database"):
        Cases.open(path)


def test_cases_of_a_newer_version_are_not_touched(path: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(CaseStoreError, match="format 99"):
        Cases.open(path)


def test_a_case_knows_when_it_was_decided(cases: Cases) -> None:
    case, _ = open_incident(cases, "crisis")
    assert (case.decided, case.changed) == ("", case.opened)
    review = decide(cases, case.id, "mitigated", WORDS, "role:reviewer")
    assert (cases.get(case.id).decided, cases.get(case.id).changed) == (review.time, review.time)


def test_cases_of_an_older_version_are_taken_over(tmp_path: Path, dsn: str | None) -> None:
    where = locate(tmp_path, "cases", dsn)
    older = open_for_writing(where, replace(CASES, migrations=CASES.migrations[:-1]))
    columns = f"id, kind, category, status, opened, {_REST}"
    values = ("01", "hold", "toxicity", "decided", "2026-11-21T08:00:00.000Z", *[""] * 9, b"x")
    older.execute(f"INSERT INTO cases ({columns}) VALUES ({', '.join('?' * len(values))})", values)
    older.close()
    with Cases.open(where) as cases:
        (case,) = cases.list()
    assert (case.decided, case.changed) == ("", "2026-11-21T08:00:00.000Z")


def test_a_folder_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CaseStoreError, match="state directory"):
        Cases.open(tmp_path / "absent" / "cases.db")


@pytest.mark.parametrize("dsn", [None], ids=["sqlite"])
def test_a_full_disk_leaves_the_cases_as_they_were(cases: Cases) -> None:
    case, _ = open_appeal(cases, "D1", "wrong", WORDS)
    ((pages,),) = cases._tables.fetch("PRAGMA page_count")
    cases._tables.fetch(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(CaseStoreError, match="disk is full"):
        for _ in range(200):
            open_appeal(cases, "D1", "wrong", WORDS)
    assert cases.get(case.id).status is CaseStatus.OPEN
    cases._tables.fetch("PRAGMA max_page_count = 100000")
    open_appeal(cases, "D1", "wrong", WORDS)


def test_feedback_is_a_case_once_its_record_is_kept(cases: Cases) -> None:
    case, feedback = cases.draft_feedback("tone", WORDS, decision="D1", data_subject="person:anna")
    assert not cases.list()
    kept = cases.add(case)
    assert (kept.kind, kept.category, kept.record) == (CaseKind.FEEDBACK, "tone", feedback.id)
    assert (feedback.case, feedback.topic, feedback.decision) == (case.id, "tone", "D1")
    assert (feedback.subject, feedback.data_subject) == ("decision:D1", "person:anna")
    assert case.due == "2026-12-21T08:00:00.000Z"
    assert CODEC.encode(feedback)
    assert decide(cases, case.id, "acted-on", "mended", "role:reviewer").links == (feedback.id,)


def test_feedback_about_no_answer_is_about_its_case(cases: Cases) -> None:
    case, feedback = cases.draft_feedback("praise", WORDS)
    assert (feedback.subject, feedback.links) == (f"case:{case.id}", ())


@pytest.mark.parametrize(("topic", "words"), [("no label", WORDS), ("tone", " ")])
def test_feedback_needs_a_topic_and_words(cases: Cases, topic: str, words: str) -> None:
    with pytest.raises(CaseInputError):
        cases.draft_feedback(topic, words)
