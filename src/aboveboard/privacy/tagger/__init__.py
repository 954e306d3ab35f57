"""Names of persons, addresses, places and organisations, found by a small network of our own.

`docs/reference/tagger.md` says what it was trained on, how well it does and where it fails; `tagger/` at the
root of the repository trains it.
"""

from aboveboard.privacy.tagger._errors import WeightsError
from aboveboard.privacy.tagger._finder import (
    find_names,
    find_names_many,
    names_so_far,
    settled_names,
    token_at,
)
from aboveboard.privacy.tagger._weights import NAME_TYPES

__all__ = [
    "NAME_TYPES",
    "WeightsError",
    "find_names",
    "find_names_many",
    "names_so_far",
    "settled_names",
    "token_at",
]
