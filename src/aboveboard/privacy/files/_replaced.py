"""Values that masking has been at: stand-ins tell nobody anything, whatever name stands over them."""

import re
from collections.abc import Sequence
from functools import cache, partial

from aboveboard.privacy._layers import laid_over
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy._stand_ins import LITERAL, NAME, may_hold_stand_in, stand_ins, type_name
from aboveboard.privacy.files._headings import wordy

_ANY = re.compile(rf"{stand_ins().pattern}|<(?P<hashed>{NAME})#[0-9a-f]{{16,64}}>|\[(?P<redacted>{NAME})\]")


def outside_stand_ins(text: str, found: Sequence[PersonalData]) -> list[PersonalData]:
    """What was found, without what of it lies in stand-ins, however they were made: `<PERSON_1>`, `[EMAIL]`.

    Only those of types that we know count.
    """
    if not found or ("[" not in text and not may_hold_stand_in(text)):
        return list(found)
    matches = (match for match in _ANY.finditer(text) if _name(match) in _known_names())
    given = [PersonalData(match.start(), match.end(), LITERAL) for match in matches]
    return [item for item in laid_over(found, given, partial(_rest, text)) if item not in given]


def _rest(text: str, item: PersonalData, start: int, end: int) -> list[PersonalData]:
    return [item] if (start, end) == (item.start, item.end) else wordy(text, item, start, end)


def _name(match: re.Match[str]) -> str:
    name = match[1] or match["name"] or match["hashed"] or match["redacted"]
    return name.replace("\\", "").replace("-", "_").upper()


@cache
def _known_names() -> frozenset[str]:
    from aboveboard.privacy import SECRET_TYPES, TYPES

    return frozenset(map(type_name, (*TYPES, *SECRET_TYPES, LITERAL)))
