"""Corrections: what is right stands beside the record, what was wrong is gone or sealed, the rest is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aboveboard.evidence import ErasedRecordError, Evidence, EvidenceError, verify_receipt
from aboveboard.evidence._rectifying import Rectifying
from aboveboard.evidence.records import Decision, Rectification

ANNA = "person:anna"
MakeDecision = Callable[..., Decision]


@pytest.fixture
def wrong(evidence: Evidence, decision: MakeDecision) -> Decision:
    record = decision(data_subject=ANNA)
    evidence.recorder.record(record, {"answer": b"born in 1790", "prompt": b"when?"})
    return record


def intent(record: Decision, part: str = "answer", *, keeps_old: bool = False) -> Rectification:
    return Rectification(
        subject="record",
        actor="role:dpo",
        stage="intent",
        corrected=record.id,
        part=part,
        keeps_old=keeps_old,
        reason="wrong year",
    )


def test_what_was_wrong_is_destroyed_and_what_is_right_is_hers(evidence: Evidence, wrong: Decision) -> None:
    done = evidence.rectify(intent(wrong), b"born in 1970")
    assert (done.stage, done.destroyed, done.data_subject) == ("outcome", 1, ANNA)
    assert evidence.reader.attachment(wrong.id, "answer") is None
    assert evidence.reader.attachment(wrong.id, "prompt") == b"when?"
    assert evidence.reader.attachment(done.links[0], "correction") == b"born in 1970"
    assert verify_receipt(evidence.reader.receipt(done.id), evidence.vkey).record is not None
    assert verify_receipt(evidence.reader.receipt(wrong.id), evidence.vkey).id == wrong.id


def test_it_may_be_kept_sealed(evidence: Evidence, wrong: Decision) -> None:
    assert evidence.rectify(intent(wrong, keeps_old=True), b"born in 1970").destroyed == 0
    assert evidence.reader.attachment(wrong.id, "answer") == b"born in 1790"


def test_a_whole_record_can_be_corrected(evidence: Evidence, wrong: Decision) -> None:
    evidence.rectify(intent(wrong, ""), b"the right record")
    assert evidence.reader.is_erased(wrong.id)
    with pytest.raises(ErasedRecordError):
        evidence.rectify(intent(wrong, ""), b"once more")


def test_what_was_made_from_it_is_listed(evidence: Evidence, wrong: Decision) -> None:
    evidence.lineage.made_from("train-1", [f"record:{wrong.id}"], kind="shard")
    evidence.lineage.made_from("model-1", ["shard:train-1"], kind="checkpoint")
    assert evidence.rectify(intent(wrong), b"x").notify == ("checkpoint:model-1", "shard:train-1")


def test_what_was_made_from_a_record_that_was_corrected_whole_is_still_known_to_come_from_her(
    evidence: Evidence, wrong: Decision
) -> None:
    evidence.lineage.made_from("train-1", [f"record:{wrong.id}"], kind="shard")
    evidence.rectify(intent(wrong, ""), b"right")
    outcome = evidence.erase(ANNA, "asked", "role:dpo")
    assert outcome.remaining[0] == "shard:train-1: take this person's rows out of it"


def test_a_part_that_is_not_there(evidence: Evidence, wrong: Decision) -> None:
    with pytest.raises(EvidenceError, match="attached is answer, prompt"):
        evidence.rectify(intent(wrong, "anwser"), b"x")
    assert evidence.reader.count("rectification") == 0


def test_the_correction_goes_with_the_person(evidence: Evidence, wrong: Decision) -> None:
    done = evidence.rectify(intent(wrong), b"born in 1970")
    evidence.erase(ANNA, "asked", "role:dpo")
    assert evidence.reader.attachment(done.links[0], "correction") is None


def test_one_that_a_crash_interrupted_is_finished_on_opening(state: Path, decision: MakeDecision) -> None:
    from dataclasses import replace

    record = decision(data_subject=ANNA)
    begun = replace(intent(record), data_subject=ANNA, links=(record.id,))
    with Evidence.open(state) as evidence:
        evidence.recorder.record(record, {"answer": b"born in 1790"})
        evidence.recorder.record(begun, {"correction": b"born in 1970"})
    for _ in range(2):
        with Evidence.open(state) as evidence:
            assert evidence.reader.attachment(record.id, "answer") is None
            assert evidence.reader.count("rectification") == 2


def test_a_correction_that_an_erasure_overtakes_brings_nothing_back(
    evidence: Evidence, wrong: Decision, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry_out = Rectifying._carry_out

    def overtaken(self: Rectifying, begun: Rectification) -> Rectification:
        evidence.erase(ANNA, "asked", "role:dpo")
        return carry_out(self, begun)

    monkeypatch.setattr(Rectifying, "_carry_out", overtaken)
    with pytest.raises(ErasedRecordError, match="erased meanwhile"):
        evidence.rectify(intent(wrong), b"right")
    assert not evidence.reader.is_known(ANNA)
