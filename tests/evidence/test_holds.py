"""Legal holds: what is held is neither erased nor swept, until the hold is over or released."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from aboveboard.evidence import Evidence, Expired, HeldError, held_people, holds
from aboveboard.evidence.records import Decision, LegalHold, Rectification
from aboveboard.values import format_time

ANNA = "person:anna"
NOW = datetime.now(UTC)
MakeDecision = Callable[..., Decision]


def hold(evidence: Evidence, days: float = 10) -> LegalHold:
    placed = LegalHold(
        subject="hold",
        actor="role:dpo",
        data_subject=ANNA,
        stage="placed",
        reason="a court case",
        until=format_time(NOW + timedelta(days=days)),
    )
    evidence.recorder.record(placed)
    return placed


def release(evidence: Evidence, *ended: LegalHold) -> None:
    evidence.recorder.record(
        LegalHold(
            subject="hold",
            actor="role:dpo",
            data_subject=ANNA,
            stage="released",
            reason="settled",
            links=tuple(each.id for each in ended),
        )
    )


def test_an_erasure_is_refused_with_the_reason_and_nothing_is_recorded(
    evidence: Evidence, decision: MakeDecision
) -> None:
    record = decision(data_subject=ANNA)
    evidence.recorder.record(record)
    hold(evidence)
    with pytest.raises(HeldError, match="a court case"):
        evidence.erase(ANNA, "asked", "role:dpo")
    assert evidence.reader.get(record.id) == record
    assert evidence.reader.count("erasure") == 0


def test_a_released_hold_holds_no_more_and_others_go_on(evidence: Evidence) -> None:
    first, second = hold(evidence), hold(evidence, 20)
    release(evidence, first)
    assert holds(evidence.reader, ANNA) == [second]
    release(evidence, second)
    assert holds(evidence.reader, ANNA) == []
    assert evidence.erase(ANNA, "asked", "role:dpo").erased > 0


def test_a_hold_ends_by_itself(evidence: Evidence) -> None:
    hold(evidence, 1)
    assert held_people(evidence.reader) == {ANNA}
    assert held_people(evidence.reader, NOW + timedelta(days=2)) == frozenset()


def test_a_sweep_leaves_people_on_hold_out(evidence: Evidence, decision: MakeDecision) -> None:
    old = format_time(NOW - timedelta(days=90))
    hers, his = decision(data_subject=ANNA, time=old), decision(data_subject="person:bob", time=old)
    for each in (hers, his):
        evidence.recorder.record(each)
    hold(evidence)
    rule = Expired(NOW - timedelta(days=30), ("decision",), attachments_only=False)
    assert evidence.would_sweep(rule) == 1
    outcome = evidence.sweep(rule, "role:retention")
    assert outcome is not None
    assert outcome.erased == 1
    assert not evidence.reader.is_erased(hers.id)
    assert evidence.reader.is_erased(his.id)
    assert evidence.sweep(rule, "role:retention") is None


def test_a_correction_may_keep_what_is_on_hold_but_not_destroy_it(
    evidence: Evidence, decision: MakeDecision
) -> None:
    record = decision(data_subject=ANNA)
    evidence.recorder.record(record, {"answer": b"wrong"})
    hold(evidence)
    intent = Rectification(
        subject="record", actor="role:dpo", stage="intent", corrected=record.id, part="answer"
    )
    with pytest.raises(HeldError):
        evidence.rectify(intent, b"right")
    assert evidence.reader.attachment(record.id, "answer") == b"wrong"
