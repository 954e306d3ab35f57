"""Faker, from the extra `synthetic`, loaded when first asked for."""

from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING, Any

from aboveboard.privacy.operators._errors import SyntheticMissingError

if TYPE_CHECKING:
    from faker import Faker

LISTS = {"f": "first_names_female", "m": "first_names_male", "family": "last_names"}
"""Faker's lists: women's and men's given names, and family names."""


@lru_cache(maxsize=32)
def _faker(locale: str) -> "Faker":
    try:
        from faker import Faker
    except ImportError as error:
        cure = (
            "install the extra `synthetic`; in a clone: .venv/bin/pip install -e '.[synthetic]'; "
            "or choose another operator (redact, pseudonymise)"
        )
        what = "`replace` makes up names and places with Faker, which is missing"
        raise SyntheticMissingError(what, cure=cure) from error
    try:
        return Faker(locale)
    except AttributeError as error:
        raise SyntheticMissingError(f"Faker has no locale {locale!r}", cure="for example de_DE") from error


def drawn(kind: str, locale: str, random: Random) -> str:
    """One of Faker's made-up values (`city`, `company`), chosen by `random` alone."""
    faker = _faker(locale)
    faker.seed_instance(random.getrandbits(64))
    return str(getattr(faker, kind)())


@lru_cache(maxsize=128)
def names(locale: str, kind: str) -> frozenset[str]:
    """The names of one word in one of Faker's lists (`LISTS`), as they are written."""
    provider: Any = next((p for p in _faker(locale).providers if ".person" in p.__module__), None)
    return frozenset(str(name) for name in getattr(provider, LISTS[kind], ()) if str(name).isalpha())


@lru_cache(maxsize=128)
def folded_names(locale: str, kind: str) -> frozenset[str]:
    """The same in lower case, to look words up in."""
    return frozenset(name.casefold() for name in names(locale, kind))


@lru_cache(maxsize=32)
def countries(locale: str) -> frozenset[str]:
    """The names of countries in a locale's language, in lower case."""
    provider: Any = next((p for p in _faker(locale).providers if ".address" in p.__module__), None)
    return frozenset(str(name).casefold() for name in getattr(provider, "countries", ()))
