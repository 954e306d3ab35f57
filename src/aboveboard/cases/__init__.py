"""Cases: appeals, incidents, feedback, held answers and requests, each with somebody to decide it in time."""

from aboveboard.cases._case import EXPIRED, OUTCOMES, Case, CaseKind, CaseStatus, term
from aboveboard.cases._cases import Cases
from aboveboard.cases._errors import (
    CaseDecidedError,
    CaseError,
    CaseInputError,
    CaseStoreError,
    SelfReviewError,
    UnknownCaseError,
)
from aboveboard.cases._finishing import finish
from aboveboard.cases._hold_rule import HoldRule
from aboveboard.cases._holds import Hold, Holds
from aboveboard.cases._recording import RecordOnce

__all__ = [
    "EXPIRED",
    "OUTCOMES",
    "Case",
    "CaseDecidedError",
    "CaseError",
    "CaseInputError",
    "CaseKind",
    "CaseStatus",
    "CaseStoreError",
    "Cases",
    "Hold",
    "HoldRule",
    "Holds",
    "RecordOnce",
    "SelfReviewError",
    "UnknownCaseError",
    "finish",
    "term",
]
