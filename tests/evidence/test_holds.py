"""Legal holds: what is held is neither erased nor swept, until the hold is over or released."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from aboveboard.evidence import Evidence, Expired, HeldError, Purgers, held_people, holds
from aboveboard.evidence.records import Decision, Erasure, LegalHold, Rectification
from aboveboard.values import format_time

ANNA, BOB = "person:anna", "person:bob"
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


class TestWhatWasMadeFromSeveral:
    """A run's log made from Anna's and Bob's words: Bob's erasure may not destroy what Anna's hold keeps."""

    @pytest.fixture
    def gone(self, evidence: Evidence, decision: MakeDecision) -> list[str]:
        """What was purged; of Anna it is her record, of Bob he himself, from whom the case was made."""
        hers = decision(data_subject=ANNA)
        evidence.recorder.record(hers)
        case = evidence.lineage.made_from("letters/7", [f"record:{hers.id}", BOB], kind="eval-case")
        evidence.lineage.made_from("both", [case.name], kind="run", purger="runs")
        evidence.lineage.made_from("his", [BOB], kind="run", purger="runs")
        purged: list[str] = []

        def purge(name: str) -> str:
            purged.append(name)
            return ""

        evidence.lineage.register("runs", purge)
        return purged

    def test_it_stays_while_the_hold_lasts_and_the_receipt_says_so(
        self, evidence: Evidence, gone: list[str]
    ) -> None:
        placed = hold(evidence)
        outcome = evidence.erase(BOB, "asked", "role:dpo")
        assert gone == ["run:his"] == list(outcome.purged)
        assert outcome.remaining[:2] == (
            "eval-case:letters/7: take it out of its suite",
            "run:both: it also holds data of somebody on legal hold, and goes when that has ended",
        )
        assert "run:both" in evidence.subjects_on_hold()
        evidence.finish()
        assert gone == ["run:his"]
        release(evidence, placed)

    def test_it_goes_with_the_next_who_opens_when_the_hold_is_over(
        self, evidence: Evidence, gone: list[str]
    ) -> None:
        placed = hold(evidence)
        evidence.erase(BOB, "asked", "role:dpo")
        release(evidence, placed)
        evidence.finish()
        evidence.finish()
        assert gone == ["run:his", "run:both"]
        newest = evidence.reader.find("erasure", limit=1)[0]
        assert isinstance(newest, Erasure)
        assert newest.reason.startswith("retention: what had to wait")
        assert newest.purged == ("run:both",)

    def test_a_sweep_leaves_it_too(self, evidence: Evidence, gone: list[str], decision: MakeDecision) -> None:
        old = decision(data_subject=BOB, time=format_time(NOW - timedelta(days=90)))
        evidence.recorder.record(old)
        evidence.lineage.made_from("both", [f"record:{old.id}"], kind="run", purger="runs")
        hold(evidence)
        rule = Expired(NOW - timedelta(days=30), ("decision",), attachments_only=False)
        outcome = evidence.sweep(rule, "role:retention")
        assert outcome is not None
        assert [gone, outcome.purged] == [[], ()]

    def test_without_the_purger_it_waits(self, state: Path, dsn: str | None, decision: MakeDecision) -> None:
        purgers = Purgers(named={"runs": lambda _: ""})
        with Evidence.open(state, database=dsn, purgers=purgers) as evidence:
            evidence.lineage.made_from("both", [ANNA, BOB], kind="run", purger="runs")
            placed = hold(evidence)
            evidence.erase(BOB, "asked", "role:dpo")
            release(evidence, placed)
        with Evidence.open(state, database=dsn) as evidence:
            count = evidence.reader.count("erasure")
        with Evidence.open(state, database=dsn, purgers=purgers) as evidence:
            assert evidence.reader.count("erasure") == count + 1
