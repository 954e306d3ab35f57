"""Names of persons, addresses, places and organisations in text, by our own tagger."""

from collections.abc import Collection, Iterator, Sequence

from aboveboard.errors import UnknownNameError
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.tagger._reader import LONGEST_READ, reader
from aboveboard.privacy.tagger._weights import NAME_TYPES

NAME_CONTEXT = 264
"""How many code points before a place are enough to read what follows it as in the whole."""


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
    for piece, settled in _pieces(text[: end + NAME_CONTEXT], start):
        yield from (item for item in piece if item.start < end)
        if settled >= end:
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


def settled_names(text: str, start: int = 0) -> int:
    """How much of a growing text (code points) `find_names` can judge now as it would with all that follows:
    `start` or more.

    What stands before `start` is read as context. When `start` is 0, something may stand before the text that
    is not known here, and the first few words settle nothing. What is left is at most the window of the
    network and one finding.
    """
    return max((settled for _, settled in _pieces(text, start, grows=True)), default=start)


def names_context(text: str, start: int) -> int:
    """From where on a text must be kept so that names from `start` on are found as in the whole."""
    at = start
    for _ in range(reader().weights.before + 1):
        at = _word_start(text, at)
    return at


def _word_start(text: str, before: int) -> int:
    """The last space or line break after a letter or a digit: there a token begins, whatever came before."""
    at = before
    while at > 0:
        at = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at), 0)
        if at and text[at - 1].isalnum():
            return at
    return 0


def _pieces(text: str, start: int, *, grows: bool = False) -> Iterator[tuple[list[PersonalData], int]]:
    """Findings piece by piece, and up to where they are settled. Memory does not grow with the text."""
    context = max(names_context(text, start), start - LONGEST_READ // 2) if start else 0
    while start < len(text):
        reading = reader().read(text[context : context + LONGEST_READ])
        is_last = context + LONGEST_READ >= len(text)
        first = reading.token_at(start - context)
        unsure = reader().weights.before if grows and not context else 0
        end = len(reading.tokens) if is_last and not grows else reading.settled(first, unsure)
        if end == first and is_last:
            return
        found = [_moved(item, context) for item in reading.findings(first, end)]
        start = context + reading.index_of(end)
        yield found, start
        context += reading.context_of(end)


def _moved(item: PersonalData, by: int) -> PersonalData:
    return PersonalData(item.start + by, item.end + by, item.type, item.confidence) if by else item


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
