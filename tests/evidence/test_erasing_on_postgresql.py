"""Erasing a person on PostgreSQL: nothing of theirs is in a dump nor in the tables' files, proofs verify."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from aboveboard.evidence import Evidence, Expired, verify_receipt
from aboveboard.evidence.records import Decision
from aboveboard.values import format_time
from samples.postgres import SampleDatabase
from samples.traces import traces_of

ANNA = "person:anna-0123456789"
MakeDecision = Callable[..., Decision]


@pytest.fixture
def dsn(database: SampleDatabase) -> str:
    return database.address


def in_dump(database: SampleDatabase, wanted: list[bytes]) -> int:
    """How many traces a dump holds, as they are or in hexadecimal."""
    dump = database.dump()
    return sum(trace in dump or trace.hex().encode() in dump for trace in wanted)


def in_files(database: SampleDatabase, wanted: list[bytes]) -> int:
    """How many traces the database's files hold: their first 40 bytes, since long values lie in pieces."""
    contents = [content for _, content in database.tables()]
    return sum(any(trace[:40] in content for content in contents) for trace in wanted)


def test_after_erasure_neither_a_dump_nor_a_file_holds_anything_of_the_person(
    evidence: Evidence, database: SampleDatabase, decision: MakeDecision
) -> None:
    records = [decision(data_subject=ANNA, subject=f"about:{ANNA}") for _ in range(20)]
    for record in records:
        evidence.recorder.record(record, {"prompt": b"my name is Anna " * 1000})
    bob = decision(data_subject="person:bob")
    evidence.recorder.record(bob)
    wanted = traces_of(evidence, ANNA)
    assert len(wanted) == 43
    assert in_dump(database, wanted) == in_files(database, wanted) == 43
    database.execute("ANALYZE")  # the planner's statistics hold samples of what the columns hold

    outcome = evidence.erase(ANNA, "asked for it", "role:privacy-officer")

    assert in_dump(database, wanted) == in_files(database, wanted) == 0
    assert any("write-ahead log" in each and "backups" in each for each in outcome.remaining)
    assert evidence.reader.get(bob.id) == bob
    for number, record in enumerate(records):
        verified = verify_receipt(evidence.reader.receipt(record.id), evidence.vkey)
        assert (verified.index, verified.disclosed) == (number, False)


def test_what_a_person_wrote_and_is_called_is_never_in_the_clear(
    evidence: Evidence, database: SampleDatabase, decision: MakeDecision
) -> None:
    words = [ANNA.encode(), b"anna-0123456789", b"the words of Anna", b"Housing benefit helpdesk"]
    record = decision(data_subject=ANNA, subject=f"about:{ANNA}")
    evidence.recorder.record(record, {"prompt": b"the words of Anna"})
    assert in_dump(database, words) == in_files(database, words) == 0
    assert not any(word in content for _, content in database.log() for word in words)


def test_what_was_swept_by_date_is_gone_from_the_files(
    evidence: Evidence, database: SampleDatabase, decision: MakeDecision
) -> None:
    old = decision(data_subject=ANNA, time=format_time(datetime.now(UTC) - timedelta(days=40)))
    evidence.recorder.record(old, {"prompt": b"hello"})
    attached = traces_of(evidence, ANNA)[-1:]
    assert in_files(database, attached) == 1
    evidence.sweep(Expired(datetime.now(UTC) - timedelta(days=30)), "role:retention")
    assert evidence.reader.attachments(old.id) == []
    assert in_dump(database, attached) == in_files(database, attached) == 0


def test_an_erasure_by_one_gateway_reaches_the_others(
    evidence: Evidence, state: Path, dsn: str, decision: MakeDecision
) -> None:
    with Evidence.open(state, database=dsn) as other:
        other.recorder.record(decision(data_subject=ANNA))
        before = traces_of(other, ANNA)[1]
        evidence.erase(ANNA, "asked", "role:privacy-officer")
        other.recorder.record(again := decision(data_subject=ANNA))
        assert other.reader.get(again.id) == again
        assert traces_of(other, ANNA)[1] != before
