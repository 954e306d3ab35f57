"""The packages that are read, in the version they are pinned to, and the licence each states.

Their text is read from the package as it is distributed and is never part of the project.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Form = Literal["html", "fortunes", "tweets"]


@dataclass(frozen=True, slots=True)
class Source:
    """Files of a package: `members` are patterns of their paths (fnmatch); `share` says how many texts are
    taken of a language from it, beside those of other sources.
    """

    package: str
    version: str
    members: tuple[str, ...]
    form: Form
    language: str
    licence: str
    share: float = 1.0
    registry: Literal["debian", "python"] = "debian"


_LANGUAGES = ("en", "de", "es", "fr", "it")
_BOOKS = {"en": "en-US", "de": "de-DE", "es": "es-ES", "fr": "fr-FR", "it": "it-IT"}
_HELP = {"en": "C", "de": "de", "es": "es", "fr": "fr", "it": "it"}
_FORTUNES = {
    "en": ("fortunes", "1:1.99.1-7.3", "*/games/fortunes/*", "BSD-3-Clause (the collection)"),
    "de": ("fortunes-de", "0.35-1", "*/games/fortunes/de/*", "GPL-2.0-or-later"),
    "es": ("fortunes-es", "1.36", "*/games/fortunes/es/*.fortunes", "GPL-2.0-or-later, texts public domain"),
    "it": ("fortunes-it", "1.99-4.1", "*/games/fortunes/it/*", "public domain"),
}


def _office(language: str) -> Source:
    name = "en-us" if language == "en" else language
    folder = f"*/libreoffice/help/{'en-US' if language == 'en' else language}/text/*.html"
    version = "4:7.4.7-1+deb12u14"
    return Source(f"libreoffice-help-{name}", version, (folder,), "html", language, "MPL-2.0", 1.0)


def _manuals(language: str) -> tuple[Source, ...]:
    book, pages = (f"*/html/{_BOOKS[language]}/*.html",), (f"*/help/{_HELP[language]}/*.page",)
    gimp = (f"*/gimp/2.0/help/{language}/*.html",)
    guide = (f"*.{language}.html",)
    return (
        Source("debian-handbook", "11.20220922", book, "html", language, "GPL-2.0+ or CC-BY-SA-3.0", 1.5),
        Source("gnome-user-docs", "43.0-2", pages, "html", language, "CC-BY-SA-3.0"),
        Source(f"gimp-help-{language}", "2.10.34-2", gimp, "html", language, "GFDL-1.2-or-later", 1.5),
        Source(f"debian-reference-{language}", "2.100", guide, "html", language, "GPL-2.0-or-later"),
        _office(language),
    )


def _sayings(language: str) -> tuple[Source, ...]:
    if language not in _FORTUNES:
        return ()
    package, version, members, licence = _FORTUNES[language]
    return (Source(package, version, (members,), "fortunes", language, licence, 6.0),)


_TWEETS = Source(
    "vaderSentiment", "3.3.2", ("*/tweets_GroundTruth.txt",), "tweets", "en", "MIT", 3.0, "python"
)
_ESSAYS = Source("anarchism", "15.3-3", ("*/html/sec*.html",), "html", "en", "GFDL or GPL-2.0+", 1.5)
SOURCES: dict[str, tuple[Source, ...]] = {
    language: (
        *_manuals(language),
        *_sayings(language),
        *((_TWEETS, _ESSAYS) if language == "en" else ()),
    )
    for language in _LANGUAGES
}
"""What is read for each language."""
