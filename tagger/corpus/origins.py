# ruff: noqa: E501, SIM905 - tables of words: one long line reads better than a column
"""Given and family names by origin, split into names to train on and names held out for measuring.

An origin is a naming tradition, not a nationality: it only says where a list of names comes from. The
lists are Faker's providers (MIT) and, for traditions those miss, our own (`origin_lists/`).
"""

from __future__ import annotations

import importlib
import re
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from ._transliteration import is_latin, romanised

_LISTS = Path(__file__).parent / "origin_lists"
_HELD_OUT_SHARE = 0.15
_SALT = b"names6"  # of those tried, the one that leaves every origin enough held-out names
_PARTICLES = frozenset(
    "de la del della di da do dos das du le von van der den zu y e i al el bin ben st o d af av ter ten".split()
)

# Origin → Faker locales whose lists are joined.
_FAKER = {
    "english": ("en_US", "en_GB", "en_NZ"),
    "irish": ("en_IE", "ga_IE"),
    "german": ("de_DE", "de_AT"),
    "swiss": ("de_CH", "fr_CH"),
    "luxembourgish": ("de_LU", "de_LI"),
    "dutch": ("nl_NL", "nl_BE"),
    "danish": ("da_DK",),
    "norwegian": ("no_NO",),
    "swedish": ("sv_SE",),
    "finnish": ("fi_FI",),
    "icelandic": ("is_IS",),
    "estonian": ("et_EE",),
    "latvian": ("lv_LV",),
    "lithuanian": ("lt_LT",),
    "french": ("fr_FR", "fr_BE"),
    "italian": ("it_IT",),
    "spanish": ("es_ES",),
    "catalan": ("es_CA",),
    "mexican": ("es_MX",),
    "colombian": ("es_CO", "es_CL", "es_AR"),
    "portuguese": ("pt_PT",),
    "brazilian": ("pt_BR",),
    "polish": ("pl_PL",),
    "czech": ("cs_CZ",),
    "slovak": ("sk_SK",),
    "hungarian": ("hu_HU",),
    "slovene": ("sl_SI",),
    "croatian": ("hr_HR",),
    "romanian": ("ro_RO",),
    "bulgarian": ("bg_BG",),
    "macedonian": ("mk_MK",),
    "greek": ("el_GR",),
    "russian": ("ru_RU",),
    "ukrainian": ("uk_UA",),
    "turkish": ("tr_TR",),
    "azerbaijani": ("az_AZ",),
    "uzbek": ("uz_UZ",),
    "indian": ("en_IN",),
    "kenyan": ("en_KE",),
    "indonesian": ("id_ID",),
    "vietnamese": ("vi_VN",),
    "yoruba": ("yo_NG",),
    "hausa": ("ha_NG",),
    "igbo": ("ig_NG",),
    "akan": ("tw_GH",),
    "zulu": ("zu_ZA",),
    "swahili": ("sw",),
    "pakistani": ("en_PK",),
    "thai": ("en_TH",),
}
# Origins whose own script appears now and then in the five languages' texts.
_NATIVE = {
    "greek-script": ("el_GR",),
    "cyrillic-script": ("ru_RU", "uk_UA", "bg_BG"),
    "arabic-script": ("ar_AA", "fa_IR"),
    "devanagari-script": ("hi_IN", "ne_NP"),
    "han-script": ("zh_CN", "zh_TW", "ja_JP"),
    "hangul-script": ("ko_KR",),
    "hebrew-script": ("he_IL",),
}
_MERGED = {"armenian-latin": "armenian", "georgian-latin": "georgian", "turkish-extra": "turkish"}


@lru_cache(maxsize=1)
def origins() -> tuple[str, ...]:
    """Every origin with Latin-script names, sorted."""
    return tuple(sorted(set(_FAKER) | {origin for origin, _ in _own_lists()}))


def native_scripts() -> tuple[str, ...]:
    """Origins written in a script of their own, sorted."""
    return tuple(sorted(_NATIVE))


