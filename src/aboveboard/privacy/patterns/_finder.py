"""Personal data in text, by patterns that validators confirm."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from aboveboard.errors import UnknownNameError
from aboveboard.privacy._decoding import Decoded, decode_marks
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._birth import find_birth_date
from aboveboard.privacy.patterns._internet import find_email, find_ip, find_mac, find_url_credentials
from aboveboard.privacy.patterns._national import find_national_id, find_ssn
from aboveboard.privacy.patterns._payment import find_card, find_iban, find_wallet
from aboveboard.privacy.patterns._phone import find_phone
from aboveboard.privacy.patterns._regions import has_anchor, regions, settled_regions
from aboveboard.values import NormalText, normalise


@dataclass(frozen=True, slots=True)
class Finder:
    """How one type is found in a region, and the least a region must hold for it to be worth a try."""

    type: str
    find: Callable[[str, int, int], Iterable[PersonalData]]
    digits: int = 0
    length: int = 0
    mark: str = ""


# The more telling type first: of two findings over the same span the earlier one is kept.
FINDERS: tuple[Finder, ...] = (
    Finder("url-credentials", find_url_credentials, mark="@"),
    Finder("email", find_email, mark="@"),
    Finder("iban", find_iban, digits=8, length=15),
    Finder("card", find_card, digits=13),
    Finder("birth-date", find_birth_date, digits=4, length=6),
    Finder("ssn", find_ssn, digits=9),
    Finder("national-id", find_national_id, digits=5, length=9),
    Finder("ip", find_ip, digits=1, length=4),
    Finder("mac", find_mac, digits=1, length=17),
    Finder("wallet", find_wallet, digits=2, length=14),
    Finder("phone", find_phone, digits=7),
)
TYPES: tuple[str, ...] = tuple(finder.type for finder in FINDERS)
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
