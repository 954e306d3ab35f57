"""Nationality, people, faith and party: what GDPR article 9 protects, as far as single words tell."""

import re
from collections.abc import Iterator
from functools import cache

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.patterns._expansion import beginnings_of, words_of
from aboveboard.privacy.patterns.families import _demonyms

_WORD = re.compile(r"(?<!\w)[^\W\d_]{3,24}(?:-[^\W\d_]{3,24})?(?!\w)")


@cache
def _words() -> frozenset[str]:
    """As they may be written: case tells `Polish` from `polish`, and `argentina` from `Argentina`."""
    names, only_capital = set(words_of(_demonyms.ENGLISH)), set(words_of(_demonyms.ONLY_CAPITAL))
    capital = names | only_capital
    capital |= {f"{name}s" for name in capital if name[-1] not in "sehz"}
    faiths = set(words_of(_demonyms.FAITHS)) | set(words_of(_demonyms.GERMAN))
    small = set(words_of(_demonyms.SMALL_ROMANCE)) | {
        name.lower() for name in (names | faiths) - only_capital
    }
    return frozenset(capital | faiths | small) - {""}


def find_nationality(text: str, start: int, end: int) -> Iterator[PersonalData]:
    """Words for people by nation, faith and party, in English, German, Spanish, French and Italian."""
    known = _words()
    for match in _WORD.finditer(text, start, end):
        if match[0] in known:
            yield PersonalData(match.start(), match.end(), "nationality", 0.6)


_LISTS = (
    _demonyms.ENGLISH,
    _demonyms.ONLY_CAPITAL,
    _demonyms.FAITHS,
    _demonyms.GERMAN,
    _demonyms.SMALL_ROMANCE,
)
# Whole words would take a prefilter seconds to compile.
_BEGINNINGS = sorted(set().union(*map(beginnings_of, _LISTS)))
# In bytes only ASCII's letters have an edge: `\b` matches before no `ö`.
NATIONALITY_TRIGGER = "|".join(
    [
        rf"(?i)\b(?:{'|'.join(each for each in _BEGINNINGS if each[0].isascii())})",
        *(each for each in _BEGINNINGS if not each[0].isascii()),
    ]
)
