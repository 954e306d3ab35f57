"""A guard's own options, read from the charter."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from aboveboard.errors import suggest
from aboveboard.guards._errors import GuardOptionError
from aboveboard.guards._verdict import SegmentRole

ROLES: tuple[str, ...] = get_args(SegmentRole)
DISCLOSED = ("user", "assistant", "tool-call")
"""Whose values the reader of the answer may see again: their own, and what earlier answers held."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with an option, at a place in the options (`("rules", 2, "name")`)."""

    path: tuple[str | int, ...]
    what: str
    cure: str = ""


def refuse(guard: str, flaws: Iterable[Flaw]) -> None:
    """Raises GuardOptionError for the first flaw, when there is one."""
    for flaw in flaws:
        where = ".".join(map(str, flaw.path))
        raise GuardOptionError(f"{guard}: {where}: {flaw.what}", cure=flaw.cure)


def check_options(guard: str, options: Mapping[str, Any], known: Collection[str]) -> None:
    """Raises GuardOptionError for an option that is not known, with the nearest that is."""
    for name in options:
        if name not in known:
            cure = suggest(name, sorted(known)) if known else "it has none"
            raise GuardOptionError(f"the {guard} guard has no option {name!r}", cure=cure)


def flag(guard: str, options: Mapping[str, Any], name: str, default: bool) -> bool:
    """A yes or no."""
    value = options.get(name, default)
    if not isinstance(value, bool):
        raise GuardOptionError(f"{guard}: {name} is {value!r}", cure="write true or false")
    return value


def choice(guard: str, options: Mapping[str, Any], name: str, known: Collection[str]) -> str:
    """One of some words, the first by default."""
    value = options.get(name, next(iter(known)))
    if value not in known:
        raise GuardOptionError(f"{guard}: {name} is {value!r}", cure=f"write one of: {', '.join(known)}")
    return str(value)


def words(
    guard: str, options: Mapping[str, Any], name: str, known: Collection[str]
) -> tuple[str, ...] | None:
    """Some of some words; None when the option is absent."""
    value = options.get(name)
    if value is None:
        return None
    if not isinstance(value, (list, tuple)) or not value:
        raise GuardOptionError(f"{guard}: {name} is {value!r}", cure=f"write a list of: {', '.join(known)}")
    for word in value:
        if word not in known:
            raise GuardOptionError(f"{guard}: {name} has {word!r}", cure=suggest(str(word), list(known)))
    return tuple(map(str, value))


def texts(guard: str, options: Mapping[str, Any], name: str) -> dict[str, str]:
    """A mapping of words to texts, empty by default."""
    value = options.get(name, {})
    if not isinstance(value, Mapping) or not all(isinstance(text, str) for text in value.values()):
        raise GuardOptionError(
            f"{guard}: {name} is not a mapping of texts", cure=f'write {name}: {{EU: "116 123"}}'
        )
    return {str(key): text for key, text in value.items()}
