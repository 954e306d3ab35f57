"""Faker, from the extra `synthetic`, loaded when first asked for."""

from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING, Any

from aboveboard.privacy.operators._errors import SyntheticMissingError

if TYPE_CHECKING:
    from faker import Faker

LOCALES = ("en_US", "en_GB", "de_DE", "es_ES", "fr_FR", "it_IT")
"""Where names and places come from when the policy does not say, in the order they are tried."""


@lru_cache(maxsize=32)
def _faker(locale: str) -> "Faker":
    try:
        from faker import Faker
    except ImportError as error:
        cure = "pip install 'aboveboard[synthetic]', or choose another operator (redact, pseudonymise)"
        raise SyntheticMissingError(
            "`replace` makes up names and places with Faker, which is missing", cure=cure
        ) from error
    try:
        return Faker(locale)
    except AttributeError as error:
        cure = f"for example {', '.join(LOCALES)}"
        raise SyntheticMissingError(f"no names are known for the locale {locale!r}", cure=cure) from error


def drawn(kind: str, locale: str, random: Random) -> str:
    """One of Faker's made-up values (`last_name`, `city`), chosen by `random` alone."""
    faker = _faker(locale)
    faker.seed_instance(random.getrandbits(64))
    return str(getattr(faker, kind)())


@lru_cache(maxsize=32)
def given_names(locale: str) -> tuple[frozenset[str], frozenset[str]]:
    """The women's and the men's given names of a locale, in lower case."""
    provider: Any = next((p for p in _faker(locale).providers if ".person" in p.__module__), None)
    return _folded(provider, "first_names_female"), _folded(provider, "first_names_male")


@lru_cache(maxsize=32)
def family_names(locale: str) -> frozenset[str]:
    """The family names of a locale, in lower case."""
    provider: Any = next((p for p in _faker(locale).providers if ".person" in p.__module__), None)
    return _folded(provider, "last_names")


def _folded(provider: object, name: str) -> frozenset[str]:
    return frozenset(str(word).casefold() for word in getattr(provider, name, ()))
