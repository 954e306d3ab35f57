import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from aboveboard.database import EngineError, Trouble, locate
from aboveboard.errors import AboveboardError
from aboveboard.evidence import (
    DuplicateRecordError,
    Evidence,
    RecorderError,
    RecordFormatError,
    RecordTooLargeError,
    StoreError,
)
from aboveboard.evidence._dsse import Attestor
from aboveboard.evidence._recorder import Recorder
from aboveboard.evidence._rows import MAX_ATTACHMENTS, MAX_PAYLOAD
from aboveboard.evidence._sealing import MasterKey
from aboveboard.evidence._store import Store
from aboveboard.evidence.records import Decision

MakeDecision = Callable[..., Decision]


class FaultyLog:
    """A ledger that can be told to fail, before or after it has made the entries durable."""

    def __init__(self) -> None:
        self.entries: list[bytes] = []
        self.fails_before = False
        self.fails_after = False

    def append_many(self, entries: Sequence[bytes]) -> "Future[list[int]]":
        done: Future[list[int]] = Future()
        if self.fails_before:
            done.set_exception(AboveboardError("the disk is full"))
            return done
        self.entries += [each for each in entries if each not in self.entries]
        if self.fails_after:
            done.set_exception(AboveboardError("the power went"))
        else:
            done.set_result([self.entries.index(each) for each in entries])
        return done


@pytest.fixture
def log() -> FaultyLog:
    return FaultyLog()


@pytest.fixture
def store(tmp_path: Path, dsn: str | None) -> Iterator[Store]:
    opened = _open_store(tmp_path, dsn)
    yield opened
    opened.close()


def _open_store(folder: Path, dsn: str | None) -> Store:
    attestor = Attestor.of(Ed25519PrivateKey.from_private_bytes(bytes(32)))
    return Store.open(locate(folder, "evidence", dsn), MasterKey(b"m" * 32), attestor, "vkey")


@pytest.fixture
def recorder(store: Store, log: FaultyLog) -> Iterator[Recorder]:
    started = Recorder(store, log).start()
    yield started
    started.close()


def test_a_record_is_answered_with_its_place_in_the_log(evidence: Evidence, decision: MakeDecision) -> None:
    records = [decision() for _ in range(5)]
    recorded = [evidence.recorder.record(each) for each in records]
    assert [each.index for each in recorded] == [0, 1, 2, 3, 4]
    assert [each.id for each in recorded] == [each.id for each in records]
    assert [evidence.reader.get(each.id) for each in records] == records


def test_many_threads_may_submit_at_once(evidence: Evidence, decision: MakeDecision) -> None:
    futures: list[Future[Any]] = []

    def submit() -> None:
        futures.extend(evidence.recorder.submit(decision()) for _ in range(100))

    threads = [threading.Thread(target=submit) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.result().index for each in futures) == list(range(400))
    assert evidence.reader.count() == 400


def test_when_the_future_resolves_the_ledger_has_the_entry(
    evidence: Evidence, decision: MakeDecision
) -> None:
    recorded = evidence.recorder.submit(decision()).result()
    assert evidence.reader.ledger.size() == recorded.index + 1


def test_what_happened_cannot_be_cancelled(evidence: Evidence, decision: MakeDecision) -> None:
    future = evidence.recorder.submit(record := decision())
    assert not future.cancel()
    future.result()
    assert evidence.reader.get(record.id) == record


def test_the_same_record_again_gets_its_first_place(
    recorder: Recorder, log: FaultyLog, decision: MakeDecision
) -> None:
    record = decision(data_subject="person:anna")
    first = recorder.record(record, {"prompt": b"hi"})
    recorder.record(decision())
    assert recorder.record(record, {"prompt": b"hi"}) == first
    assert len(log.entries) == 2


def test_twice_in_one_batch_is_once_in_the_log(
    recorder: Recorder, log: FaultyLog, decision: MakeDecision
) -> None:
    record = decision()
    gate = threading.Event()
    recorder.run(gate.wait)
    futures = [recorder.submit(record) for _ in range(3)]
    gate.set()
    assert {each.result().index for each in futures} == {0}
    assert len(log.entries) == 1


@pytest.mark.parametrize("change", [{"outcome": "block"}, {"data_subject": "person:bob"}])
def test_another_record_of_the_same_id_is_refused(
    recorder: Recorder, decision: MakeDecision, change: dict[str, Any]
) -> None:
    record = decision(data_subject="person:anna")
    recorder.record(record)
    with pytest.raises(DuplicateRecordError):
        recorder.record(replace(record, **change))


def test_the_same_record_with_another_attachment_is_refused(
    recorder: Recorder, decision: MakeDecision
) -> None:
    record = decision()
    recorder.record(record, {"prompt": b"hi"})
    with pytest.raises(DuplicateRecordError):
        recorder.record(record, {"prompt": b"ho"})


def test_a_bad_record_harms_no_other_of_its_batch(recorder: Recorder, decision: MakeDecision) -> None:
    gate = threading.Event()
    recorder.run(gate.wait)
    good = [recorder.submit(decision()) for _ in range(3)]
    bad = [
        recorder.submit(decision(latency_ms=float("nan"))),
        recorder.submit(decision(time="yesterday")),
        recorder.submit(decision(), {"Prompt!": b""}),
        recorder.submit(decision(), {"prompt": "text"}),  # type: ignore[dict-item]  # what is refused here
        recorder.submit("no record"),  # type: ignore[arg-type]  # what is refused here
    ]
    gate.set()
    assert [each.result().index for each in good] == [0, 1, 2]
    assert [type(each.exception()) for each in bad] == [RecordFormatError] * 5


