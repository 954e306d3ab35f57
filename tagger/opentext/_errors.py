"""What can go wrong while open text is fetched and labelled.

OpenTextError
"""


class OpenTextError(Exception):
    """A package or a teacher is missing, or is not the one that is pinned: what, where, and the cure."""
