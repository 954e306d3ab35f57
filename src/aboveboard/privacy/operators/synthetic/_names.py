"""Names of people: as many parts, in the same order and case, of the same gender, language and script.

Each word is replaced by itself, so that `Müller` alone agrees with `Anna Müller` before and after it.
"""

import re
import unicodedata
from functools import lru_cache

from aboveboard.privacy.operators.synthetic._draw import Draw
from aboveboard.privacy.operators.synthetic._faker import drawn, folded_names, names

LOCALES = ("en_US", "en_GB", "de_DE", "es_ES", "fr_FR", "it_IT")
"""Where names come from when the policy does not say: those of these in which the word is a name."""
_FEWEST = 5  # names to choose from
_INITIALS = "ABCDEFGHJKLMNRST"  # A stands for one of these in a scope, also where `A.` is all there is
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Titles and particles name nobody, and keep what agrees with them in the sentence.
_KEPT = frozenset(
    {
        "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "lady", "lord", "herr", "frau",
        "sr", "sra", "srta", "señor", "señora", "don", "doña", "m", "mme", "mlle", "monsieur", "madame",
        "sig", "signor", "signora", "signore", "dott", "dottssa", "von", "van", "der", "den", "de", "del",
        "la", "las", "los", "le", "du", "des", "da", "di", "della", "dei", "dal", "al", "el", "bin", "ibn",
        "und", "y", "and", "et", "jr", "ii", "iii", "iv", "med", "rer", "nat", "phil", "jur", "mag", "ing",
    }
)  # fmt: skip
_SCRIPTS = {
    "CJK": "zh_CN",
    "HIRAGANA": "ja_JP",
    "KATAKANA": "ja_JP",
    "HANGUL": "ko_KR",
    "CYRILLIC": "ru_RU",
    "ARABIC": "ar_AA",
    "HEBREW": "he_IL",
    "GREEK": "el_GR",
    "DEVANAGARI": "hi_IN",
    "THAI": "th_TH",
}


def make_person(value: str, draw: Draw, locale: str | None) -> str:
    """`Dr. Anna MÜLLER-Roth` as `Dr. Lena VOGT-Krause`."""
    words = [match for match in _WORD.finditer(value) if not _is_kept(match[0], value)]
    family = _family_places(value, words, locale)
    pieces, done = [], 0
    for place, match in enumerate(words):
        made = _made(match[0], draw, locale, is_family=place in family)
        pieces += [value[done : match.start()], made]
        done = match.end()
    return "".join([*pieces, value[done:]])


def _is_kept(word: str, value: str) -> bool:
    return word.casefold() in _KEPT and word != value.strip() and not (len(word) == 1 and word.isupper())


def _family_places(value: str, words: list[re.Match[str]], locale: str | None) -> set[int]:
    """Which words are family names: the last (and what a hyphen joins to it), or those before a comma;
    in between, what is no given name.
    """
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
    between = {place for place in range(1, first) if _is_family_only(words[place][0], locale)}
    return between | set(range(first, len(words)))


def _is_family_only(word: str, locale: str | None) -> bool:
    return not _gender(word, locale) and bool(_known(word, "family", locale)) and len(word) > 1


def _gender(word: str, locale: str | None) -> str:
    """`f` or `m`, by the locales that have the name for each; empty for what is no given name."""
    women, men = len(_known(word, "f", locale)), len(_known(word, "m", locale))
    if women == men:
        return "" if not women else "f" if word.casefold().endswith("a") else "m"
    return "f" if women > men else "m"


def _known(word: str, kind: str, locale: str | None) -> tuple[str, ...]:
    """The locales in whose list the word is; with a locale, that one alone."""
    folded = word.casefold()
    return tuple(place for place in ((locale,) if locale else LOCALES) if folded in folded_names(place, kind))


def _made(word: str, draw: Draw, locale: str | None, *, is_family: bool) -> str:
    random = draw(word, "family" if is_family else "given")
    if (script := _script(word)) is not None:
        return drawn("last_name" if is_family else "first_name", script, random)
    initial = draw(word[0], "initial").choice(_INITIALS)
    if len(word) == 1:
        return _cased(initial, word)
    kind = "family" if is_family else _gender(word, locale) or random.choice("fm")
    return _cased(random.choice(_choice(kind, _known(word, kind, locale), locale, initial)), word)


def _script(word: str) -> str | None:
    """The locale of a script that is not Latin."""
    return _SCRIPTS.get(unicodedata.name(word[0], "").partition(" ")[0])


@lru_cache(maxsize=1024)
def _choice(kind: str, known: tuple[str, ...], locale: str | None, initial: str) -> tuple[str, ...]:
    """Names to choose from: those that all the locales have that know the word, so that another `Anna` is at
    home in each of them, and that begin with the letter that stands for hers; where these are few, those of
    any of the locales, then any letter.
    """
    places = known or (locale or LOCALES[0],)
    lists = [names(place, kind) or names(LOCALES[0], kind) for place in places]
    common, any_of = frozenset.intersection(*lists), frozenset.union(*lists)
    for some in (common, any_of):
        if len(found := [name for name in some if name.startswith(initial)]) >= _FEWEST:
            return tuple(sorted(found))
    return tuple(sorted(any_of))


def _cased(made: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return made.upper()
    return made.lower() if like.islower() else made
