"""Where a ledger is, as one word for another process."""

import os
from pathlib import Path

from aboveboard.database import Location, Schema

CHILD = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
"""The environment of a process that reads such a word."""


def word_of(where: Location) -> str:
    """The path of a file, or the address of a database."""
    return where.address if isinstance(where, Schema) else str(where)


def place_of(word: str) -> Location:
    """The place that `word_of` named."""
    return Schema(word, "aboveboard_ledger") if "://" in word else Path(word)
