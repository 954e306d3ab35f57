import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from aboveboard.evidence import Evidence, RecordFormatError, StoreError, UnknownRecordError, verify_receipt
from aboveboard.evidence.records import Decision, Incident, Measurement
from aboveboard.values import format_time

START = datetime(2026, 1, 1, tzinfo=UTC)
MakeDecision = Callable[..., Decision]


def _at(day: int) -> str:
    return format_time(START + timedelta(days=day))


@pytest.fixture
def ten_days(evidence: Evidence, decision: MakeDecision) -> list[Decision]:
    """One decision a day, recorded in another order than they happened; every third about `answer:b`."""
    made = [decision(time=_at(day), subject="answer:b" if day % 3 == 0 else "answer:a") for day in range(10)]
    for record in made[5:] + made[:5]:
        evidence.recorder.record(record)
    return made


def test_records_are_found_by_kind_newest_first(evidence: Evidence, ten_days: list[Decision]) -> None:
    assert evidence.reader.find("decision") == ten_days[::-1]
    assert evidence.reader.find("decision", newest_first=False) == ten_days
    assert evidence.reader.find("measurement") == []


def test_records_are_found_by_subject_and_by_time(evidence: Evidence, ten_days: list[Decision]) -> None:
    find = evidence.reader.find
    assert find(subject="answer:b") == [ten_days[9], ten_days[6], ten_days[3], ten_days[0]]
    assert find("decision", subject="answer:b", since=_at(4)) == [ten_days[9], ten_days[6]]
    assert find(since=START + timedelta(days=8)) == [ten_days[9], ten_days[8]]
    assert find(subject="answer:c") == []


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("subject", [None, "answer:a"])
def test_pages_join_to_the_whole(
    evidence: Evidence, ten_days: list[Decision], newest_first: bool, subject: str | None
) -> None:
    find = evidence.reader.find
    pages: list[object] = []
    after: str | None = None
    while page := find(subject=subject, limit=3, newest_first=newest_first, after=after):
        assert len(page) <= 3
        pages += page
        after = page[-1].id
    assert pages == find(subject=subject, newest_first=newest_first)


def test_pages_join_also_where_many_happened_in_one_millisecond(
    evidence: Evidence, decision: MakeDecision
) -> None:
    for _ in range(7):
        evidence.recorder.record(decision(time=_at(0)))
    first = evidence.reader.find(limit=4)
    rest = evidence.reader.find(limit=4, after=first[-1].id)
    assert len({each.id for each in first + rest}) == 7


def test_a_limit_is_kept_to_what_a_page_can_hold(evidence: Evidence, ten_days: list[Decision]) -> None:
    assert evidence.reader.find(limit=0) == []
    assert evidence.reader.find(limit=-5) == []
    assert len(evidence.reader.find(limit=10**9)) == 10


def test_records_are_counted(evidence: Evidence, ten_days: list[Decision]) -> None:
    evidence.recorder.record(Incident(subject="s", actor="a", category="crisis", case="c", due=_at(1)))
    assert evidence.reader.counts() == {"decision": 10, "incident": 1}
    assert evidence.reader.count() == 11
    assert evidence.reader.count("decision", since=_at(6)) == 4
    assert evidence.reader.count("decision", subject="answer:b") == 4


def test_attachments_are_given_back_by_name(evidence: Evidence, decision: MakeDecision) -> None:
    record = decision()
    evidence.recorder.record(record, {"words": "schön".encode(), "answer": b""})
    assert evidence.reader.attachments(record.id) == ["answer", "words"]
    assert evidence.reader.attachment(record.id, "words") == "schön".encode()
    assert evidence.reader.attachment(record.id, "answer") == b""
    assert evidence.reader.attachment(record.id, "other") is None


def test_attachments_of_a_page_come_at_once_and_long_ones_by_themselves(
    evidence: Evidence, decision: MakeDecision
) -> None:
    records = [decision() for _ in range(4)]
    texts = [b"one", b"long" * 20_000, b"three"]
    for record, text in zip(records, texts, strict=False):
        evidence.recorder.record(record, {"answer": text, "prompt": b"asked"})
    evidence.recorder.record(records[3])
    reader = evidence.reader
    ids = [record.id for record in records]
    assert reader.attached("answer", 0, reader.end()) == {ids[0]: b"one", ids[1]: None, ids[2]: b"three"}
    assert reader.attached("answer", reader.end() - 2, reader.end()) == {ids[2]: b"three"}
    assert reader.attachment(ids[1], "answer") == texts[1]


