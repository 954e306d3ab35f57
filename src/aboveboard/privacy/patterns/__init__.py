"""Personal data that has a form: one family of types a file, candidates confirmed by validators."""

from aboveboard.privacy.patterns._disguises import DISGUISES
from aboveboard.privacy.patterns._engine import PATTERN_TYPES
from aboveboard.privacy.patterns._finder import find_patterns, settled_patterns, settled_places
from aboveboard.privacy.patterns._prefilter import Prefilter, prefilter
from aboveboard.privacy.patterns._regions import CONTEXT, in_bytes, last_break, settled_words
from aboveboard.privacy.patterns._scripts import SPACELESS

__all__ = [
    "CONTEXT",
    "DISGUISES",
    "PATTERN_TYPES",
    "SPACELESS",
    "Prefilter",
    "find_patterns",
    "in_bytes",
    "last_break",
    "prefilter",
    "settled_patterns",
    "settled_places",
    "settled_words",
]
