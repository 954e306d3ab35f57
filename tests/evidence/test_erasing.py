"""Erasing a person: nothing of theirs is left in the files, and every proof still verifies."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aboveboard.errors import AboveboardError
from aboveboard.evidence import Artifact, ErasedRecordError, Evidence, Expired, verify_receipt
from aboveboard.evidence.records import Decision, Erasure
from aboveboard.values import format_time
from samples.traces import traces_of

ANNA = "person:anna-0123456789"
MakeDecision = Callable[..., Decision]


@pytest.fixture
def dsn() -> None:
    """Here the files are searched; what PostgreSQL holds is in test_erasing_on_postgresql.py."""


def _files(state: Path) -> bytes:
    """Every byte that is on disk, keys left out."""
    return b"".join(path.read_bytes() for path in sorted(state.iterdir()) if path.is_file())


def _survivors(state: Path, traces: list[bytes]) -> int:
    """How often eight bytes of a trace are still on disk, at any offset: half a cell would be found too."""
    eights = {trace[at : at + 8] for trace in traces for at in range(0, len(trace) - 7, 8)}
    wanted = np.unique(np.frombuffer(b"".join(eights), dtype=np.uint64))
    found = 0
    for path in (path for path in state.iterdir() if path.is_file()):
        content = path.read_bytes()
        for offset in range(8):
            count = max(0, len(content) - offset) // 8
            found += int(
                np.isin(np.frombuffer(content, np.uint64, count, min(offset, len(content))), wanted).sum()
            )
    return found


def test_after_erasure_the_files_hold_no_byte_of_the_person(
    evidence: Evidence, state: Path, decision: MakeDecision
) -> None:
    records = [decision(data_subject=ANNA, subject=f"about:{ANNA}") for _ in range(20)]
    for record in records:
        evidence.recorder.record(record, {"prompt": b"my name is Anna " * 1000})
    evidence.recorder.record(decision(data_subject="person:bob"))
    traces = traces_of(evidence, ANNA)
    assert len(traces) == 43
    assert _survivors(state, traces) > 10_000

    evidence.erase(ANNA, "asked for it", "role:privacy-officer")

    assert _survivors(state, traces) == 0


def test_the_pseudonym_and_the_words_are_never_on_disk_in_the_clear(
    evidence: Evidence, state: Path, decision: MakeDecision
) -> None:
    evidence.recorder.record(
        decision(data_subject=ANNA, subject=f"about:{ANNA}"), {"prompt": b"the words of Anna"}
    )
    files = _files(state)
    for secret in (
        ANNA.encode(),
        b"anna-0123456789",
        b"the words of Anna",
        b"Housing benefit helpdesk",
        b"smollm2",
    ):
        assert secret not in files


def test_what_was_erased_cannot_be_read_and_says_so(evidence: Evidence, decision: MakeDecision) -> None:
    record = decision(data_subject=ANNA)
    evidence.recorder.record(record, {"prompt": b"hello"})
    evidence.erase(ANNA, "asked", "role:privacy-officer")
    with pytest.raises(ErasedRecordError, match="receipt still proves"):
        evidence.reader.get(record.id)
    assert evidence.reader.attachment(record.id, "prompt") is None
    assert evidence.reader.attachments(record.id) == []
    assert evidence.reader.is_erased(record.id)
    assert evidence.reader.find("decision") == []
    assert evidence.reader.find(subject=record.subject) == []
    assert evidence.reader.count("decision") == 1


def test_every_proof_still_verifies(evidence: Evidence, decision: MakeDecision) -> None:
    records = [decision(data_subject=ANNA if number % 2 else "person:bob") for number in range(6)]
    for record in records:
        evidence.recorder.record(record)
    evidence.erase(ANNA, "asked", "role:privacy-officer")
    for number, record in enumerate(records):
        verified = verify_receipt(evidence.reader.receipt(record.id), evidence.vkey)
        assert (verified.index, verified.disclosed) == (number, number % 2 == 0)
        assert verified.record == (None if number % 2 else _without_subject(record))


def _without_subject(record: Decision) -> Decision:
    from dataclasses import replace

    return replace(record, data_subject="")


def test_others_are_left_alone(evidence: Evidence, decision: MakeDecision) -> None:
    bob, nobody = decision(data_subject="person:bob"), decision()
    evidence.recorder.record(bob)
    evidence.recorder.record(decision(data_subject=ANNA))
    evidence.recorder.record(nobody)
    evidence.erase(ANNA, "asked", "role:privacy-officer")
    assert evidence.reader.get(bob.id) == bob
    assert evidence.reader.get(nobody.id) == nobody


def test_intent_comes_before_and_outcome_after_and_neither_names_the_person(
    evidence: Evidence, decision: MakeDecision
) -> None:
    evidence.recorder.record(decision(data_subject=ANNA), {"prompt": b"x"})
    outcome = evidence.erase(ANNA, "asked", "role:privacy-officer")
    first, second = evidence.reader.find("erasure", newest_first=False)
    assert isinstance(first, Erasure)
    assert (first.stage, second) == ("intent", outcome)
    assert outcome.links == (first.id,)
    assert (outcome.stage, outcome.erased, len(outcome.remaining)) == ("outcome", 2, 1)
    assert outcome.remaining[0].startswith("backups made before 20")
    assert not re.search(r"\banna\b", f"{first} {outcome}")


def test_erasing_a_person_of_whom_nothing_is_held_is_recorded_too(evidence: Evidence) -> None:
    assert evidence.erase("person:nobody", "asked", "role:privacy-officer").erased == 0


def test_a_person_may_come_back_with_a_new_key(evidence: Evidence, decision: MakeDecision) -> None:
    evidence.recorder.record(decision(data_subject=ANNA))
    before = traces_of(evidence, ANNA)[1]
    evidence.erase(ANNA, "asked", "role:privacy-officer")
    again = decision(data_subject=ANNA)
    evidence.recorder.record(again)
    assert evidence.reader.get(again.id) == again
    assert traces_of(evidence, ANNA)[1] != before


def test_an_erasure_that_a_crash_interrupted_is_finished_on_opening(
    state: Path, decision: MakeDecision
) -> None:
    record = decision(data_subject=ANNA)
    with Evidence.open(state) as evidence:
        evidence.recorder.record(record)
        tag = evidence._store.master.tag("owner", ANNA).hex()
        intent = Erasure(
            subject="vault",
            actor="role:dpo",
            stage="intent",
            erased_subject=f"hmac-sha256:{tag}",
            reason="asked",
        )
        evidence.recorder.record(intent)
    with Evidence.open(state) as evidence:
        assert evidence.reader.is_erased(record.id)
        outcome = evidence.reader.find("erasure")[0]
        assert isinstance(outcome, Erasure)
        assert (outcome.stage, outcome.links, outcome.erased) == ("outcome", (intent.id,), 1)
    with Evidence.open(state) as evidence:
        assert evidence.reader.count("erasure") == 2


def test_a_reader_in_the_way_is_named_in_the_outcome_and_the_rest_goes_on_opening(
    state: Path, decision: MakeDecision
) -> None:
    from aboveboard.evidence._database import open_for_reading

    with Evidence.open(state) as evidence:
        evidence.recorder.record(decision(data_subject=ANNA))
        evidence.recorder.run(lambda: evidence._store.connection.execute("PRAGMA busy_timeout = 50")).result()
        traces = traces_of(evidence, ANNA)
        slow = open_for_reading(state / "evidence.db")
        slow.execute("BEGIN")
        slow.execute("SELECT count(*) FROM records").fetchone()
        outcome = evidence.erase(ANNA, "asked", "role:privacy-officer")
        assert "evidence.db-wal" in outcome.remaining[0]
        slow.close()
    with Evidence.open(state):
        assert _survivors(state, traces) == 0


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 6000), st.booleans()), min_size=5, max_size=30)
)
def test_whatever_came_before_no_key_of_an_erased_person_survives(
    tmp_path_factory: pytest.TempPathFactory, decision: MakeDecision, steps: list[tuple[int, int, bool]]
) -> None:
    """Pages split, merge and are reused as people come and go; no copy of a key may be left in one."""
    state = tmp_path_factory.mktemp("vault") / "state"
    gone: list[bytes] = []
    with Evidence.open(state) as evidence:
        for who, size, erases in steps:
            person = f"person:{who}"
            evidence.recorder.record(decision(data_subject=person), {"a": bytes(size)})
            if erases:
                gone += traces_of(evidence, person)[1:]  # without the keyed hash: they may have come back
                evidence.erase(person, "asked", "role:dpo")
        assert not gone or _survivors(state, gone) == 0


class TestLineage:
    """Erasure follows what was made from a person's data."""

    def test_what_came_from_a_person_is_found_however_far_down(self, evidence: Evidence) -> None:
        shard, synthetic = Artifact("shard-3", "data"), Artifact("synthetic-1")
        checkpoint = Artifact("checkpoint-7", otherwise="retrain without them by the next release")
        evidence.lineage.derive(shard, data_subjects=[ANNA, "person:bob"])
        evidence.lineage.derive(synthetic, artifacts=["shard-3"])
        evidence.lineage.derive(checkpoint, artifacts=["synthetic-1", "shard-3"])
        evidence.lineage.derive(Artifact("unrelated"), data_subjects=["person:bob"])
        assert evidence.lineage.derived_from(ANNA) == [checkpoint, shard, synthetic]
        assert evidence.lineage.derived_from("person:eve") == []

    def test_a_circle_is_followed_once(self, evidence: Evidence) -> None:
        evidence.lineage.derive(Artifact("a"), data_subjects=[ANNA], artifacts=["b"])
        evidence.lineage.derive(Artifact("b"), artifacts=["a"])
        assert [each.name for each in evidence.lineage.derived_from(ANNA)] == ["a", "b"]

    def test_purgers_purge_and_the_rest_is_listed(self, evidence: Evidence) -> None:
        purged: list[str] = []

        def purge(name: str) -> str:
            purged.append(name)
            return ""

        evidence.lineage.register("data", purge)
        evidence.lineage.register("half", lambda name: "restart the cache")
        evidence.lineage.derive(Artifact("shard-3", "data"), data_subjects=[ANNA])
        evidence.lineage.derive(Artifact("cache-1", "half"), artifacts=["shard-3"])
        evidence.lineage.derive(Artifact("model-1", "absent", "retrain by March"), artifacts=["shard-3"])
        outcome = evidence.erase(ANNA, "asked", "role:privacy-officer")
        assert purged == ["shard-3"]
        assert outcome.remaining[:-1] == ("cache-1: restart the cache", "model-1: retrain by March")

    def test_a_purger_that_fails_is_listed_and_stops_nothing(self, evidence: Evidence) -> None:
        def fail(name: str) -> str:
            raise AboveboardError("the shard is in use")

        evidence.lineage.register("data", fail)
        evidence.lineage.derive(Artifact("shard-3", "data"), data_subjects=[ANNA])
        assert evidence.erase(ANNA, "asked", "role:dpo").remaining[:-1] == (
            "shard-3: data failed: the shard is in use",
        )

    def test_the_person_is_forgotten_in_the_lineage_too(self, evidence: Evidence, state: Path) -> None:
        evidence.lineage.derive(Artifact("shard-3"), data_subjects=[ANNA])
        tag = evidence._store.master.tag("owner", ANNA)
        assert tag in _files(state)
        evidence.erase(ANNA, "asked", "role:dpo")
        assert evidence.lineage.derived_from(ANNA) == []
        assert tag not in _files(state)


