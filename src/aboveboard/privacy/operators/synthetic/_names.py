"""Names of people: as many parts, in the same order and case, of the same gender and language."""

import re
from random import Random

from aboveboard.privacy.operators.synthetic._draw import Draw
from aboveboard.privacy.operators.synthetic._faker import LOCALES, drawn, family_names, given_names

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Titles and particles name nobody, and keep what agrees with them in the sentence.
_KEPT = frozenset(
    {
        "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "lady", "lord", "herr", "frau",
        "sr", "sra", "srta", "señor", "señora", "don", "doña", "m", "mme", "mlle", "monsieur", "madame",
        "sig", "sigra", "signor", "signora", "signore", "dott", "dottssa", "von", "van", "der", "den",
        "de", "del", "la", "las", "los", "le", "du", "des", "da", "di", "della", "dei", "dal", "al", "el",
        "bin", "ibn", "und", "y", "e", "and", "et", "jr", "ii", "iii", "iv", "med", "rer", "nat", "phil",
        "jur", "mag", "ing", "dipl",
    }
)  # fmt: skip
_TRIES = 16


def make_person(value: str, draw: Draw, locale: str | None) -> str:
    """`Dr. Anna MÜLLER-Roth` as `Dr. Lena VOGT-Krause`: word by word, so that `Müller` alone agrees with
    it.
    """
    words = [match for match in _WORD.finditer(value) if match[0].casefold() not in _KEPT]
    locale = locale or _locale_of([match[0] for match in words])
    family = _family_places(value, words, locale)
    pieces, done = [], 0
    for place, match in enumerate(words):
        made = _word(match[0], draw, locale, is_family=place in family)
        pieces += [value[done : match.start()], made]
        done = match.end()
    return "".join([*pieces, value[done:]])


def _locale_of(words: list[str]) -> str:
    """The first locale that has most of the words among its names."""
    folded = [word.casefold() for word in words]

    def known(locale: str) -> int:
        women, men = given_names(locale)
        return sum((word in women or word in men) + (word in family_names(locale)) for word in folded)

    return max(LOCALES, key=known)


def _family_places(value: str, words: list[re.Match[str]], locale: str) -> set[int]:
    """Which words are family names: the last (and what a hyphen joins to it), or those before a comma."""
    if not words:
        return set()
    comma = value.find(",")
    if 0 <= comma < words[-1].start():
        return {place for place, match in enumerate(words) if match.start() < comma}
    if len(words) == 1:
        return set() if _gender(words[0][0], locale) else {0}
    first = len(words) - 1
    while first > 1 and value[words[first - 1].end() : words[first].start()] == "-":
        first -= 1
    return set(range(first, len(words)))


def _gender(word: str, locale: str) -> str:
    """`f`, `m`, `?` for a name of both, empty for a word that is no given name here or anywhere known."""
    word = word.casefold()
    for place in dict.fromkeys((locale, *LOCALES)):
        women, men = given_names(place)
        if word in women or word in men:
            return "?" if word in women and word in men else "f" if word in women else "m"
    return ""


def _word(word: str, draw: Draw, locale: str, *, is_family: bool) -> str:
    random = draw(word, "family" if is_family else "given")
    if len(word) == 1:
        return _cased(random.choice("ABCDEFGHJKLMNPRSTVW"), word)
    if is_family:
        return _cased(_one_word("last_name", word, locale, random), word)
    gender = _gender(word, locale).replace("?", "") or random.choice("fm")
    return _cased(
        _one_word("first_name_female" if gender == "f" else "first_name_male", word, locale, random), word
    )


def _one_word(kind: str, unlike: str, locale: str, random: Random) -> str:
    """A name of one word, other than the one it replaces."""
    made = ""
    for _ in range(_TRIES):
        made = drawn(kind, locale, random)
        if _WORD.fullmatch(made) and made.casefold() != unlike.casefold():
            return made
    found = _WORD.search(made)
    return found[0] if found else "Nemo"


def _cased(made: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return made.upper()
    return made.lower() if like.islower() else made
