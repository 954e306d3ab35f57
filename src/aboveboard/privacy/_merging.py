"""What has a form and what is a name, in one list."""

from collections.abc import Sequence
from functools import partial

from aboveboard.privacy._decoding import decode_marks
from aboveboard.privacy._layers import laid_over
from aboveboard.privacy._span import PersonalData

# Types that a form or a word alone tells, unconfirmed by a check: a name that holds all of one says more.
_WEAK = frozenset(
    ("title", "nationality", "postcode", "age", "date", "gender", "username", "domain", "licence-plate")
)


def with_names(
    patterns: Sequence[PersonalData], names: Sequence[PersonalData], text: str
) -> list[PersonalData]:
    """Both, ordered and without overlaps; a name has a letter. Where they overlap the pattern counts, and
    what stands out of the name stays one if it holds a letter; a longer name takes in a weak pattern whole.
    Linear.
    """
    names = [name for name in names if _has_letter(text[name.start : name.end])]
    if not names or not patterns:
        return list(patterns or names)
    return laid_over(names, _beside(patterns, names), partial(_wordy, text))


def _beside(patterns: Sequence[PersonalData], names: Sequence[PersonalData]) -> list[PersonalData]:
    """The patterns that no longer name takes in."""
    kept, place = [], 0
    for item in patterns:
        while place < len(names) and names[place].end < item.end:
            place += 1
        name = names[place] if place < len(names) else None
        is_within = name is not None and name.start <= item.start and item.type in _WEAK
        if not (is_within and name is not None and name.end - name.start > item.end - item.start):
            kept.append(item)
    return kept


def _wordy(text: str, name: PersonalData, start: int, end: int) -> list[PersonalData]:
    """A name whole; of a part of one, what is left without marks at its ends, if it holds a letter."""
    if start == name.start and end == name.end:
        return [name]
    plain = decode_marks(text[start:end])
    first = len(plain.text) - len(plain.text.lstrip(" ,;:.-\n\t"))
    last = len(plain.text.rstrip(" ,;:-\n\t"))
    if not any(map(str.isalpha, plain.text[first:last])):
        return []
    begin, finish = plain.span(first, last)
    return [name.at(start + begin, start + finish)]


def _has_letter(written: str) -> bool:
    return any(map(str.isalpha, written)) or any(map(str.isalpha, decode_marks(written).text))