class TestRetention:
    """What is older than promised goes by date."""

    @pytest.fixture
    def ages(self, evidence: Evidence, decision: MakeDecision) -> list[Decision]:
        now = datetime.now(UTC)
        made = [decision(time=format_time(now - timedelta(days=days))) for days in (400, 40, 4)]
        for record in made:
            evidence.recorder.record(record, {"prompt": b"hello", "answer": b"hi"})
        return made

    def test_attachments_go_and_records_stay(self, evidence: Evidence, ages: list[Decision]) -> None:
        outcome = evidence.sweep(Expired(datetime.now(UTC) - timedelta(days=30)), "role:retention")
        assert outcome is not None
        assert (outcome.erased, outcome.stage) == (4, "outcome")
        assert [evidence.reader.attachments(each.id) for each in ages] == [[], [], ["answer", "prompt"]]
        assert [evidence.reader.get(each.id) for each in ages] == ages

    def test_records_of_a_kind_go_when_their_time_is_over_and_their_proofs_stay(
        self, evidence: Evidence, ages: list[Decision]
    ) -> None:
        rule = Expired(datetime.now(UTC) - timedelta(days=365), ("decision",), attachments_only=False)
        outcome = evidence.sweep(rule, "role:retention")
        assert outcome is not None
        assert outcome.erased == 3
        assert [evidence.reader.is_erased(each.id) for each in ages] == [True, False, False]
        assert not verify_receipt(evidence.reader.receipt(ages[0].id)).disclosed
        assert evidence.reader.count("erasure") == len(evidence.reader.find("erasure")) == 2

    def test_many_go_piece_by_piece(
        self, evidence: Evidence, ages: list[Decision], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("aboveboard.evidence._erasing._PIECE", 2)
        outcome = evidence.sweep(Expired(datetime.now(UTC), attachments_only=False), "role:retention")
        assert outcome is not None
        assert outcome.erased >= 9
        assert all(evidence.reader.is_erased(each.id) for each in ages)

    def test_when_nothing_is_old_enough_nothing_is_recorded(
        self, evidence: Evidence, ages: list[Decision]
    ) -> None:
        assert evidence.sweep(Expired(datetime.now(UTC) - timedelta(days=1000)), "role:retention") is None
        assert evidence.sweep(Expired(datetime.now(UTC), ("incident",), attachments_only=False), "r") is None
        assert evidence.reader.count("erasure") == 0

    def test_what_was_swept_is_gone_from_the_files(
        self, evidence: Evidence, state: Path, ages: list[Decision]
    ) -> None:
        sealed = _sealed(evidence)
        evidence.sweep(Expired(datetime.now(UTC), attachments_only=False), "role:retention")
        assert _survivors(state, sealed) == 0


def _sealed(evidence: Evidence) -> list[bytes]:
    def look() -> list[Any]:
        return evidence._store.connection.execute("SELECT sealed FROM payloads").fetchall()

    return [blob for (blob,) in evidence.recorder.run(look).result()]
