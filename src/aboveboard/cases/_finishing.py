"""What is on record about cases and was not carried out, because of a crash in between."""

from collections.abc import Iterator
from datetime import timedelta

from aboveboard.cases._case import Case, CaseKind, CaseStatus
from aboveboard.cases._cases import Cases
from aboveboard.cases._errors import UnknownCaseError
from aboveboard.cases._records import case_from, extension_id, review_id
from aboveboard.evidence import ErasedRecordError, Reader, UnknownRecordError, outcome_id
from aboveboard.evidence.records import Appeal, Incident, Record, Review, SubjectRequest

_LOOKS_BACK = timedelta(days=1)


def finish(cases: Cases, reader: Reader) -> list[Case]:
    """Opens what was on record before its case was, and carries out what is about open cases; the cases that
    are new or changed.
    """
    changed = [*_reopened(cases, reader)]
    for case in cases.list(status=CaseStatus.OPEN, limit=None):
        now = _carried_out(cases, reader, case)
        if now != case:
            changed.append(now)
    return changed


def _reopened(cases: Cases, reader: Reader) -> Iterator[Case]:
    """Appeals and incidents of the last day that have no case and were not decided."""
    since = cases.now() - _LOOKS_BACK
    for kind in (Appeal, Incident):
        for record in reader.find(kind.kind, since=since):
            if isinstance(record, Appeal | Incident) and not _is_known(cases, reader, record):
                yield cases.add(case_from(record))


def _is_known(cases: Cases, reader: Reader, record: Appeal | Incident) -> bool:
    try:
        cases.get(record.case)
    except UnknownCaseError:
        return on_record(reader, outcome_id(record.case)) is not None
    return True


def _carried_out(cases: Cases, reader: Reader, case: Case) -> Case:
    review = on_record(reader, review_id(case))
    if isinstance(review, Review):
        return cases.keep_decision(review)
    extension = on_record(reader, extension_id(case)) if case.kind is CaseKind.REQUEST else None
    return cases.keep_extension(extension) if isinstance(extension, SubjectRequest) else case


def on_record(reader: Reader, record_id: str) -> Record | None:
    """The record of an id; None where there is none, or no longer."""
    try:
        return reader.get(record_id)
    except (UnknownRecordError, ErasedRecordError):
        return None
