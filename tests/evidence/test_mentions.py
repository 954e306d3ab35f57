"""What nobody owns and is about a person goes with them, is kept by a hold, and is never another's."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from aboveboard.evidence import Evidence, Expired, Purgers
from aboveboard.evidence._forgetting import Forgetting
from aboveboard.evidence.records import Appeal, Decision, LegalHold, Rectification, Review
from aboveboard.values import format_time

ANNA, BOB = "person:anna", "person:bob"
TOMORROW = datetime.now(UTC) + timedelta(days=1)
MakeDecision = Callable[..., Decision]


def review_of(subject: str, case: str = "c") -> Review:
    return Review(subject=subject, actor="role:r", case=case, outcome="granted", reason="she is ill")


def rectify(evidence: Evidence, record: str) -> None:
    intent = Rectification(
        subject=f"record:{record}",
        actor="role:dpo",
        stage="intent",
        corrected=record,
        reason="wrong",
        case="",
    )
    evidence.rectify(intent, b"right")


def hold(person: str) -> LegalHold:
    until = format_time(TOMORROW)
    return LegalHold(
        subject="hold", actor="role:dpo", data_subject=person, stage="placed", reason="court", until=until
    )


@pytest.fixture
def reviewed(evidence: Evidence, decision: MakeDecision) -> tuple[Decision, Review]:
    """An answer to Anna, with its text, and a reviewer's words about it that belong to nobody."""
    hers = decision(data_subject=ANNA)
    evidence.recorder.record(hers, {"prompt": b"her words"})
    review = review_of(f"decision:{hers.id}")
    evidence.recorder.record(review, {"notes": b"more on her"})
    return hers, review


class TestErasure:
    def test_a_reviewers_words_go_although_the_answer_was_corrected_away(
        self, evidence: Evidence, reviewed: tuple[Decision, Review]
    ) -> None:
        answer, review = reviewed
        rectify(evidence, answer.id)
        assert evidence.reader.is_erased(answer.id)
        evidence.erase(ANNA, "asked", "role:dpo")
        assert evidence.reader.is_erased(review.id)
        assert evidence.reader.attachments(review.id) == []

    def test_a_reviewers_words_go_although_the_answer_was_swept(
        self, evidence: Evidence, reviewed: tuple[Decision, Review]
    ) -> None:
        answer, review = reviewed
        evidence.sweep(Expired(TOMORROW, ("decision",), attachments_only=False), "role:retention")
        assert evidence.reader.is_erased(answer.id)
        evidence.erase(ANNA, "asked", "role:dpo")
        assert evidence.reader.is_erased(review.id)

    def test_what_is_attached_to_a_reviewers_words_goes_although_those_were_swept(
        self, evidence: Evidence, reviewed: tuple[Decision, Review]
    ) -> None:
        _, review = reviewed
        rectify(evidence, review.id)
        assert evidence.reader.attachments(review.id) == ["notes"]
        evidence.erase(ANNA, "asked", "role:dpo")
        assert evidence.reader.attachments(review.id) == []

    def test_reasons_about_a_case_go_where_only_the_register_of_cases_knows_whose_it_is(
        self, state: Path, dsn: str | None, decision: MakeDecision
    ) -> None:
        hers, review = decision(data_subject=ANNA), review_of("case:c7", "c7")
        finder = Purgers(cases=lambda ids: ["c7"] if hers.id in ids else [])
        with Evidence.open(state, purgers=finder, database=dsn) as evidence:
            evidence.recorder.record(hers)
            evidence.recorder.record(review)
            evidence.erase(ANNA, "asked", "role:dpo")
            assert evidence.reader.is_erased(review.id)

    def test_another_persons_case_that_a_record_of_hers_names_stays(
        self, evidence: Evidence, decision: MakeDecision
    ) -> None:
        his, review = decision(data_subject=BOB), review_of("case:c7", "c7")
        appeals = [
            Appeal(
                subject=f"decision:{his.id}",
                actor="person",
                data_subject=person,
                decision=his.id,
                case="c7",
                ground="wrong",
            )
            for person in (BOB, ANNA)
        ]
        for each in (his, *appeals, review):
            evidence.recorder.record(each)
        assert evidence.held_about(ANNA) == [appeals[1].id]
        assert evidence.held_about(BOB) == [his.id, appeals[0].id, review.id]
        evidence.erase(ANNA, "asked", "role:dpo")
        assert not evidence.reader.is_erased(review.id)

    def test_what_is_held_only_in_part_is_held(
        self, evidence: Evidence, reviewed: tuple[Decision, Review]
    ) -> None:
        answer, review = reviewed
        rectify(evidence, answer.id)
        assert {answer.id, review.id} <= set(evidence.held_about(ANNA))


class TestHold:
    def test_a_sweep_spares_what_others_recorded_about_a_held_person(
        self, evidence: Evidence, reviewed: tuple[Decision, Review], decision: MakeDecision
    ) -> None:
        answer, review = reviewed
        his = decision(data_subject=BOB)
        of_his = review_of(f"decision:{his.id}")
        for each in (his, of_his, hold(ANNA)):
            evidence.recorder.record(each)
        rule = Expired(TOMORROW, ("decision", "review"), attachments_only=False)
        assert evidence.would_sweep(rule) == 2
        evidence.sweep(rule, "role:retention")
        erased = [evidence.reader.is_erased(each.id) for each in (answer, review, his, of_his)]
        assert erased == [False, False, True, True]
        assert evidence.reader.attachment(review.id, "notes") == b"more on her"
        assert f"decision:{answer.id}" in evidence.subjects_on_hold()


def test_what_she_says_after_an_erasure_that_was_cut_off_is_not_destroyed_with_the_old(
    state: Path, dsn: str | None, decision: MakeDecision, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = decision(data_subject=ANNA), decision(data_subject=ANNA)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with Evidence.open(state, database=dsn) as evidence:
        evidence.recorder.record(old)
        with monkeypatch.context() as patch:
            patch.setattr(Forgetting, "_purge", die)
            with pytest.raises(KeyboardInterrupt):
                evidence.erase(ANNA, "asked", "role:dpo")
        evidence.recorder.record(new)
    for _ in range(2):
        with Evidence.open(state, database=dsn) as evidence:
            assert [evidence.reader.is_erased(each.id) for each in (old, new)] == [True, False]
            assert evidence.lineage.sources(b"erasure:") == []


def test_a_correction_of_a_reviewers_words_goes_too(
    evidence: Evidence, reviewed: tuple[Decision, Review]
) -> None:
    rectify(evidence, reviewed[1].id)
    corrections = evidence.reader.find("rectification")
    evidence.erase(ANNA, "asked", "role:dpo")
    assert len(corrections) == 2
    assert all(evidence.reader.attachments(each.id) == [] for each in corrections)