def test_there_is_a_limit_to_attachments(recorder: Recorder, decision: MakeDecision) -> None:
    many = {f"a{number}": b"" for number in range(MAX_ATTACHMENTS + 1)}
    with pytest.raises(RecordTooLargeError, match="33 attachments"):
        recorder.record(decision(), many)
    with pytest.raises(RecordTooLargeError, match="over 16777216 bytes"):
        recorder.record(decision(), {"prompt": bytes(MAX_PAYLOAD + 1)})


def test_a_closed_recorder_says_so(recorder: Recorder, decision: MakeDecision) -> None:
    waiting = [recorder.submit(decision()) for _ in range(20)]
    recorder.close()
    assert all(each.done() for each in waiting)
    with pytest.raises(RecorderError, match="closed"):
        recorder.record(decision())
    recorder.close()


def test_a_recorder_that_is_overrun_refuses_rather_than_grow(
    recorder: Recorder, decision: MakeDecision, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aboveboard.evidence._recorder.LIMIT", 3)
    gate, held = threading.Event(), threading.Event()

    def hold() -> None:
        held.set()
        gate.wait()

    recorder.run(hold)
    held.wait()
    futures = [recorder.submit(decision()) for _ in range(5)]
    gate.set()
    assert [type(each.exception()) for each in futures] == [type(None)] * 3 + [RecorderError] * 2


def test_a_failing_job_reaches_its_caller_and_stops_nothing(
    recorder: Recorder, decision: MakeDecision
) -> None:
    with pytest.raises(ZeroDivisionError):
        recorder.run(lambda: 1 // 0).result()
    assert recorder.record(decision()).index == 0


def test_when_the_ledger_fails_the_caller_is_told_and_later_records_work(
    recorder: Recorder, log: FaultyLog, decision: MakeDecision
) -> None:
    log.fails_before = True
    with pytest.raises(AboveboardError, match="the disk is full"):
        recorder.record(decision())
    log.fails_before = False
    recorder.record(decision())
    # The unacknowledged one was finished first, before the one that came after it.
    assert len(log.entries) == 2


def test_a_record_whose_acknowledgement_was_lost_is_not_twice_in_the_log(
    recorder: Recorder, log: FaultyLog, decision: MakeDecision
) -> None:
    log.fails_after = True
    with pytest.raises(AboveboardError, match="power"):
        recorder.record(record := decision())
    log.fails_after = False
    assert recorder.record(record).index == 0
    assert len(log.entries) == 1


@pytest.mark.parametrize("fault", ["fails_before", "fails_after"])
def test_what_a_crash_left_pending_is_finished_on_opening(
    tmp_path: Path, dsn: str | None, log: FaultyLog, decision: MakeDecision, fault: str
) -> None:
    store = _open_store(tmp_path, dsn)
    recorder = Recorder(store, log).start()
    setattr(log, fault, True)
    records = [decision() for _ in range(3)]
    for future in [recorder.submit(each) for each in records]:
        assert future.exception() is not None
    recorder.close()
    store.close()

    setattr(log, fault, False)
    reopened = _open_store(tmp_path, dsn)
    again = Recorder(reopened, log).start()
    assert reopened.pending() == []
    assert [again.record(each).index for each in records] == [0, 1, 2]
    assert len(log.entries) == 3
    again.close()
    reopened.close()


def test_a_commit_whose_answer_was_lost_is_placed_with_the_next_batch(
    evidence: Evidence, decision: MakeDecision, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = evidence._store.connection
    commit = connection.commit

    def lost() -> None:
        commit()
        raise EngineError("the connection was lost", trouble=Trouble.UNREACHABLE)

    monkeypatch.setattr(connection, "commit", lost)
    unsure, sure = decision(), decision()
    assert isinstance(evidence.recorder.submit(unsure).exception(), StoreError)
    monkeypatch.setattr(connection, "commit", commit)
    assert evidence.recorder.record(sure).index == 1
    assert evidence.reader.index(unsure.id) == 0
    assert evidence.recorder.record(unsure).index == 0


def test_a_full_disk_fails_the_record_clearly_and_leaves_the_state_intact(
    state: Path, decision: MakeDecision
) -> None:
    with Evidence.open(state) as evidence:
        safe = decision(data_subject="person:anna")
        evidence.recorder.record(safe)
        pages = _limit_pages(evidence, 0)
        _limit_pages(evidence, pages + 2)
        futures = [
            evidence.recorder.submit(decision(data_subject="person:bob"), {"a": bytes(9000)})
            for _ in range(9)
        ]
        errors = [future.exception() for future in futures]
        assert any(isinstance(error, StoreError) for error in errors)
        assert "the disk is full" in str(errors[-1])
        assert "free some space" in str(errors[-1])
        _limit_pages(evidence, 10**6)
        later = decision(data_subject="person:bob")
        evidence.recorder.record(later)
        kept = 2 + errors.count(None)
        assert evidence.reader.get(safe.id) == safe
        assert evidence.reader.get(later.id) == later
        assert evidence.reader.count() == evidence.reader.ledger.size() == kept


def _limit_pages(evidence: Evidence, pages: int) -> int:
    """Lets evidence.db grow to this many pages: SQLite then says what it says on a full disk."""

    def limit() -> int:
        connection = evidence._store.connection
        connection.execute(f"PRAGMA max_page_count = {pages}")
        count: int = connection.execute("PRAGMA page_count").fetchone()[0]
        return count

    return evidence.recorder.run(limit).result()
