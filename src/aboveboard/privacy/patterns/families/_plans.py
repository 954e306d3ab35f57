"""Numbering plans of the world, read from `phonenumbers` a country at a time, when first needed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

_OWNED = ("fixed_line", "mobile", "voip", "personal_number", "pager", "uan")
_FREE = ("toll_free", "premium_rate", "shared_cost")


@dataclass(frozen=True, slots=True)
class Plan:
    """What the numbers of a calling code look like: those of people and offices, those of nobody (toll-free,
    premium, shared cost), and how many digits any may have.
    """

    owned: re.Pattern[str]
    free: re.Pattern[str]
    lengths: frozenset[int]


@cache
def plan(code: int) -> Plan | None:
    """The plan of a calling code (ITU-T E.164) over all its countries; None where none is assigned."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    countries = [each for each in COUNTRY_CODE_TO_REGION_CODE.get(code, ()) if each != "001"]
    return _plan(countries) if countries else None


def _plan(countries: Iterable[str]) -> Plan:
    from phonenumbers import PhoneMetadata

    owned, free, lengths = [], [], set[int]()
    for country in countries:
        metadata = PhoneMetadata.metadata_for_region(country)
        if metadata is not None and metadata.general_desc is not None:
            owned += [_pattern(getattr(metadata, kind)) for kind in _OWNED]
            free += [_pattern(getattr(metadata, kind)) for kind in _FREE]
            lengths.update(metadata.general_desc.possible_length)
    return Plan(_any(owned), _any(free), frozenset(lengths))


def _pattern(description: object) -> str:
    return getattr(description, "national_number_pattern", None) or ""


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in dict.fromkeys(patterns) if pattern) or "(?!)")


def calling_code(digits: str) -> int:
    """The calling code that an international number begins with, 0 for none. No code begins another."""
    codes = _codes()
    return next((code for length in (1, 2, 3) if (code := int(digits[:length])) in codes), 0)


@cache
def _codes() -> frozenset[int]:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    return frozenset(COUNTRY_CODE_TO_REGION_CODE)
