"""Which lines of a gathered text name somebody, by a rule that no finder of personal data has a part in.

A line goes when it holds an address of mail, of a host or of a site; when it says who wrote, holds or keeps
something; when it cites; when it has a given or a family name (the lists of Faker) that the gathered text
seldom writes small, or two capitalised words in a row that it never does. Rather too many lines go than too
few: what is left must name nobody.
"""

import importlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

_LOCALES = (
    *(
        "cs_CZ",
        "da_DK",
        "de_AT",
        "de_CH",
        "de_DE",
        "en_GB",
        "en_IN",
        "en_US",
        "es_ES",
        "fi_FI",
        "fr_CH",
        "fr_FR",
    ),
    *("hu_HU", "it_IT", "nl_BE", "nl_NL", "no_NO", "pl_PL", "pt_BR", "ro_RO", "sk_SK", "sv_SE", "tr_TR"),
)
_FIELDS = (
    *("first_names", "first_names_male", "first_names_female", "first_names_nonbinary"),
    *("last_names", "last_names_male", "last_names_female", "last_names_nonbinary"),
)
_DATES = frozenset({"April", "August", "June"})  # said of months far oftener than of people
_ADDRESS = re.compile(
    r"\w@\w|://|\bwww\.|\b\d{1,3}(?:\.\d{1,3}){3}\b|(?:[0-9A-Fa-f]{1,4}:){3}|\b(?:tel|fax|phone|e-?mail)\b"
    r"|\b(?:street|avenue|drive|suite|p\.? ?o\.? box|road)\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\b(?:copyright|authors?|authored|maintain\w*|contribut\w*|credits?|thanks?|acknowledg\w*|sponsor\w*"
    r"|invented|originally|created by|written by|developed by|reported by|et al|translat\w*)\b|©|\(c\)",
    re.IGNORECASE,
)
_CITATION = re.compile(
    r"\.\. \[|\b[A-Z][\w'-]+,? (?:and|&) [A-Z][\w'-]+\b.*\d{4}|\b[A-Z][\w-]+,? \(?(?:19|20)\d\d[a-z]?\)"
    r"|\b(?:[A-Z]\. ?)+[A-Z][a-z]+|\b[A-Z][a-z]+, (?:[A-Z]\.)|\b[bB]y [A-Z][a-z]+|\b[A-Z][a-z]+['’]s\b"
    r"|\b(?:Dr|Prof|Mr|Mrs|Ms|St|Sir|Herr|Frau)\.? [A-Z]"
)
_PAIR = re.compile(r"\b([A-Z][a-zà-ÿ]{2,}) (?:(?:van|von|de|der|den|la|le|du) )*([A-Z][a-zà-ÿ]{2,})\b")
_WORD = re.compile(r"[^\W\d_]+")


def nobodys(texts: Iterable[str], written_small: frozenset[str]) -> Iterator[str]:
    """The texts without the lines that name somebody; a text of which little is left is left out."""
    for text in texts:
        lines = [line for line in text.splitlines() if not names_somebody(line, written_small)]
        if sum(len(line.split()) for line in lines) >= 5:
            yield "\n".join(lines)


def names_somebody(line: str, written_small: frozenset[str]) -> bool:
    """Whether the rule takes this line out."""
    if _ADDRESS.search(line) or _CREDIT.search(line) or _CITATION.search(line):
        return True
    capitalised = [word for word in _WORD.findall(line) if word[0].isupper() and word not in _DATES]
    if any(word.capitalize() in known_names() and word.lower() not in written_small for word in capitalised):
        return True
    return any(written_small.isdisjoint((one.lower(), two.lower())) for one, two in _PAIR.findall(line))


def words_written_small(texts: Iterable[str]) -> frozenset[str]:
    """Words that the texts write small at least as often as with a capital: `mark` is one, `guido` is not."""
    small, large = Counter[str](), Counter[str]()
    for text in texts:
        for word in _WORD.findall(text):
            (small if word.islower() else large)[word.lower()] += 1
    return frozenset(word for word, count in small.items() if count >= large[word])


@cache
def known_names() -> frozenset[str]:
    """The given and family names of Faker's lists for languages in Latin script."""
    found: set[str] = set()
    for locale in _LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for field in _FIELDS:
            found.update(getattr(provider, field, ()))
    return frozenset(word for name in found for word in _WORD.findall(name) if len(word) > 2)
