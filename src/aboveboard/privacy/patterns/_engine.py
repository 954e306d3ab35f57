"""The chosen finders and the one pass that wakes them."""

import threading
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial

from aboveboard.errors import UnknownNameError
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._context import left_of
from aboveboard.privacy.patterns._disguises import DISGUISED_TYPES, DISGUISES, Disguise
from aboveboard.privacy.patterns._family import Finder
from aboveboard.privacy.patterns._prefilter import Hit, Prefilter, prefilter
from aboveboard.privacy.patterns._regions import (
    CONTEXT,
    LONGEST_LEAD,
    Words,
    flattened,
    in_bytes,
    is_anchored,
    numbers_in,
    regions,
    words_in,
)
from aboveboard.privacy.patterns._windows import digits_of
from aboveboard.privacy.patterns.families import FINDERS
from aboveboard.values import normalise

PATTERN_TYPES: tuple[str, ...] = tuple(dict.fromkeys(finder.type for finder in FINDERS))
"""Every type that has a form."""


class Engine:
    """Finds some types in normalised texts; may be used by several threads at once."""

    def __init__(self, finders: Sequence[Finder], make: Callable[[Sequence[str]], Prefilter | None]) -> None:
        disguised = (
            Finder(
                "", partial(self._unwrapped, each), trigger=each.trigger, inside=True, is_word=each.is_word
            )
            for each in DISGUISES
        )
        self.finders = (*finders, *disguised)
        self._needs_digits = [bool(finder.digits) and not finder.inside for finder in self.finders]
        self._prefilter = make([finder.trigger or _ANYTHING for finder in self.finders])
        self._here = _Depth()

    def candidates(self, text: str, start: int) -> list[PersonalData]:
        """All that any finder finds from `start` on, overlapping or not, in no order."""
        if start > CONTEXT:  # no finder looks further back
            ahead = start - CONTEXT
            return [_moved(item, ahead) for item in self.candidates(text[ahead:], CONTEXT)]
        if self._prefilter is None:
            return _tried_everywhere(text, start, self.finders)
        data = in_bytes(text)
        digits = digits_of(data)
        hits = self._prefilter.hits(data, digits)
        if hits:
            hits = self._promising(hits, digits)
        return self._awakened(text, flattened(text, data), start, hits) if hits else []

    def _promising(self, hits: list[Hit], digits: bytes) -> list[Hit]:
        """The hits but those of finders that need a digit where there is none near."""
        needs = self._needs_digits
        return [
            (end, number)
            for end, number in hits
            if not needs[number] or digits.find(b"9", max(0, end - _BEHIND), end + _AHEAD) >= 0
        ]

    def _awakened(self, text: str, flat: bytes, start: int, hits: list[Hit]) -> list[PersonalData]:
        """What the finders find whose triggers were hit, each on the regions that its hits concern."""
        finders, words = self.finders, Words(text, flat, start)
        found: list[PersonalData] = []
        tried: set[tuple[int, int]] = set()
        for place, number in self._places(flat, start, hits):
            if place >= words.end and not words.move_to(place):
                continue
            finder = finders[number]
            begin, end = words.bounds if finder.is_word else words.region()
            if (begin, number) not in tried:
                tried.add((begin, number))
                if finder.inside or finder.suits(text, begin, end):
                    found += finder.find(text, begin, end)
        return found

    def _unwrapped(self, disguise: Disguise, text: str, start: int, end: int) -> Iterator[PersonalData]:
        """What runs in disguise hold, each as the whole run."""
        if self._here.depth == _MOST_DEPTH:
            return
        for begin, finish, plain in disguise.runs(text, start, end):
            inside = max(self._inside(plain, left_of(text, begin)), key=_length, default=None)
            if inside is not None:
                yield PersonalData(begin, finish, inside.type, inside.confidence * 0.9)

    def _inside(self, plain: str, before: str) -> list[PersonalData]:
        self._here.depth += 1
        try:
            found = self.candidates(before + normalise(plain).text, len(before))
        finally:
            self._here.depth -= 1
        return [item for item in found if item.type in DISGUISED_TYPES]

    def _places(self, flat: bytes, start: int, hits: list[Hit]) -> list[Hit]:
        """Where which finder is to be tried: at each hit, and at the words that it may speak of."""
        finders = self.finders
        places = [(end - 1, number) for end, number in hits if end > start]
        reaching = [(end, number) for end, number in hits if not finders[number].inside]
        if not reaching:
            return places
        for end, number in reaching:
            if end + CONTEXT > start:
                first, each = max(end, start), numbers_in if finders[number].digits else words_in
                places += [(place, number) for place in each(flat, first, end + CONTEXT)]
        places.sort()
        return places


class _Depth(threading.local):
    """How many disguises a thread is within."""

    depth = 0


def _length(item: PersonalData) -> int:
    return item.end - item.start


def _moved(item: PersonalData, by: int) -> PersonalData:
    return PersonalData(item.start + by, item.end + by, item.type, item.confidence)


def _tried_everywhere(text: str, start: int, finders: Sequence[Finder]) -> list[PersonalData]:
    """What prefilters save: every finder on every region. Finds the same."""
    found: list[PersonalData] = []
    for begin, end in regions(text, start):
        anchored = is_anchored(text, begin, end)
        for finder in finders:
            if (anchored or finder.trigger) and finder.suits(text, begin, end):
                found += finder.find(text, begin, end)
    return found


@lru_cache(maxsize=16)
def engine(types: tuple[str, ...] | None) -> Engine:
    """The engine for these types (None: all that have a form). Raises UnknownNameError for any other."""
    for name in types or ():
        if name not in PATTERN_TYPES:
            raise UnknownNameError("type of personal data", name, PATTERN_TYPES)
    finders = [finder for finder in FINDERS if types is None or finder.type in types]
    return Engine(finders, prefilter)


_ANYTHING = "[0-9@]"
_BEHIND = _AHEAD = CONTEXT + LONGEST_LEAD  # a finding's digits are no further from its trigger
_MOST_DEPTH = 2
