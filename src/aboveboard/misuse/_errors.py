"""What can go wrong with the ladder.

MisuseError
├── NotOnLadderError    whoever it is, nothing is held against them
└── MisuseStoreError    misuse.db cannot be opened, written or read
"""

from aboveboard.errors import AboveboardError


class MisuseError(AboveboardError):
    """Any failure of this package."""


class NotOnLadderError(MisuseError):
    """Whoever it is, nothing is held against them."""


class MisuseStoreError(MisuseError):
    """The database cannot be opened, written or read."""
