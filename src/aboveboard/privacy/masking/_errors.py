"""What can go wrong with masking.

AboveboardError
└── MaskingError
    ├── ClaimError     a claim that is not borne out: no recipient, no assumptions, reversible, or too risky
    └── TableError     not a table of stand-ins and values
"""

from aboveboard.errors import AboveboardError


class MaskingError(AboveboardError):
    """Any failure of this package."""


class ClaimError(MaskingError):
    """A claim that is not borne out: no recipient or assumption, a reversible policy, too high a risk."""


class TableError(MaskingError):
    """Not a table of stand-ins and values."""
