"""Who may ask, and how much."""

from aboveboard.gateway.admission._admitting import Admission
from aboveboard.gateway.admission._refusals import APPEALS, AccessUnknownError, ConflictError
from aboveboard.gateway.admission._subject import pseudonym_of, subject_of

__all__ = ["APPEALS", "AccessUnknownError", "Admission", "ConflictError", "pseudonym_of", "subject_of"]
