"""Running text of free packages, labelled by teachers, so that the tagger learns what names nobody."""

from __future__ import annotations

from ._errors import OpenTextError
from ._open import open_examples
from ._sources import SOURCES, Source

__all__ = ["SOURCES", "OpenTextError", "Source", "open_examples"]
