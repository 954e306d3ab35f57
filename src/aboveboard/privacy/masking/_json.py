"""Spans of JSON text cut to its strings and numbers, so that what replaces them leaves JSON behind."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from aboveboard.privacy._span import PersonalData

_STRING = re.compile(r'(?:[^"\\]|\\.)*+', re.DOTALL)
_WORD = re.compile(r'[^\s"\[\]{},:]+')
# RFC 8259, section 6, and what is often written against it: zeros in front, and no number at all.
_SCALAR = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|Infinity|NaN)|true|false|null")
_BETWEEN = re.compile(r"[\[\]{},:\n]")


def fit_json(
    text: str, spans: Sequence[PersonalData], *, before: str = "", in_string: bool = False
) -> Iterator[tuple[PersonalData, bool]]:
    """The spans (in order, not overlapping) as parts of strings, or as whole numbers and other bare values;
    and whether they are bare: those need quotation marks. What covers several is cut into them. Text that is
    no JSON keeps its spans as they are. Linear.

    `before` is what stands before `text`, when it is a piece, and `in_string` whether it begins in a string.
    """
    first = 0
    for start, end, is_string in _stretches(text, in_string):
        while first < len(spans) and spans[first].end <= start:
            first += 1
        if first == len(spans):
            return
        inside = _clipped(spans, first, start, end)
        if is_string:
            yield from ((span, False) for span in inside)
        elif inside:
            yield from _bare(text, inside, _words(text, start, end, before))


def _stretches(text: str, in_string: bool) -> Iterator[tuple[int, int, bool]]:
    """Inside and outside of strings, by turns, without the quotation marks."""
    place = 0
    while place <= len(text):
        if in_string:
            match = _STRING.match(text, place)
            end = match.end() if match else place
            end = end if text[end : end + 1] == '"' else len(text)
        else:
            found = text.find('"', place)
            end = found if found >= 0 else len(text)
        yield place, end, in_string
        place, in_string = end + 1, not in_string


def _clipped(spans: Sequence[PersonalData], first: int, start: int, end: int) -> list[PersonalData]:
    made = []
    while first < len(spans) and spans[first].start < end:
        span = spans[first]
        made.append(span.at(max(span.start, start), min(span.end, end)))
        first += 1
    return [span for span in made if span.start < span.end]


def _words(text: str, start: int, end: int, before: str) -> list[tuple[int, int, bool]]:
    """Where bare values are, and whether JSON knows such a value."""
    words = [(*match.span(), bool(_SCALAR.fullmatch(match[0]))) for match in _WORD.finditer(text, start, end)]
    if words and words[0][0] == 0 and _WORD.fullmatch(before[-1:]):
        words[0] = (*words[0][:2], False)  # its beginning went out already
    return words


def _bare(
    text: str, spans: Sequence[PersonalData], words: Sequence[tuple[int, int, bool]]
) -> Iterator[tuple[PersonalData, bool]]:
    first = done = 0
    for given in spans:
        span = given.at(max(given.start, done), given.end)
        while first < len(words) and words[first][1] <= span.start:
            first += 1
        last = first
        while last < len(words) and words[last][0] < span.end:
            last += 1
        touched = words[first:last]
        if span.start >= span.end or not touched:
            continue
        if _are_values(text, touched):
            yield from ((span.at(start, end), True) for start, end, _ in touched)
            done = touched[-1][1]
        else:
            yield span, False
            done = span.end


def _are_values(text: str, words: Sequence[tuple[int, int, bool]]) -> bool:
    return all(is_known for _, _, is_known in words) and all(
        _BETWEEN.search(text, one[1], other[0]) for one, other in pairwise(words)
    )
