"""Personal data of every kind: what has a form, by patterns; what is a name, by the tagger."""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from aboveboard.errors import UnknownNameError
from aboveboard.privacy._merging import with_names
from aboveboard.privacy._span import NAME_TYPES, PersonalData
from aboveboard.privacy.patterns._engine import PATTERN_TYPES
from aboveboard.privacy.patterns._finder import find_patterns, settled_patterns

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


# Wakes what is loaded or compiled when first needed: databases, numbering plans, check digits, words.
_SAMPLE = (
    "Dr Ana Roe, born 12 March 1980, a 44-year-old Dutch woman, ana@example.com, +44 20 7946 0958 or "
    "020 7946 0958, phone 555 010 9988, 212-555-0142, DE89 3704 0044 0532 0130 00, 4111 1111 1111 1111, "
    "SSN 078-05-1120, NIF 12345678Z, passport X1234567, 192.168.7.44, "
    "https://example.com, user: ana_roe, ZIP 90210"
)


def prepare(types: Collection[str] | None = None) -> None:
    """Does now what the first `find` for these types would have to: a third of a second or more.

    Later calls take no time. Raises UnknownNameError for an unknown type.
    """
    find(_SAMPLE, types)
    settled_personal_data(_SAMPLE, types)


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
    from aboveboard.privacy.tagger import find_names, settled_names

    named = settled_names(text)
    if named == end or not named:
        return named
    if named < end:
        end = settled_patterns(text[:named])
    return end if end == named else _outside_names(text, end, find_names(text))


def _outside_names(text: str, end: int, names: Sequence[PersonalData]) -> int:
    """The most up to `end`, where patterns are settled, that ends in no name.

    What is settled of names ends between two, but anything less may end within one.
    """
    for name in reversed(names):
        if name.start < end < name.end:
            end = name.start
            settled = settled_patterns(text[:end])
            return end if settled == end else _outside_names(text, settled, names)
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
