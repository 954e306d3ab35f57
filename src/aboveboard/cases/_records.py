"""The records that open a case, extend its term or decide it; what the person wrote is attached by the
caller.
"""

from typing import Any

from aboveboard.cases._case import REVIEWER, Case, CaseKind, CaseStatus, due_after
from aboveboard.evidence import outcome_id
from aboveboard.evidence.records import Appeal, Feedback, Incident, Review, SubjectRequest
from aboveboard.values import format_time, parse_time


def appeal_of(case: Case, data_subject: str) -> Appeal:
    """The challenge to the answer of a decision that a case was opened for."""
    return Appeal(**_opening(case, data_subject), decision=case.decision, ground=case.category)


def incident_of(case: Case, data_subject: str) -> Incident:
    """What a human has to look at."""
    return Incident(**_opening(case, data_subject), category=case.category, due=case.due)


def feedback_of(case: Case, data_subject: str) -> Feedback:
    """What somebody wants to tell."""
    return Feedback(**_opening(case, data_subject), topic=case.category, decision=case.decision)


def request_of(case: Case, data_subject: str) -> SubjectRequest:
    """What a person asked for; recorded now, whenever it came."""
    return SubjectRequest(
        id=case.record,
        subject=f"case:{case.id}",
        actor=case.actor,
        data_subject=data_subject,
        stage="received",
        right=case.category,
        case=case.id,
        due=case.due,
    )


def extension_of(case: Case, due: str, reason: str, *, actor: str, data_subject: str) -> SubjectRequest:
    """That a request may take until another day, and why."""
    return SubjectRequest(
        id=extension_id(case),
        subject=f"case:{case.id}",
        actor=actor,
        data_subject=data_subject,
        links=(case.record,),
        stage="extended",
        right=case.category,
        case=case.id,
        due=due,
        reason=reason,
    )


def review_of(case: Case, outcome: str, reason: str, *, actor: str, data_subject: str) -> Review:
    """What a case was decided as, by whom, and why."""
    return Review(
        id=review_id(case),
        subject=f"case:{case.id}",
        actor=actor,
        data_subject=data_subject,
        links=(case.record,),
        case=case.id,
        outcome=outcome,
        reason=reason,
    )


def case_from(record: Appeal | Incident) -> Case:
    """The case that a record says was opened, as its drafting made it."""
    kind, category = CaseKind(record.kind), _category(record)
    opened = parse_time(record.time)
    return Case(
        id=record.case,
        kind=kind,
        category=category,
        status=CaseStatus.OPEN,
        opened=record.time,
        due=record.due if isinstance(record, Incident) else format_time(due_after(kind, category, opened)),
        role=REVIEWER,
        decision=record.links[0] if record.links else "",
        actor=record.actor,
        record=record.id,
    )


def _category(record: Appeal | Incident) -> str:
    return record.ground if isinstance(record, Appeal) else record.category


def review_id(case: Case) -> str:
    """The id that the one review of a case has, once it is on record."""
    return outcome_id(case.id)


def extension_id(case: Case) -> str:
    """The id that the one extension of a case has, once it is on record."""
    return outcome_id(f"{case.id} extended")


def _opening(case: Case, data_subject: str) -> dict[str, Any]:
    """What is the same in each record that opens a case."""
    return {
        "id": case.record,
        "time": case.opened,
        "subject": f"decision:{case.decision}" if case.decision else f"case:{case.id}",
        "actor": case.actor,
        "data_subject": data_subject,
        "links": (case.decision,) if case.decision else (),
        "case": case.id,
    }
