"""Names of persons, addresses, places and organisations in text, by our own tagger."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate

from aboveboard.errors import UnknownNameError
from aboveboard.privacy._decoding import Decoded, decode_marks
from aboveboard.privacy._layers import untangled
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy._words import words_from
from aboveboard.privacy.tagger._reader import LONGEST_READ, reader
from aboveboard.privacy.tagger._tokens import tokens_of
from aboveboard.privacy.tagger._weights import NAME_TYPES
from aboveboard.values import normalise

_MOST_CONTEXT = 10_000
_LONGEST_ESCAPE = 200  # an escape of escapes: no longer one is decoded
_UNFINISHED = re.compile(r"(?:[%&\\=]|(?<=\w)[(\[<]\w{0,8}(?:[)\]>][%&\\=]|[)\]>]?\Z))\S*\Z")


def find_names(
    text: str, types: Collection[str] | None = None, start: int = 0, end: int | None = None
) -> list[PersonalData]:
    """Names in `text` from `start` (a word's start) to `end` (by default the text's), in order, none
    overlapping.

    What stands before `start` and after `end` is read as context only. Escapes are read as what they mean.
    Offsets are code points of `text` as given, whatever it was decoded and folded to. Linear in the length of
    the text. Raises UnknownNameError for an unknown type, WeightsError when the weights cannot be used.
    """
    _check(types)
    plain = decode_marks(text)
    if start or end is not None:
        last = len(plain.text) if end is None else plain.index(end)
        found = list(_between(plain.text, plain.index(start), last))
    else:
        found = _whole(plain.text)
    return _chosen(_as_given(found, plain, len(text)), types)


def find_names_many(texts: Sequence[str], types: Collection[str] | None = None) -> list[list[PersonalData]]:
    """What `find_names` finds in each text; for many short texts some times faster than one by one."""
    _check(types)
    plain = [decode_marks(text) for text in texts]
    found: list[list[PersonalData]] = []
    for batch in _batches([each.text for each in plain]):
        if len(batch) > 1:
            found += [reading.findings() for reading in reader().read_many(batch)]
        else:
            found.append(_whole(batch[0]))
    every = zip(found, plain, map(len, texts), strict=True)
    return [_chosen(_as_given(*each), types) for each in every]


def settled_names(text: str, start: int = 0) -> set[int]:
    """The places behind `start` up to which `find_names` judges a growing text as it would with all that
    follows, and across which no name lies: all but the window of the network and one finding.

    What stands before `start` is read as context; it must reach back as far as `words_from` says, or to where
    all begins.
    """
    return names_so_far(text, start)[1]


def names_so_far(text: str, start: int = 0) -> tuple[list[PersonalData], set[int]]:
    """The names of a growing text from `start` on up to the last of the places of `settled_names`, and these
    places: both of one reading.
    """
    plain = decode_marks(text)
    found: list[PersonalData] = []
    places: list[int] = []
    for names, ends in _pieces(plain.text[: _finished(text, plain)], plain.index(start), grows=True):
        found += names
        places += ends
    whole = {plain.span(0, place)[1] for place in places if not plain.is_within(place)}
    return _as_given(found, plain, len(text)), whole


def token_at(text: str, place: int) -> int:
    """Where the last token begins that begins at a place of a text or before it."""
    plain = decode_marks(text)
    normal = normalise(plain.text)
    starts = accumulate(map(len, tokens_of(normal.text)), initial=0)
    origin = normal.origin or range(len(plain.text) + 1)
    whole = (
        origin[start] for start in starts if 0 < start < len(origin) and origin[start - 1] < origin[start]
    )
    given = (plain.span(0, at)[1] for at in whole if not plain.is_within(at))
    return max((at for at in given if at <= place), default=0)


def _whole(text: str) -> list[PersonalData]:
    """All names of a decoded text."""
    if len(text) <= LONGEST_READ:
        return reader().read(text).findings()
    return list(_between(text, 0, len(text)))


def _between(text: str, start: int, end: int) -> Iterator[PersonalData]:
    for piece, places in _pieces(text, start):
        yield from (item for item in piece if item.start < end)
        if places[-1] >= end:
            return


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
        else:
            length *= 2
        if is_last:
            return


def _finished(text: str, plain: Decoded) -> int:
    """Up to where the decoded text stays as it is, whatever follows: no escape may begin before that which is
    not complete. None holds white space.
    """
    begun = _UNFINISHED.search(text, max(0, len(text) - _LONGEST_ESCAPE))
    return plain.index(begun.start() if begun else len(text))


def _as_given(found: list[PersonalData], plain: Decoded, length: int) -> list[PersonalData]:
    """Findings in decoded text as those of the text given; two may share an escape."""
    if plain.origin is None:
        return found
    return untangled((item.at(*plain.span(item.start, item.end)) for item in found), length)


def _chosen(found: list[PersonalData], types: Collection[str] | None) -> list[PersonalData]:
    return found if types is None else [item for item in found if item.type in types]


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
