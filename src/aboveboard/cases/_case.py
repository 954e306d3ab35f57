"""A case: something a person has to look at, by when, and what came of it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from aboveboard.cases._months import end_of_day, months_after
from aboveboard.values import parse_time


class CaseKind(StrEnum):
    """Why a case was opened."""

    APPEAL = "appeal"
    FEEDBACK = "feedback"
    HOLD = "hold"
    INCIDENT = "incident"
    REQUEST = "request"


class CaseStatus(StrEnum):
    """Whether it still waits."""

    OPEN = "open"
    DECIDED = "decided"


DUE = {
    CaseKind.APPEAL: timedelta(days=30),
    CaseKind.FEEDBACK: timedelta(days=30),
    CaseKind.HOLD: timedelta(hours=4),
    CaseKind.INCIDENT: timedelta(days=15),
}
"""How long a case may wait. Incidents: the general term of AI Act Art. 73(2)."""

MONTHS_TO_ANSWER = 1
MONTHS_EXTENDED = 3
"""How long a data subject's request may wait, and how long when it was extended (GDPR Art. 12(3))."""

DUE_BY_CATEGORY = {"crisis": timedelta(hours=4), "death": timedelta(days=10), "widespread": timedelta(days=2)}
"""Shorter terms: the project's own for a crisis; AI Act Art. 73(4) and 73(3)."""

OUTCOMES = {
    CaseKind.APPEAL: ("granted", "partly-granted", "refused", "erased"),
    CaseKind.FEEDBACK: ("acted-on", "noted", "erased"),
    CaseKind.HOLD: ("released", "edited", "withheld"),
    CaseKind.INCIDENT: ("mitigated", "reported", "unfounded"),
    CaseKind.REQUEST: ("fulfilled", "partly-fulfilled", "refused", "erased"),
}
"""What a reviewer may decide, by kind; `erased` ends what waits of a person who was erased."""

REVIEWER = "reviewer"
"""The role that decides where nothing else is said."""

EXPIRED = "expired"
"""What becomes of a held answer that nobody decided about in time; no reviewer's to choose."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case. It holds no words of any person: those are attached to its record, in the vault.

    `actor` opened it (a role or a pseudonymous key id), `role` has to decide it, `record` is the Appeal,
    Feedback, Incident or SubjectRequest that opened it, `review` the record that decided it. `reference`
    lets the person look the case up without an account; it is known only at opening, afterwards only its
    digest is stored. Of a held answer, `tenant` may ask for it, and `on_timeout` says what its deadline does.
    `decided` is when it was (RFC 3339); empty while it waits, and where an older version decided it.
    """

    id: str
    kind: CaseKind
    category: str
    status: CaseStatus
    opened: str
    due: str
    role: str
    decision: str
    actor: str
    record: str
    outcome: str = ""
    review: str = ""
    tenant: str = ""
    on_timeout: str = ""
    decided: str = ""
    reference: str = ""

    @property
    def changed(self) -> str:
        """When it was decided, else when it was opened."""
        return self.decided or self.opened

    def is_overdue(self, now: datetime) -> bool:
        """Whether it still waits after its due time."""
        return self.status is CaseStatus.OPEN and self._deadline < now

    def days_left(self, now: datetime) -> int:
        """Whole days until it is due; 0 on the last day, below zero when it is overdue."""
        return (self._deadline - now).days

    @property
    def _deadline(self) -> datetime:
        """A request may be answered until the end of its last day, also one stored with an hour."""
        due = parse_time(self.due)
        return end_of_day(due) if self.kind is CaseKind.REQUEST else due


def due_after(kind: CaseKind, category: str, opened: datetime) -> datetime:
    """When a case of this kind and category must be decided."""
    if kind is CaseKind.REQUEST:
        return end_of_day(months_after(opened.astimezone(UTC), MONTHS_TO_ANSWER))
    return opened + term(kind, category)


def term(kind: CaseKind, category: str) -> timedelta:
    """How long a case of this kind and category may wait, where that is a number of days.

    Raises KeyError for requests: see `due_after`.
    """
    return DUE_BY_CATEGORY.get(category, DUE[kind])
