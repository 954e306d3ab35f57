"""The records that open a case or extend its term; what the person wrote is attached by the caller."""

from aboveboard.cases._case import Case
from aboveboard.evidence.records import Appeal, Feedback, Incident, SubjectRequest


def appeal_of(case: Case, data_subject: str) -> Appeal:
    """The challenge to the answer of a decision that a case was opened for."""
    return Appeal(
        id=case.record,
        time=case.opened,
        subject=f"decision:{case.decision}",
        actor=case.actor,
        data_subject=data_subject,
        links=(case.decision,),
        decision=case.decision,
        case=case.id,
        ground=case.category,
    )


def incident_of(case: Case, data_subject: str) -> Incident:
    """What a human has to look at."""
    return Incident(
        id=case.record,
        time=case.opened,
        subject=_about(case),
        actor=case.actor,
        data_subject=data_subject,
        links=_links(case),
        category=case.category,
        case=case.id,
        due=case.due,
    )


def feedback_of(case: Case, data_subject: str) -> Feedback:
    """What somebody wants to tell."""
    return Feedback(
        id=case.record,
        time=case.opened,
        subject=_about(case),
        actor=case.actor,
        data_subject=data_subject,
        links=_links(case),
        case=case.id,
        topic=case.category,
        decision=case.decision,
    )


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


def _about(case: Case) -> str:
    return f"decision:{case.decision}" if case.decision else f"case:{case.id}"


def _links(case: Case) -> tuple[str, ...]:
    return (case.decision,) if case.decision else ()
