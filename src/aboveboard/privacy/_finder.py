"""Personal data of every kind: what has a form, by patterns; what is a name, by the tagger."""

from collections.abc import Collection, Iterable
from functools import lru_cache

from aboveboard.errors import UnknownNameError
from aboveboard.privacy._layers import laid_over
from aboveboard.privacy._merging import with_names
from aboveboard.privacy._span import NAME_TYPES, PersonalData
from aboveboard.privacy.patterns import PATTERN_TYPES, find_patterns, settled_patterns, settled_places
from aboveboard.privacy.secrets import find_secrets

TYPES: tuple[str, ...] = PATTERN_TYPES + NAME_TYPES
"""Every type that `find` knows."""


def find(
    text: str, types: Collection[str] | None = None, start: int = 0, end: int | None = None
) -> list[PersonalData]:
    """Personal data in `text` that begins from `start` (a word's start) on, before `end` (by default the
    text's), in order, never overlapping.

    What stands before `start` and behind `end` is read as context only. Offsets are code points of `text` as
    given, whatever it was normalised to. Linear in the length of the text. Raises UnknownNameError for an
    unknown type.
    """
    patterns, names = _chosen(None if types is None else tuple(types))
    found = find_patterns(text, patterns, start) if patterns is None or patterns else []
    if names:
        from aboveboard.privacy.tagger import find_names

        found = with_names(found, find_names(text, names, start, end), text)
    return found if end is None or end >= len(text) else [item for item in found if item.start < end]


def find_everything(text: str) -> list[PersonalData]:
    """Personal data and secrets, in order, not overlapping; where both are, the secret."""
    return laid_over(find(text), find_secrets(text))


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


def settled_personal_data(text: str, types: Collection[str] | None = None, start: int = 0) -> int:
    """Up to where `find` judges a growing text from `start` (a place given before, or 0) on as it would with
    all that follows: `start` or more. No finding lies across that place.
    """
    _, names = _chosen(None if types is None else tuple(types))
    if not names:
        return settled_patterns(text, start)
    from aboveboard.privacy.tagger import settled_names

    return _last_of_both(text, start, settled_names(text, start))


def settled_findings(
    text: str, types: Collection[str] | None = None, start: int = 0
) -> tuple[int, list[PersonalData]]:
    """What `settled_personal_data` says, and what `find` finds up to there: names are read once for both."""
    patterns, names = _chosen(None if types is None else tuple(types))
    named: list[PersonalData] = []
    if names:
        from aboveboard.privacy.tagger import names_so_far

        named, places = names_so_far(text, start)
        end = _last_of_both(text, start, places)
    else:
        end = settled_patterns(text, start)
    if end == start:
        return start, []
    found = find_patterns(text, patterns, start) if patterns is None or patterns else []
    if names:
        found = with_names(found, [item for item in named if item.start < end and item.type in names], text)
    return end, [item for item in found if item.start < end]


def _last_of_both(text: str, start: int, named: Collection[int]) -> int:
    """The last place that is settled for patterns and for names; `start` when there is none."""
    for place in reversed(settled_places(text, start)) if named else ():
        if place in named:
            return place
    return start


@lru_cache(maxsize=64)
def _chosen(types: tuple[str, ...] | None) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """The types with a form (None: all of them) and the names among these types."""
    if types is None:
        return None, NAME_TYPES
    for name in types:
        if name not in TYPES:
            raise UnknownNameError("type of personal data", name, TYPES)
    patterns = tuple(name for name in PATTERN_TYPES if name in types)
    named = tuple(name for name in NAME_TYPES if name in types)
    return None if patterns == PATTERN_TYPES else patterns, named
