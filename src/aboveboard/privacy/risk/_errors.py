"""What can go wrong with measuring risk.

AboveboardError
└── RiskError   columns that are missing, of different lengths, or not values
"""

from aboveboard.errors import AboveboardError


class RiskError(AboveboardError):
    """Columns that are missing, of different lengths, or not values."""
