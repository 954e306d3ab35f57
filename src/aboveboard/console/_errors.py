"""What can go wrong on the way to a page.

ConsoleError
└── PageError    a page that is not given, with the status that says why
"""

from aboveboard.access import (
    AccessInputError,
    AlreadyThereError,
    OvertakenError,
    ThrottledError,
    UnknownHolderError,
)
from aboveboard.cases import CaseDecidedError, CaseInputError, SelfReviewError, UnknownCaseError
from aboveboard.errors import AboveboardError
from aboveboard.misuse import NotOnLadderError


class ConsoleError(AboveboardError):
    """Any failure of this package."""


class PageError(ConsoleError):
    """A page that is not given, with the status that says why."""

    def __init__(self, status: int, what: str, cure: str = "") -> None:
        super().__init__(what, cure=cure)
        self.status = status


_STATUS = {
    UnknownCaseError: 404,
    UnknownHolderError: 404,
    AlreadyThereError: 409,
    CaseDecidedError: 409,
    OvertakenError: 409,
    AccessInputError: 422,
    CaseInputError: 422,
    NotOnLadderError: 409,
    SelfReviewError: 403,
    ThrottledError: 429,
}


def status_of(error: AboveboardError) -> int:
    """What to answer with: 503 for what is nobody's mistake, such as a database that cannot be read."""
    if isinstance(error, PageError):
        return error.status
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 503)
