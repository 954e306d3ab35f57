"""What can go wrong while a promise is to be repaired.

MitigationError (AboveboardError)   a trial that cannot be done as asked
"""

from aboveboard.errors import AboveboardError


class MitigationError(AboveboardError):
    """A trial that cannot be done as asked, or a patch that would not be the charter that was tested."""
