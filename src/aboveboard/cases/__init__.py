"""Cases: appeals, incidents, feedback, held answers and requests, each with somebody to decide it in time."""

from aboveboard.cases._case import DUE, OUTCOMES, Case, CaseKind, CaseStatus, due_after, term
from aboveboard.cases._cases import PERSON, Cases
from aboveboard.cases._errors import (
    CaseDecidedError,
    CaseError,
    CaseInputError,
    CaseStoreError,
    SelfReviewError,
    UnknownCaseError,
)

__all__ = [
    "DUE",
    "OUTCOMES",
    "PERSON",
    "Case",
    "CaseDecidedError",
    "CaseError",
    "CaseInputError",
    "CaseKind",
    "CaseStatus",
    "CaseStoreError",
    "Cases",
    "SelfReviewError",
    "UnknownCaseError",
    "due_after",
    "term",
]
