"""Personal data that has a form: one family of types a file, candidates confirmed by validators."""

from aboveboard.privacy.patterns._engine import PATTERN_TYPES
from aboveboard.privacy.patterns._finder import find_patterns, settled_patterns, settled_places
from aboveboard.privacy.patterns._regions import CONTEXT, last_break, settled_words

__all__ = [
    "CONTEXT",
    "PATTERN_TYPES",
    "find_patterns",
    "last_break",
    "settled_patterns",
    "settled_places",
    "settled_words",
]
