"""Reads short answers exactly: words and numbers, whatever their case, punctuation or articles."""

import re
from functools import cache

_PIECE = re.compile(r"(?:(?<!\w)[-−])?\d+(?:\.\d+)?|[^\W\d_]+(?:[-'][^\W\d_]+)*")
_ARTICLES = frozenset({"a", "an", "the"})
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_LONGEST = 1000


def is_said(answer: str, text: str) -> bool:
    """Whether the first line of a text that is not blank begins or ends with the answer, or its numbers are
    the answer's and no others.

    A word in the middle could be one of several that the model weighs, or the question said again. Nor does
    it count to begin with the answer and go on to another number, or to "or": that would be two answers.
    """
    lines = (line for line in text[:_LONGEST].splitlines() if line.strip())
    said, wanted = pieces(next(lines, "")), pieces(answer)
    numbers, hoped = ([piece for piece in each if piece[-1].isdecimal()] for each in (said, wanted))
    begins = [] if "or" in said or numbers != hoped else said[: len(wanted)]
    return bool(wanted) and wanted in (begins, said[-len(wanted) :], numbers)


def pieces(text: str) -> list[str]:
    """The words and numbers of a text, small, numbers in figures and with their sign, without articles."""
    found = (piece.lower() for piece in _PIECE.findall(text))
    return [_numbers().get(piece, piece) for piece in found if piece not in _ARTICLES]


@cache
def _numbers() -> dict[str, str]:
    """Figures of the numbers up to 99 by their words, `twenty-one` with its hyphen."""
    units = _UNITS.split()
    small = {word: str(place) for place, word in enumerate(units)}
    tens = {word: str(10 * place) for place, word in enumerate(_TENS.split(), 2)}
    both = {
        f"{ten}-{unit}": str(int(tens[ten]) + place)
        for ten in tens
        for place, unit in enumerate(units[1:10], 1)
    }
    return small | tens | both