@pytest.mark.parametrize(
    "record_id", ["", "01M7ZYZFMS0CJ4YEHRSY8HD0M9", "'; DROP TABLE records; --", "\ud800"]
)
def test_an_id_that_nothing_has_is_an_error(evidence: Evidence, record_id: str) -> None:
    for ask in (
        evidence.reader.get,
        evidence.reader.index,
        evidence.reader.receipt,
        evidence.reader.attachments,
    ):
        with pytest.raises(UnknownRecordError):
            ask(record_id)


def test_a_question_that_is_no_text_finds_nothing(evidence: Evidence, ten_days: list[Decision]) -> None:
    assert evidence.reader.find(subject="\ud800") == []
    assert evidence.reader.attachment(ten_days[0].id, "\ud800") is None


def test_a_time_that_is_none_is_an_error(evidence: Evidence) -> None:
    with pytest.raises(RecordFormatError, match="2026-11-21"):
        evidence.reader.find(since="last week")


def test_another_process_reads_while_this_one_writes(
    state: Path, dsn: str | None, evidence: Evidence, decision: MakeDecision
) -> None:
    record = decision(data_subject="person:anna")
    evidence.recorder.record(record)
    code = (
        "import sys; from pathlib import Path; from aboveboard.evidence import Evidence, verify_receipt\n"
        "with Evidence.read(Path(sys.argv[1]), database=sys.argv[3] or None) as reader:\n"
        "    print(reader.get(sys.argv[2]).data_subject, verify_receipt(reader.receipt(sys.argv[2])).index)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(state), record.id, dsn or ""],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["person:anna", "0"]


def test_a_reader_sees_what_is_recorded_after_it_opened(
    state: Path, dsn: str | None, evidence: Evidence, decision: MakeDecision
) -> None:
    with Evidence.read(state, database=dsn) as reader:
        assert reader.count() == 0
        evidence.recorder.record(record := decision())
        assert reader.get(record.id) == record


@pytest.mark.parametrize("damage", [b"no database at all, but long enough to be looked at" * 200, b""])
def test_a_damaged_database_is_a_clear_error(
    state: Path, measurement: Callable[..., Measurement], damage: bytes
) -> None:
    with Evidence.open(state) as evidence:
        evidence.recorder.record(measurement())
    (state / "evidence.db").write_bytes(damage)
    with pytest.raises(StoreError) as caught:
        Evidence.read(state)
    assert str(state / "evidence.db") in str(caught.value)


def test_evidence_of_a_newer_version_is_not_touched(state: Path) -> None:
    import sqlite3

    with Evidence.open(state):
        pass
    connection = sqlite3.connect(state / "evidence.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    for opening in (Evidence.open, Evidence.read):
        with pytest.raises(StoreError, match="format 99"):
            opening(state)


@pytest.mark.parametrize("dsn", [None], ids=["sqlite"])
def test_no_index_is_missing_for_any_question(evidence: Evidence) -> None:
    """Each combination of conditions runs along an index; none scans the table."""
    from itertools import product

    from aboveboard.evidence._query import Query

    for kind, subject, since in product([None, "decision"], [None, b"tag"], [None, _at(0)]):
        query = Query(kind, subject, since)
        plan = evidence.reader._fetch(f"EXPLAIN QUERY PLAN {query.text}", [*query.values(), 10])
        steps = [row[3] for row in plan]
        assert any("records USING INDEX" in step for step in steps), steps
        assert not any("TEMP B-TREE" in step for step in steps), steps


def test_where_nothing_can_be_written_evidence_is_read_and_no_file_is_made(
    state: Path, decision: MakeDecision, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Evidence.open(state) as evidence:
        evidence.recorder.record(record := decision())
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=os.ST_RDONLY))
    before = sorted(each.name for each in state.iterdir())
    with Evidence.read(state) as reader:
        assert reader.get(record.id) == record
        assert verify_receipt(reader.receipt(record.id), reader.vkey).disclosed
        assert sorted(each.name for each in state.iterdir()) == before


def test_the_records_of_one_person_are_found_and_nobody_elses(
    evidence: Evidence, decision: Callable[..., Decision]
) -> None:
    hers = [decision(data_subject="person:anna") for _ in range(3)]
    for record in (*hers, decision(data_subject="person:bob"), decision()):
        evidence.recorder.record(record)
    assert evidence.reader.find(data_subject="person:anna", newest_first=False) == hers
    assert evidence.reader.find("decision", data_subject="person:anna", limit=1) == hers[-1:]
    assert evidence.reader.find(data_subject="person:nobody") == []
    assert evidence.reader.find(data_subject="") == [], "the organisation is no person"
