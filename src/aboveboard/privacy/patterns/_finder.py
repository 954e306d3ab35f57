"""Personal data in text, by patterns that validators confirm."""

from collections.abc import Collection, Iterable, Sequence

from aboveboard.errors import UnknownNameError
from aboveboard.privacy._decoding import Decoded, decode_marks
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._families import FINDERS, Finder
from aboveboard.privacy.patterns._regions import has_anchor, regions, settled_regions
from aboveboard.values import NormalText, normalise

TYPES: tuple[str, ...] = tuple(dict.fromkeys(finder.type for finder in FINDERS))
"""Every type that `find` knows."""
_RANK = {name: rank for rank, name in enumerate(TYPES)}


def find(text: str, types: Collection[str] | None = None, start: int = 0) -> list[PersonalData]:
    """Personal data in `text` from `start` (a word's start) on, in order, never overlapping.

    What stands before `start` is read as context only. Offsets are code points of `text` as given, whatever
    it was normalised to. Linear in the length of the text. Raises UnknownNameError for an unknown type.
    """
    finders = chosen_finders(types)
    if text.isascii() and "&" not in text and not has_anchor(text, start):
        return []  # no other escape than HTML's can bring an anchor where there is none
    plain = decode_marks(text)
    start = plain.index(start)
    normal = normalise(plain.text)
    found: list[PersonalData] = []
    for begin, end in regions(normal.text, normal.index(start)):
        found += _find_in_region(normal.text, begin, end, finders)
    if normal.origin is None and plain.origin is None:
        return found
    return [_as_given(item, normal, plain) for item in found]


def _as_given(item: PersonalData, normal: NormalText, plain: Decoded) -> PersonalData:
    span = plain.span(*normal.span(item.start, item.end))
    return PersonalData(*span, item.type, item.confidence)


def chosen_finders(types: Collection[str] | None) -> Sequence[Finder]:
    """The finders of these types, all by default."""
    if types is None:
        return FINDERS
    for name in types:
        if name not in _RANK:
            raise UnknownNameError("type of personal data", name, TYPES)
    return [finder for finder in FINDERS if finder.type in types]


def _find_in_region(text: str, start: int, end: int, finders: Sequence[Finder]) -> list[PersonalData]:
    region = text[start:end]
    digits, length = sum(map(str.isdigit, region)), end - start
    found: list[PersonalData] = []
    for finder in finders:
        if digits >= finder.digits and length >= finder.length and finder.mark in region:
            found += finder.find(text, start, end)
    return found if len(found) < 2 else resolve(found)


def resolve(found: Iterable[PersonalData]) -> list[PersonalData]:
    """Of findings that overlap, the longest; of equally long ones the more telling type, then the earlier.

    Credentials in a URL come before all, since their password and the host read as an e-mail address.
    Linear in the span of the findings (at least one), whatever their number.
    """
    ordered = sorted(found, key=_precedence)
    first = min(item.start for item in ordered)
    taken = bytearray(max(item.end for item in ordered) - first)  # looked up in place of all kept so far
    kept: list[PersonalData] = []
    for item in ordered:
        start, end = item.start - first, item.end - first
        if taken.find(1, start, end) < 0:
            kept.append(item)
            taken[start:end] = b"\x01" * (end - start)
    return sorted(kept, key=lambda item: item.start)


def _precedence(item: PersonalData) -> tuple[bool, int, int, int]:
    return item.type != "url-credentials", item.start - item.end, _RANK[item.type], item.start


def settled_personal_data(text: str) -> int:
    """How much of a growing text (code points) `find` can judge now as it would with all that follows."""
    plain = decode_marks(text)
    if plain.origin is None and text.isascii():
        return settled_regions(text)
    normal = normalise(plain.text)
    end = settled_regions(normal.text)
    return plain.span(0, normal.span(0, end)[1])[1] if end else 0
