# ruff: noqa: SIM905 - words read better in one line
"""One label for every word out of the teachers' marks and dictionaries, `UNKNOWN` where they do not agree.

A word in small letters that nobody marks names nothing, nor does one that a dictionary knows and no teacher
marks. A word that may be a name is a name only when two sources say so. The trainer takes no loss of unknown
words, so that a teacher's mistakes are not learned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ._lexicon import Words
from ._teachers import Mark

UNKNOWN = "unknown"
_WORD = re.compile(r"[^\W\d_]+")
_LINKS = frozenset("de di del della dei da von van of la le les des du zu and und et e y & the".split())
_ARTICLES = frozenset(
    "der die das dem den des ein eine einen einem einer eines kein keine keinen im am zum zur beim vom "
    "jeder jede jedes dieser diese dieses diesem mein sein ihr unser euer alle viele".split()
)
_MOST_UNKNOWN = 0.5


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, the word before it, and what each teacher says of it ("" for nothing)."""

    start: int
    end: int
    text: str
    before: str
    votes: tuple[str, ...]

    @property
    def is_capital(self) -> bool:
        """Whether it has a capital letter at all."""
        return not self.text.islower()


def labelled(text: str, marks: Sequence[Sequence[Mark]], words: Words, *, is_manual: bool) -> list[Mark]:
    """Spans of the text, unknown ones too; `marks` are those of each teacher. None is no text to learn from.

    In a manual, what a dictionary knows names nothing, whatever a teacher says of a title or a menu.
    """
    found = _words(text, marks)
    kinds = [_kind(word, words, is_manual=is_manual) for word in found]
    if sum(kind == UNKNOWN for kind in kinds) > _MOST_UNKNOWN * len(kinds):
        return [(0, len(text), UNKNOWN)]
    kinds = _widened(found, _promoted(text, found, kinds, words), words)
    return _joined(text, found, kinds)


def _words(text: str, marks: Sequence[Sequence[Mark]]) -> list[Word]:
    votes = [_votes(text, each) for each in marks]
    found, before = [], ""
    for each in _WORD.finditer(text):
        said = tuple(next((kind for kind in kinds[each.start() : each.end()] if kind), "") for kinds in votes)
        gap = text[max(0, each.start() - 1) : each.start()]
        found.append(Word(each.start(), each.end(), each[0], gap if gap in "@#" else before, said))
        before = each[0]
    return found


def _votes(text: str, marks: Sequence[Mark]) -> list[str]:
    kinds = [""] * len(text)
    for start, end, kind in marks:
        kinds[start:end] = [kind] * (end - start)
    return kinds


def _kind(word: Word, words: Words, *, is_manual: bool) -> str:
    said = [vote for vote in word.votes if vote]
    if word.before == "@" or (not word.is_capital and (not said or words.language != "en")):
        return "" if not said or word.text not in _LINKS else UNKNOWN
    is_common = word.text.lower() in words.common
    is_known, is_listed = words.knows(word.text), words.is_listed(word.text)
    if is_manual and not is_listed and (is_known or _is_code(word.text)):
        return ""
    if not said:
        return (
            "" if is_common or _is_no_name(word, words, is_known=is_known, is_listed=is_listed) else UNKNOWN
        )
    return _agreed(word, said, words)


def _is_no_name(word: Word, words: Words, *, is_known: bool, is_listed: bool) -> bool:
    """Whether a word with a capital that no teacher marks is surely no name."""
    if words.language == "de":
        return not is_listed or word.before.lower() in _ARTICLES
    if words.language == "en":
        return is_known or not is_listed
    if words.language == "it":
        return (is_known and not is_listed) or (_is_code(word.text) and not is_listed)
    return is_known or (_is_code(word.text) and not is_listed)


def _agreed(word: Word, said: list[str], words: Words) -> str:
    """The type that two sources give: two teachers, or a teacher and a list."""
    kinds = set(said)
    if len(said) > 1:
        return said[0] if len(kinds) == 1 else UNKNOWN
    if kinds == {"person"} and word.text.lower() in words.names:
        return "person"
    if kinds == {"place"} and word.text.lower() in words.places:
        return "place"
    return UNKNOWN


def _is_code(text: str) -> bool:
    """Letters as programs and abbreviations have them, and names do not: HTTP, GtkWidget."""
    return len(text) == 1 or (text.isupper() and len(text) < 6) or (not text.istitle() and not text.isupper())


def _promoted(text: str, found: Sequence[Word], kinds: Sequence[str], words: Words) -> list[str]:
    """Two unknown words one after the other are a person where no teacher tells types: when the first is a
    given name and the pair signs a saying, when a teacher marks both, or when both are names and no words.
    """
    known = list(kinds)
    if words.language not in ("de", "it"):
        return known
    for place, (one, other) in enumerate(pairwise(found)):
        is_pair = kinds[place] == kinds[place + 1] == UNKNOWN and text[one.end : other.start] == " "
        is_marked = any(one.votes) and any(other.votes)
        is_signed = text[: one.start].endswith("-- ")
        is_both = other.text.lower() in words.names and not words.knows(one.text)
        if is_pair and one.text.lower() in words.names and (is_marked or is_signed or is_both):
            known[place] = known[place + 1] = "person"
    return known


def _widened(found: Sequence[Word], kinds: Sequence[str], words: Words) -> list[str]:
    """Unknown too: what may belong to a name beside it."""
    wide = list(kinds)
    named = [bool(kind) for kind in kinds]
    for place, word in enumerate(found):
        near = [other for other in (place - 2, place - 1, place + 1, place + 2) if 0 <= other < len(found)]
        beside = [other for other in near if abs(other - place) == 1]
        is_glued = word.is_capital and words.language != "de"
        if not named[place] and (
            (words.is_head(word.text) and any(named[other] for other in near))
            or (is_glued and any(named[other] for other in beside))
            or (word.text in _LINKS and len(beside) == 2 and all(named[other] for other in beside))
        ):
            wide[place] = UNKNOWN
    return wide


def _joined(text: str, found: Sequence[Word], kinds: Sequence[str]) -> list[Mark]:
    """Spans of neighbouring words of one type."""
    spans: list[Mark] = []
    for word, kind in zip(found, kinds, strict=True):
        if not kind:
            continue
        gap = text[spans[-1][1] : word.start] if spans else ""
        if spans and spans[-1][2] == kind and gap.strip(" .'’-") == "" and len(gap) < 3:
            spans[-1] = (spans[-1][0], word.end, kind)
        else:
            spans.append((word.start, word.end, kind))
    return _part_known(spans)


def _part_known(spans: list[Mark]) -> list[Mark]:
    """A name that touches unknown words is unknown as well: where it ends is not known."""
    touching = {
        place
        for place, (one, other) in enumerate(pairwise(spans))
        if other[0] - one[1] < 2 and UNKNOWN in (one[2], other[2])
    }
    return [
        (start, end, UNKNOWN if place in touching or place - 1 in touching else kind)
        for place, (start, end, kind) in enumerate(spans)
    ]
