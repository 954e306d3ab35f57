"""Personal data of every kind: what has a form, by patterns; what is a name, by the tagger."""

from collections.abc import Collection, Iterable
from functools import lru_cache

from aboveboard.errors import UnknownNameError
from aboveboard.privacy._merging import with_names
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._engine import PATTERN_TYPES
from aboveboard.privacy.patterns._finder import find_patterns, settled_patterns

NAME_TYPES: tuple[str, ...] = ("person", "address", "place", "organisation")
"""What the tagger finds."""
TYPES: tuple[str, ...] = PATTERN_TYPES + NAME_TYPES
"""Every type that `find` knows."""
LONGEST_CONTEXT = 320
"""How many characters before a place of a text are enough for `find` to read on as in the whole: the tagger
reads some forty words, patterns fewer than fifty characters.
"""


def find(text: str, types: Collection[str] | None = None, start: int = 0) -> list[PersonalData]:
    """Personal data in `text` from `start` (a word's start) on, in order, never overlapping.

    What stands before `start` is read as context only. Offsets are code points of `text` as given, whatever
    it was normalised to. Linear in the length of the text. Raises UnknownNameError for an unknown type.
    """
    patterns, names = _chosen(None if types is None else tuple(types))
    found = find_patterns(text, patterns, start) if patterns is None or patterns else []
    if not names:
        return found
    from aboveboard.privacy.tagger import find_names

    return with_names(found, find_names(text, names, start), text)


def find_many(texts: Iterable[str], types: Collection[str] | None = None) -> list[list[PersonalData]]:
    """What `find` finds in each text; the tagger reads many short texts at once, some times faster."""
    patterns, names = _chosen(None if types is None else tuple(types))
    texts = list(texts)
    found = [find_patterns(text, patterns) if patterns is None or patterns else [] for text in texts]
    if not names:
        return found
    from aboveboard.privacy.tagger import find_names_many

    tagged = find_names_many(texts, names)
    return [with_names(*each) for each in zip(found, tagged, texts, strict=True)]


def settled_personal_data(text: str, types: Collection[str] | None = None) -> int:
    """How much of a growing text (code points) `find` can judge now as it would with all that follows."""
    _, names = _chosen(None if types is None else tuple(types))
    end = settled_patterns(text)
    if not names or not end:
        return end
    from aboveboard.privacy.tagger import settled_names

    return _both_settled(text, end, settled_names(text))


def _both_settled(text: str, end: int, named: int) -> int:
    """The most that both say of the text that ends there."""
    while named < end:
        end = settled_patterns(text[:named])
        if end == named:
            break
        named = end
    return end


@lru_cache(maxsize=64)
def _chosen(types: tuple[str, ...] | None) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """The types with a form (None: all of them) and the names among these types."""
    if types is None:
        return None, NAME_TYPES
    for name in types:
        if name not in TYPES:
            raise UnknownNameError("type of personal data", name, TYPES)
    patterns = tuple(name for name in PATTERN_TYPES if name in types)
    return patterns, tuple(name for name in NAME_TYPES if name in types)
