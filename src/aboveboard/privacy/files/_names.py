"""Names that somebody gave to a file, a folder, a bookmark: what of a person is in them (`cv_anna_smith`)."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from aboveboard.privacy._layers import laid_over
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.files._common_words import words_of_files
from aboveboard.privacy.files._excerpt import Excerpt, Found
from aboveboard.privacy.files._headings import plain_words

Look = Callable[[Sequence[Excerpt]], Found]

_PERSON = "person"
_JOINING = re.compile(r"[_.-]|\+(?!\d)")
_COMMON_START = re.compile(r"([^\W\d_]++)_")
_LETTERS = r"(?:[^\W\d_][\u0300-\u036f]*+)++"
_WORD = re.compile(rf"{_LETTERS}(?:['’]{_LETTERS})*+")
_HUMP = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ])(?=[A-ZÀ-Þ][a-zß-ÿ])")
_SHORTEST = 2
_SURE = 0.6
_TITLED = 0.55


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a name, by the code points of the name."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def in_name(name: str, look: Look) -> list[PersonalData]:
    """What in a name leads to somebody by itself, in order, by its code points: a person, an address of any
    kind, a number, a secret. A date or a town alone does not.

    It is read twice: as it stands, and as a title, its words told by what joins them (`_`, `-`, `.`, a
    capital), which is how people are written.
    """
    words = list(_words(name))
    raw, spaced = (_leading_in(text, look) for text in (name, _spaced(name)))
    people = [item for item in spaced if item.type == _PERSON] + _titled(words, look)
    named = [kept for item in _joined(people) for kept in _without_common_words(item, words)]
    whole = [_behind_common_words(item, name) for item in raw if item.type != _PERSON]
    others = laid_over([item for item in spaced if item.type != _PERSON], whole)
    return laid_over(named, others)


def _words(name: str) -> Iterator[_Word]:
    for match in _WORD.finditer(name):
        start = match.start()
        for part in _HUMP.split(match[0]):
            yield _Word(part, start)
            start += len(part)


def _spaced(name: str) -> str:
    return name.replace("_", " ") if "@" in name else _JOINING.sub(" ", name)


def _leading_in(text: str, look: Look) -> list[PersonalData]:
    found = [item for item in look([Excerpt(text)])[0] if item.type in _leading()]
    return [item for item in found if _is_likely(text[item.start : item.end], item.confidence)]


def _is_likely(written: str, confidence: float) -> bool:
    """One small word alone (`src`, `lib`) names somebody less often than a finder for prose thinks."""
    return len(written) >= _SHORTEST and (
        confidence >= _SURE or not (written.islower() and written.isalpha())
    )


def _titled(words: Sequence[_Word], look: Look) -> list[PersonalData]:
    """The people in the words when each begins with a capital."""
    title = " ".join(word.text[0].upper() + word.text[1:].lower() for word in words)
    if len(title) != sum(len(word.text) + 1 for word in words) - 1:
        return []  # a letter that is two in the other case
    found = (item for item in look([Excerpt(title)])[0] if item.type == _PERSON)
    return [_at_words(item, words) for item in found if item.confidence >= _TITLED]


def _at_words(found: PersonalData, words: Sequence[_Word]) -> PersonalData:
    """What was found in the words with a space between any two, at their place in the name."""
    touched, start = [], 0
    for word in words:
        if start < found.end and start + len(word.text) > found.start:
            touched.append(word)
        start += len(word.text) + 1
    return found.at(touched[0].start, touched[-1].end)


def _joined(people: Sequence[PersonalData]) -> list[PersonalData]:
    """Those that overlap as one."""
    made: list[PersonalData] = []
    for item in sorted(people, key=lambda each: each.start):
        if made and item.start < made[-1].end:
            made[-1] = made[-1].at(made[-1].start, max(made[-1].end, item.end))
        else:
            made.append(item)
    return made


def _without_common_words(person: PersonalData, words: Sequence[_Word]) -> list[PersonalData]:
    """The person without the words around them that names of files are made of: none when that is all."""
    own = [word for word in words if word.start < person.end and word.end > person.start]
    while own and _is_common(own[0]):
        own.pop(0)
    while own and _is_common(own[-1]):
        own.pop()
    return [person.at(own[0].start, own[-1].end)] if own else []


def _behind_common_words(found: PersonalData, name: str) -> PersonalData:
    """`mail_to_ann@example.com` is a mail to ann."""
    start = found.start
    for match in _COMMON_START.finditer(name, start, found.end):
        if match.start() != start or not words_of_files().issuperset(plain_words(match[1])):
            break
        start = match.end()
    return found.at(start, found.end)


def _is_common(word: _Word) -> bool:
    return all(each in words_of_files() for each in plain_words(word.text))


@cache
def _leading() -> frozenset[str]:
    """The types that lead to somebody by themselves."""
    from aboveboard.privacy import SECRET_TYPES
    from aboveboard.privacy.operators import DIRECT_TYPES

    return frozenset(DIRECT_TYPES - {"literal"}) | frozenset(SECRET_TYPES)