@lru_cache(maxsize=1024)
def names(origin: str, part: str = "given", held_out: bool = False) -> tuple[str, ...]:
    """The names of `origin`: "given" or "family", to train on or (`held_out`) to measure with; sorted.

    A name is held out when a hash of any of its words says so, hence a held-out name is never part of
    a name trained on. Raises KeyError for an unknown origin or part.
    """
    if part not in ("given", "family"):
        raise KeyError(f"part must be 'given' or 'family', not {part!r}")
    return tuple(name for name in _all_names(origin, part) if is_held_out(name) == held_out)


def is_held_out(name: str) -> bool:
    """Whether `name` belongs to the share that is never trained on (by hash, so for all time)."""
    return any(_is_word_held_out(word) for word in words(name))


def words(name: str) -> list[str]:
    """The words of a name that identify somebody: particles and initials are left out."""
    return [
        word
        for word in re.split(r"[\W_]+", name.casefold())
        if (len(word) > 1 or not is_latin(word)) and word not in _PARTICLES
    ]


@lru_cache(maxsize=65536)
def _is_word_held_out(word: str) -> bool:
    digest = blake2b(word.encode(), digest_size=8, person=_SALT).digest()
    return int.from_bytes(digest, "big") / 2**64 < _HELD_OUT_SHARE


@lru_cache(maxsize=512)
def _all_names(origin: str, part: str) -> tuple[str, ...]:
    if origin in _NATIVE:
        return _clean(_faker_names(_NATIVE[origin], part), keep_script=True)
    found = list(_own_lists().get((origin, part), ()))
    found += _faker_names(_FAKER.get(origin, ()), part)
    if origin == "icelandic" and part == "family":
        found = _patronymics(_faker_names(("is_IS",), "given"))
    if not found:
        raise KeyError(f"no {part} names of origin {origin!r}")
    return _clean(found, keep_script=False)


def _patronymics(fathers: list[str]) -> list[str]:
    """Icelandic family names: the father's name in the genitive, roughly, and "son" or "dóttir"."""
    stems = [name[:-1] if name.endswith(("i", "a")) else name.removesuffix("ur") for name in fathers]
    endings = ["a" if name.endswith("i") else "u" if name.endswith("a") else "s" for name in fathers]
    genitives = [stem + ending for stem, ending in zip(stems, endings, strict=True)]
    return [father + child for father in genitives for child in ("son", "dóttir")]


def _clean(found: list[str], keep_script: bool) -> tuple[str, ...]:
    spelled = found if keep_script else [name if is_latin(name) else romanised(name) for name in found]
    return tuple(sorted({name.strip() for name in spelled if _is_usable(name)}))


def _is_usable(name: str) -> bool:
    return 0 < len(name.strip()) <= 40 and not re.search(r"[\d.,;:!?()\[\]{}]", name)


def _faker_names(locales: tuple[str, ...], part: str) -> list[str]:
    stem = "first_names" if part == "given" else "last_names"
    found: list[str] = []
    for locale in locales:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in _attributes(stem):
            listed = getattr(provider, attribute, ())
            if isinstance(listed, (list, tuple, dict)) and not _is_inherited(provider, attribute):
                found += [name for name in listed if isinstance(name, str)]
    return found


def _attributes(stem: str) -> list[str]:
    kinds = ("male", "female", "nonbinary", "unisex")
    return [stem, *(f"{stem}_{kind}" for kind in kinds), *(f"{kind}_{stem}" for kind in kinds)]


def _is_inherited(provider: type, attribute: str) -> bool:
    """Whether a provider has only the base class's placeholder (John and Jane Doe)."""
    return all(attribute not in vars(base) for base in provider.__mro__ if base.__module__.count(".") > 2)


@lru_cache(maxsize=1)
def _own_lists() -> dict[tuple[str, str], tuple[str, ...]]:
    lists: dict[tuple[str, str], tuple[str, ...]] = {}
    for path in sorted(_LISTS.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                key, _, listed = line.partition(": ")
                origin, _, part = key.rpartition(".")
                lists[_MERGED.get(origin, origin), part] = tuple(listed.split())
    return lists
