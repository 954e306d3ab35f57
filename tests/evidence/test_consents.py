"""The register of consents: what holds is computed from events that nobody can alter."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from aboveboard.evidence import Evidence, consent_events, consents, has_consent, purpose_subject
from aboveboard.evidence.records import Consent

ANNA, BOB = "person:anna", "person:bob"
JUNE = datetime(2026, 6, 1, tzinfo=UTC)
JULY, AUGUST = JUNE.replace(month=7), JUNE.replace(month=8)
Say = Callable[..., Consent]


@pytest.fixture
def say(evidence: Evidence) -> Say:
    def said(stage: str, at: datetime, person: str = ANNA, **fields: Any) -> Consent:
        purpose = fields.pop("purpose", "newsletter")
        event = Consent(
            subject=purpose_subject(purpose),
            actor="role:dpo",
            data_subject=person,
            stage=stage,  # type: ignore[arg-type]  # one of two words, given by the test
            purpose=purpose,
            effective=at.isoformat(),
            **fields,
        )
        evidence.recorder.record(event)
        return event

    return said


def test_nobody_has_agreed_who_was_not_asked(evidence: Evidence) -> None:
    assert not has_consent(evidence.reader, ANNA, "newsletter")
    assert consents(evidence.reader, ANNA) == []


def test_a_consent_holds_from_its_moment_until_it_is_withdrawn(evidence: Evidence, say: Say) -> None:
    say("given", JUNE)
    say("withdrawn", JULY)
    held = [has_consent(evidence.reader, ANNA, "newsletter", at) for at in (JUNE, JULY, AUGUST)]
    assert held == [True, False, False]
    assert not has_consent(evidence.reader, ANNA, "newsletter", datetime(2026, 5, 31, tzinfo=UTC))


def test_it_may_be_given_again_under_another_notice(evidence: Evidence, say: Say) -> None:
    say("given", JUNE, notice="1")
    say("withdrawn", JULY)
    say("given", AUGUST, notice="2")
    (state,) = consents(evidence.reader, ANNA)
    assert state.given is not None
    assert (state.given.notice, state.withdrawn) == ("2", None)
    assert has_consent(evidence.reader, ANNA, "newsletter", AUGUST)


def test_what_was_recorded_late_counts_from_when_it_was_said(evidence: Evidence, say: Say) -> None:
    say("withdrawn", JULY)
    say("given", JUNE)
    assert not has_consent(evidence.reader, ANNA, "newsletter", AUGUST)


def test_of_two_at_one_moment_the_later_recorded_counts(evidence: Evidence, say: Say) -> None:
    say("given", JUNE)
    say("withdrawn", JUNE)
    assert not has_consent(evidence.reader, ANNA, "newsletter", JULY)


def test_a_consent_with_an_end_ends(evidence: Evidence, say: Say) -> None:
    say("given", JUNE, until=JULY.isoformat())
    assert has_consent(evidence.reader, ANNA, "newsletter", JUNE)
    assert not has_consent(evidence.reader, ANNA, "newsletter", JULY)


def test_another_basis_is_no_consent(evidence: Evidence, say: Say) -> None:
    say("given", JUNE, basis="contract")
    assert not has_consent(evidence.reader, ANNA, "newsletter", JULY)


def test_purposes_and_people_are_kept_apart(evidence: Evidence, say: Say) -> None:
    say("given", JUNE)
    say("given", JUNE, BOB, purpose="research")
    assert not has_consent(evidence.reader, ANNA, "research")
    assert not has_consent(evidence.reader, BOB, "newsletter")
    assert [state.purpose for state in consents(evidence.reader, BOB)] == ["research"]


def test_the_register_goes_with_the_person(evidence: Evidence, say: Say) -> None:
    say("given", JUNE)
    mine = say("given", JUNE, BOB)
    evidence.erase(ANNA, "asked", "role:dpo")
    assert not has_consent(evidence.reader, ANNA, "newsletter")
    assert list(consent_events(evidence.reader)) == [mine]


def test_a_withdrawal_ends_a_consent_whose_clock_ran_ahead_for_good(evidence: Evidence, say: Say) -> None:
    say("given", JULY)
    say("withdrawn", JUNE)
    held = [has_consent(evidence.reader, ANNA, "newsletter", at) for at in (JUNE, JULY, AUGUST)]
    assert held == [False, False, False]
    say("given", AUGUST)
    assert has_consent(evidence.reader, ANNA, "newsletter", AUGUST)


def test_the_ledgers_order_counts_and_not_the_time_that_a_record_claims(evidence: Evidence, say: Say) -> None:
    say("given", JULY, time="2026-09-01T00:00:00.000Z")
    say("withdrawn", JUNE, time="2026-08-01T00:00:00.000Z")
    (state,) = consents(evidence.reader, ANNA)
    assert state.withdrawn is not None
    assert not has_consent(evidence.reader, ANNA, "newsletter", AUGUST)
