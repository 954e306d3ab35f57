"""The chosen finders and the one pass that wakes them."""

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
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
    word_end,
    words_in,
)
from aboveboard.privacy.patterns._scripts import set_apart
from aboveboard.privacy.patterns._windows import digits_of
from aboveboard.privacy.patterns.families import FINDERS
from aboveboard.values import normalise

PATTERN_TYPES: tuple[str, ...] = tuple(dict.fromkeys(finder.type for finder in FINDERS))
"""Every type that has a form."""


Make = Callable[[Sequence[str], Collection[int]], Prefilter | None]
"""What makes a prefilter of triggers, and of which of them are labels."""


class Engine:
    """Finds some types in normalised texts; may be used by several threads at once."""

    def __init__(self, finders: Sequence[Finder], make: Make) -> None:
        disguised = (
            Finder(
                "", partial(self._unwrapped, each), trigger=each.trigger, inside=True, is_word=each.is_word
            )
            for each in DISGUISES
        )
        self.finders = (*finders, *disguised)
        self._labels = frozenset(
            number for number, finder in enumerate(self.finders) if finder.digits and not finder.inside
        )
        self._prefilter = make([finder.trigger or _ANYTHING for finder in self.finders], self._labels)
        self._here = _Depth()

    def candidates(self, text: str, start: int) -> list[PersonalData]:
        """All that any finder finds from `start` on, overlapping or not, in no order."""
        if start > CONTEXT:  # no finder looks further back
            ahead = start - CONTEXT
            return [item.moved(ahead) for item in self.candidates(text[ahead:], CONTEXT)]
        if self._prefilter is None:
            return _tried_everywhere(text, start, self.finders)
        data = in_bytes(text)
        digits = digits_of(data)
        hits = self._prefilter.hits(data, digits)
        if not hits:
            return []
        if b"?" in data and not text.isascii():
            text = set_apart(text)
        flat = flattened(text, data)
        places = self._places(flat, digits, start, hits)
        return self._awakened(text, flat, digits, start, places) if places else []

    def _awakened(
        self, text: str, flat: bytes, digits: bytes, start: int, places: list[Hit]
    ) -> list[PersonalData]:
        """What the finders find that are to be tried at these places, each once a region."""
        finders, words = self.finders, Words(text, flat, start)
        found: list[PersonalData] = []
        tried: set[tuple[int, int]] = set()
        for place, number in places:
            if place >= words.end and not words.move_to(place):
                continue
            finder = finders[number]
            begin, end = (words.start, words.end) if finder.is_word else words.region()
            if (begin, number) not in tried:
                tried.add((begin, number))
                if finder.inside or finder.suits(text, digits, begin, end):
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

    def _places(self, flat: bytes, digits: bytes, start: int, hits: list[Hit]) -> list[Hit]:
        """Where which finder is to be tried: at each hit, and at the words that it may speak of.

        A label speaks of numbers, so it counts for nothing where none is near.
        """
        finders, labels = self.finders, self._labels
        places: list[Hit] = []
        for end, number in hits:
            if number in labels:
                if digits.count(b"9", max(0, end - _NEAR), end + _NEAR + _LONGEST) < finders[number].digits:
                    continue
                if end > start and digits.find(b"9", max(0, end - _NEAR), word_end(flat, end - 1)) >= 0:
                    places.append((end - 1, number))
                ahead = numbers_in(flat, digits, max(end, start), end + _NEAR)
                places += [(place, number) for place in ahead]
                continue
            if end > start:
                places.append((end - 1, number))
            if not finders[number].inside and end + CONTEXT > start:
                ahead = words_in(flat, max(end, start), end + CONTEXT)
                places += [(place, number) for place in ahead]
        places.sort()
        return places


class _Depth(threading.local):
    """How many disguises a thread is within."""

    depth = 0


def _length(item: PersonalData) -> int:
    return item.end - item.start


def _tried_everywhere(text: str, start: int, finders: Sequence[Finder]) -> list[PersonalData]:
    """What prefilters save: every finder on every region. Finds the same."""
    text = set_apart(text)
    digits, found = digits_of(in_bytes(text)), list[PersonalData]()
    for begin, end in regions(text, start):
        anchored = is_anchored(text, begin, end)
        for finder in finders:
            if (anchored or finder.trigger) and finder.suits(text, digits, begin, end):
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
_NEAR = CONTEXT + LONGEST_LEAD  # a finding's digits are no further from its trigger
_LONGEST = 64  # nor are its last ones further from its first
_MOST_DEPTH = 2
