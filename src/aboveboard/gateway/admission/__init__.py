"""Who may ask, and how much."""

from aboveboard.gateway.admission._admitting import Admission
from aboveboard.gateway.admission._refusals import AccessUnknownError, ConflictError

__all__ = ["AccessUnknownError", "Admission", "ConflictError"]
