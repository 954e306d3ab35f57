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
_MORE = (
    "nl_NL",
    "da_DK",
    "sv_SE",
    "no_NO",
    "fi_FI",
    "pt_PT",
    "pl_PL",
    "cs_CZ",
    "hu_HU",
    "hr_HR",
    "ro_RO",
    "tr_TR",
)
"""Where a word is looked up that is a name in none of those."""
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
_ALSO_NAMES = frozenset({"al", "des", "don", "ing", "jur", "mag", "nat", "phil"})  # `Don Smith`
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
    folded = word.casefold()
    is_name = folded in _ALSO_NAMES and not word.islower()
    return (
        folded in _KEPT and not is_name and word != value.strip() and not (len(word) == 1 and word.isupper())
    )


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
    places = (locale,) if locale else LOCALES
    return not _gender(word, locale) and bool(_known(word, "family", places)) and len(word) > 1


def _gender(word: str, locale: str | None) -> str:
    """`f` or `m`, by the locales that have the name for each; empty for what is no given name."""
    for places in ((locale,),) if locale else (LOCALES, _MORE):
        women, men = len(_known(word, "f", places)), len(_known(word, "m", places))
        if women or men:
            is_woman = women > men or (women == men and word.casefold().endswith("a"))
            return "f" if is_woman else "m"
    return ""


def _known(word: str, kind: str, places: tuple[str, ...]) -> tuple[str, ...]:
    """The locales in whose list the word is."""
    folded = word.casefold()
    return tuple(place for place in places if folded in folded_names(place, kind))


def _homes(word: str, kind: str, locale: str | None) -> tuple[str, ...]:
    """Where a name like this word is taken from."""
    if locale:
        return (locale,)
    return _known(word, kind, LOCALES) or _known(word, kind, _MORE) or LOCALES[:1]


def _made(word: str, draw: Draw, locale: str | None, *, is_family: bool) -> str:
    random = draw(word, "family" if is_family else "given")
    if (script := _script(word)) is not None:
        return drawn("last_name" if is_family else "first_name", script, random)
    initial = draw(word[0], "initial").choice(_INITIALS)
    if len(word) == 1:
        return _cased(initial, word)
    likely = "f" if word.casefold().endswith("a") else random.choice("fm")
    kind = "family" if is_family else _gender(word, locale) or likely
    choice = [name for name in _choice(kind, _homes(word, kind, locale), initial) if not _is_same(name, word)]
    return _cased(random.choice(choice or sorted(names(LOCALES[0], kind))), word)


def _is_same(name: str, word: str) -> bool:
    return name.casefold() == word.casefold()


def _script(word: str) -> str | None:
    """The locale of a script that is not Latin."""
    return _SCRIPTS.get(unicodedata.name(word[0], "").partition(" ")[0])


@lru_cache(maxsize=1024)
def _choice(kind: str, places: tuple[str, ...], initial: str) -> tuple[str, ...]:
    """Names to choose from: those that all the locales have that know the word, so that another `Anna` is at
    home in each of them, and that begin with the letter that stands for hers; where these are few, those of
    any of the locales, then any letter.
    """
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
