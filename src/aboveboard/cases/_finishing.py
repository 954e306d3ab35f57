"""What is on record about cases and was not carried out, because of a crash in between."""

from aboveboard.cases._case import Case, CaseKind, CaseStatus
from aboveboard.cases._cases import Cases
from aboveboard.cases._records import extension_id, review_id
from aboveboard.evidence import ErasedRecordError, Reader, UnknownRecordError
from aboveboard.evidence.records import Record, Review, SubjectRequest


def finish(cases: Cases, reader: Reader) -> list[Case]:
    """Carries out what is on record about open cases; the cases that changed."""
    changed = []
    for case in cases.list(status=CaseStatus.OPEN, limit=None):
        now = _carried_out(cases, reader, case)
        if now != case:
            changed.append(now)
    return changed


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
