"""What has a form and what is a name, in one list."""

from collections.abc import Iterator, Sequence

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
    names = [name for name in names if any(map(str.isalpha, text[name.start : name.end]))]
    if not names or not patterns:
        return list(patterns or names)
    kept = _beside(patterns, names)
    made, place = list(kept), 0
    for name in names:
        while place < len(kept) and kept[place].end <= name.start:
            place += 1
        made += _parts(name, kept, place, text)
    return sorted(made, key=lambda item: item.start)


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


def _parts(
    name: PersonalData, above: Sequence[PersonalData], place: int, text: str
) -> Iterator[PersonalData]:
    """What of a name no pattern covers."""
    start = name.start
    while place < len(above) and above[place].start < name.end:
        yield from _part(name, start, above[place].start, text)
        start, place = max(start, above[place].end), place + 1
    yield from _part(name, start, name.end, text)


def _part(name: PersonalData, start: int, end: int, text: str) -> Iterator[PersonalData]:
    if start == name.start and end == name.end:
        yield name
        return
    written = text[start:end]
    start += len(written) - len(written.lstrip(" ,;:.-\n\t"))
    end -= len(written) - len(written.rstrip(" ,;:-\n\t"))
    if start < end and any(map(str.isalpha, text[start:end])):
        yield PersonalData(start, end, name.type, name.confidence)
