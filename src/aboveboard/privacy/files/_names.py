"""Names of files and folders: what of a person is in them (`cv_anna_smith.txt`)."""

from functools import cache

from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.files._looking import Excerpt, Looking, secret_types

_SPACES = str.maketrans("_-+", "   ")
_SHORTEST = 2
_SURE = 0.6


def found_in_name(name: str) -> list[PersonalData]:
    """What in the name of a file leads to somebody by itself, in order, by its code points: a person, an
    address of any kind, a number, a secret. A date or a town alone does not.
    """
    spaced = name.translate(_SPACES)
    spaced = spaced if "@" in spaced else spaced.replace(".", " ")
    found = _looking()([Excerpt(spaced)])[0]
    return [item for item in found if _is_likely(spaced[item.start : item.end], item.confidence)]


def _is_likely(written: str, confidence: float) -> bool:
    """One small word alone (`src`, `lib`) names somebody less often than a finder for prose thinks."""
    return len(written) >= _SHORTEST and (
        confidence >= _SURE or not (written.islower() and written.isalpha())
    )


@cache
def _looking() -> Looking:
    from aboveboard.privacy.operators import DIRECT_TYPES

    return Looking(frozenset(DIRECT_TYPES - {"literal"}) | secret_types())
