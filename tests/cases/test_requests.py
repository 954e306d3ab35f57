"""Requests of data subjects: one month to answer, two more with a reason, never after the first is over."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.cases import Case, CaseDecidedError, CaseInputError, Cases
from aboveboard.cases._months import months_after
from aboveboard.errors import UnknownNameError
from aboveboard.evidence import CODEC
from aboveboard.values import FixedClock
from samples.cases import open_appeal

NOW = datetime(2027, 1, 31, 8, 0, tzinfo=UTC)
ANNA = "person:anna"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def cases(tmp_path: Path, clock: FixedClock) -> Iterator[Cases]:
    with Cases.open(tmp_path / "cases.db", clock) as opened:
        yield opened


def asked(cases: Cases, right: str, person: str, received: datetime | None = None) -> Case:
    """A request that is kept, as it is once its record is in the evidence."""
    case, _ = cases.draft_request(right, person, received=received)
    return cases.add(case)


def test_a_request_is_due_a_month_later_and_the_case_does_not_say_whose_it_is(cases: Cases) -> None:
    case, request = cases.draft_request("access", ANNA)
    assert case.due == request.due == "2027-02-28T23:59:59.000Z"
    assert (case.kind, case.category, case.role) == ("request", "access", "privacy-officer")
    assert (request.data_subject, request.stage, request.case) == (ANNA, "received", case.id)
    assert ANNA not in str(case)
    assert b"anna" not in CODEC.encode(request)


def test_the_month_begins_when_the_letter_came(cases: Cases) -> None:
    case = asked(cases, "erasure", ANNA, received=datetime(2027, 1, 4, 9, tzinfo=UTC))
    assert (case.opened[:10], case.due[:10]) == ("2027-01-04", "2027-02-04")
    assert case.days_left(NOW) == 4


def test_it_is_extended_once_by_two_months_with_the_reason_on_record(cases: Cases) -> None:
    case = asked(cases, "access", ANNA)
    extension = cases.draft_extension(case.id, "Forty systems to search.", "role:dpo", data_subject=ANNA)
    assert cases.get(case.id).due == case.due
    assert cases.keep_extension(extension) == cases.keep_extension(extension)
    assert cases.get(case.id).due == extension.due == "2027-04-30T23:59:59.000Z"
    assert (extension.stage, extension.reason, extension.links) == (
        "extended",
        "Forty systems to search.",
        (case.record,),
    )
    with pytest.raises(CaseInputError, match="extended before"):
        cases.draft_extension(case.id, "Again.", "role:dpo")


def test_an_overdue_request_cannot_be_extended(cases: Cases, clock: FixedClock) -> None:
    case = asked(cases, "access", ANNA)
    clock.advance(timedelta(days=29))
    assert cases.get(case.id).is_overdue(clock.now())
    assert cases.get(case.id).days_left(clock.now()) < 0
    with pytest.raises(CaseInputError, match="was due on 2027-02-28"):
        cases.draft_extension(case.id, "Forgotten.", "role:dpo")


def test_neither_a_decided_request_nor_another_case_can_be_extended(cases: Cases) -> None:
    appeal, _ = open_appeal(cases, "D1", "wrong", "It is wrong.")
    with pytest.raises(CaseInputError, match="term of its own"):
        cases.draft_extension(appeal.id, "Why.", "role:dpo")
    case = asked(cases, "access", ANNA)
    review = cases.draft_decision(case.id, "fulfilled", "Sent.", "role:dpo", data_subject=ANNA)
    assert cases.keep_decision(review).outcome == "fulfilled"
    with pytest.raises(CaseDecidedError):
        cases.draft_extension(case.id, "Why.", "role:dpo")


def test_a_right_that_there_is_not(cases: Cases) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'erasure'"):
        cases.draft_request("erase", ANNA)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.integers(1, 24))
def test_months_end_on_the_same_day_or_on_the_last_of_a_shorter_month(moment: datetime, months: int) -> None:
    later = months_after(moment, months)
    assert (later.year - moment.year) * 12 + later.month - moment.month == months
    assert later.day == moment.day or (
        later.day < moment.day and (later + timedelta(days=1)).month != later.month
    )


def test_on_its_last_day_a_request_is_in_time_until_the_day_ends(cases: Cases, clock: FixedClock) -> None:
    case = asked(cases, "access", ANNA)
    clock.advance(timedelta(days=28, hours=15))  # 28 February, 23:00
    assert (case.is_overdue(clock.now()), case.days_left(clock.now())) == (False, 0)
    assert cases.draft_extension(case.id, "Forty systems.", "role:dpo").due[:10] == "2027-04-30"


def test_a_request_stored_with_an_hour_lasts_as_long(cases: Cases) -> None:
    case = replace(asked(cases, "access", ANNA), due="2027-02-28T08:00:00.000Z")
    assert not case.is_overdue(datetime(2027, 2, 28, 20, tzinfo=UTC))
    assert case.is_overdue(datetime(2027, 3, 1, tzinfo=UTC))


def test_a_purge_spares_the_cases_it_is_told_to(cases: Cases) -> None:
    ids = [asked(cases, "access", ANNA).id for _ in range(3)]
    for each in ids[:2]:
        cases.keep_decision(cases.draft_decision(each, "refused", "No.", "role:dpo"))
    assert cases.purge("2030-01-01T00:00:00.000Z", {ids[0]}) == 1
    assert {each.id for each in cases.list("request")} == {ids[0], ids[2]}


def test_cases_are_found_by_the_record_that_opened_them_or_the_answer_they_are_about(cases: Cases) -> None:
    request = asked(cases, "access", ANNA)
    appealed, _ = open_appeal(cases, "D1", "wrong", "It is wrong.")
    open_appeal(cases, "D2", "wrong", "It is wrong.")
    assert set(cases.of_records([request.record, "D1"])) == {request.id, appealed.id}
