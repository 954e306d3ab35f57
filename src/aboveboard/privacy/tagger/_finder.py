"""Names of persons, addresses, places and organisations in text, by our own tagger."""

from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate

from aboveboard.errors import UnknownNameError
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy._words import words_from
from aboveboard.privacy.tagger._reader import LONGEST_READ, reader
from aboveboard.privacy.tagger._tokens import tokens_of
from aboveboard.privacy.tagger._weights import NAME_TYPES
from aboveboard.values import normalise

_MOST_CONTEXT = 10_000


def find_names(
    text: str, types: Collection[str] | None = None, start: int = 0, end: int | None = None
) -> list[PersonalData]:
    """Names in `text` from `start` (a word's start) to `end` (by default the text's), in order, none
    overlapping.

    What stands before `start` and after `end` is read as context only. Offsets are code points of `text` as
    given, whatever it was normalised to. Linear in the length of the text. Raises UnknownNameError for an
    unknown type, WeightsError when the weights cannot be used.
    """
    _check(types)
    if not start and end is None and len(text) <= LONGEST_READ:
        found = reader().read(text).findings()
    else:
        found = list(_between(text, start, len(text) if end is None else end))
    return found if types is None else [item for item in found if item.type in types]


def _between(text: str, start: int, end: int) -> Iterator[PersonalData]:
    for piece, places in _pieces(text, start):
        yield from (item for item in piece if item.start < end)
        if places[-1] >= end:
            return


def find_names_many(texts: Sequence[str], types: Collection[str] | None = None) -> list[list[PersonalData]]:
    """What `find_names` finds in each text; for many short texts some times faster than one by one."""
    _check(types)
    found: list[list[PersonalData]] = []
    for batch in _batches(texts):
        if len(batch) > 1:
            found += [reading.findings() for reading in reader().read_many(batch)]
        else:
            found.append(find_names(batch[0]))
    return found if types is None else [[item for item in each if item.type in types] for each in found]


def settled_names(text: str, start: int = 0) -> set[int]:
    """The places behind `start` up to which `find_names` judges a growing text as it would with all that
    follows, and across which no name lies: all but the window of the network and one finding.

    What stands before `start` is read as context; it must reach back as far as `words_from` says, or to where
    all begins.
    """
    return {place for _, places in _pieces(text, start, grows=True) for place in places}


def token_at(text: str, place: int) -> int:
    """Where the last token begins that begins at a place of a text or before it."""
    normal = normalise(text)
    starts = accumulate(map(len, tokens_of(normal.text)), initial=0)
    origin = normal.origin or range(len(text) + 1)
    whole = (
        origin[start] for start in starts if 0 < start < len(origin) and origin[start - 1] < origin[start]
    )
    return max((at for at in whole if at <= place), default=0)


def _pieces(text: str, start: int, *, grows: bool = False) -> Iterator[tuple[list[PersonalData], list[int]]]:
    """Findings piece by piece, and the places between which they lie, the last one where the next piece
    begins. Memory does not grow with the text, but for a flood of characters that nobody sees.
    """
    context = max(words_from(text, start), start - _MOST_CONTEXT) if start else 0
    length = LONGEST_READ
    while start < len(text):
        reading = reader().read(text[context : context + length])
        is_last = context + length >= len(text)
        first = reading.token_at(start - context)
        ends = [len(reading.tokens)] if is_last and not grows else reading.settled(first)
        if ends:
            places = [context + place for place in reading.places_of(ends)]
            yield [item.moved(context) for item in reading.findings(first, ends[-1])], places
            start = context + reading.index_of(ends[-1])
            context += reading.context_of(ends[-1])
            length = LONGEST_READ
        elif is_last:
            return
        else:
            length *= 2


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """Texts in order, as many at once as can be read at once; a longer one alone."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and size + len(text) > LONGEST_READ:
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def _check(types: Collection[str] | None) -> None:
    for name in types or ():
        if name not in NAME_TYPES:
            raise UnknownNameError("type of name", name, NAME_TYPES)
