"""What tests over files of records and documents share: few types, so that they are quick, and one value."""

from collections.abc import Callable
from pathlib import Path

from aboveboard.privacy.files import Looking, Scan

Find = Callable[..., list[tuple[str, str, str]]]
"""The fixture `found`: type, value and place of all that is found in a file."""
Notes = Callable[[Path], tuple[str, ...]]
"""The fixture `notes`: what is said about a file besides."""
SCAN = Scan(Looking(frozenset(["email", "phone", "card", "birth-date"])))
MAIL = "john@example.com"
