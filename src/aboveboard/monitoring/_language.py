"""In which language a text is written: by its letters, and for Latin ones by the small words.

A property of the words, read off them; nothing is inferred about who wrote them. It is coarse on purpose, and
says nothing rather than guess: of short texts, of names alone, of code, of languages it does not know.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache

_READ = 2000
_LEAST_LETTERS, _LEAST_WORDS = 8, 2
_MOST_OF, _AHEAD = 0.6, 1.5
"""So much of the letters must be of one script; so much more often must the best language's words come."""

_SCRIPTS = {
    "GREEK": "el",
    "HEBREW": "he",
    "DEVANAGARI": "hi",
    "HANGUL": "ko",
    "THAI": "th",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "BENGALI": "bn",
    "TAMIL": "ta",
}
_SMALL_WORDS = {
    "en": "the and is are you my to of in for with that this what how can do not it have please i a was your",
    "de": "der die das und ist nicht ich sie mein meine zu den dem ein eine wie was mit für auf kann bitte",
    "fr": "le la les et est je vous mon ma de des un une que qui pour dans pas ne avec comment sur puis du",
    "es": "el la los las y es yo mi de un una que para por con no cómo qué en se puedo del al su está tengo",
    "it": "il lo la gli e è io mio mia di un una che per con non come in si posso del della sono ho le da",
    "pt": "o a os as e é eu meu minha de um uma que para com não como em se posso do da no na você está",
    "nl": "de het een en is niet ik je mijn van voor met hoe wat kan op aan dat dit zijn heb we bij om te",
    "pl": "i w na nie jest się to że do z jak co mój moja czy mogę dla po proszę o mam ale tym od",
    "sv": "och är det att jag en ett inte min mitt på för med hur vad kan som av till har vi den du om",
    "tr": "ve bir bu için ne nasıl benim ile mi mı değil var çok ben da de olarak daha kadar ama gibi",
}
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """ISO 639-1 of the language a text is written in; empty where it cannot be told."""
    read = text[:_READ]
    letters = Counter(map(_script, filter(str.isalpha, read)))
    total = letters.total()
    if total < _LEAST_LETTERS and not _is_dense(letters):
        return ""
    if letters["HIRAGANA"] + letters["KATAKANA"] > 0.1 * total:
        return "ja"
    script, count = letters.most_common(1)[0]
    if count < _MOST_OF * total:
        return ""
    if script in _OTHERS:
        return _OTHERS[script](read)
    return _latin(read) if script == "LATIN" else _SCRIPTS.get(script, "")


def language_asked(prompt: bytes | None) -> str:
    """The language of what the user said last in a kept conversation; empty where it cannot be told."""
    try:
        turns = json.loads(prompt) if prompt else []
    except ValueError:
        return ""
    said = [each for each in turns if isinstance(each, Mapping)] if isinstance(turns, list) else []
    mine = [str(each.get("text") or "") for each in said if each.get("role") == "user"]
    return language_of(mine[-1]) if mine else ""


def _is_dense(letters: Counter[str]) -> bool:
    """Few letters tell much where one is a syllable or a word."""
    return sum(letters[each] for each in ("CJK", "HANGUL", "HIRAGANA", "KATAKANA")) >= 2


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0].partition("-")[0]


def _cyrillic(text: str) -> str:
    return "uk" if any(letter in text for letter in "іїєґІЇЄҐ") else "ru"


def _arabic(text: str) -> str:
    return "fa" if any(letter in text for letter in "پچژگ") else "ar"


def _chinese(_: str) -> str:
    return "zh"


_OTHERS = {"CYRILLIC": _cyrillic, "ARABIC": _arabic, "CJK": _chinese}


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """The languages in which a small word occurs."""
    found: dict[str, tuple[str, ...]] = {}
    for language, words in _SMALL_WORDS.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), language)
    return found


def _latin(text: str) -> str:
    """The language whose small words come most often; a word of several languages counts for each in part."""
    points: dict[str, float] = {}
    words = 0
    for word in _WORD.findall(text.casefold()):
        languages = _languages_of().get(word, ())
        words += bool(languages)
        for language in languages:
            points[language] = points.get(language, 0.0) + 1.0 / len(languages)
    if words < _LEAST_WORDS:
        return ""
    (most, best), *others = sorted(((each, name) for name, each in points.items()), reverse=True)
    return best if not others or most >= _AHEAD * others[0][0] else ""
