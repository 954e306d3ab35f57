"""How much of a text another one repeats word for word."""

import re
from collections.abc import Sequence

_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation."""
    return _WORD.findall(text.casefold())


def suffix_match(wanted: str, said: str) -> int:
    """How many words of `wanted` the text `said` gives from its beginning on, without a slip."""
    count = 0
    for expected, given in zip(words_of(wanted), words_of(said), strict=False):
        if expected != given:
            break
        count += 1
    return count


def ngram_overlap(wanted: str, said: str, size: int = 5) -> float:
    """The share, 0 to 1, of the n-grams of words of `wanted` that `said` has; 0 where there are none."""
    expected = _ngrams(words_of(wanted), size)
    given = set(_ngrams(words_of(said), size))
    return sum(gram in given for gram in expected) / len(expected) if expected else 0.0


def _ngrams(words: Sequence[str], size: int) -> list[tuple[str, ...]]:
    return [tuple(words[start : start + size]) for start in range(len(words) - size + 1)]
