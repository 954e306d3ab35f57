"""Policies from YAML files and mappings; every problem with its line or path."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from aboveboard.errors import suggest
from aboveboard.privacy.operators._encrypt import Encrypt
from aboveboard.privacy.operators._errors import PolicyError, PolicyProblem
from aboveboard.privacy.operators._generalise import Generalise
from aboveboard.privacy.operators._hash import Hash
from aboveboard.privacy.operators._keep import Keep
from aboveboard.privacy.operators._kinds import DIRECT_TYPES, QUASI_TYPES, Kind
from aboveboard.privacy.operators._mask import Mask
from aboveboard.privacy.operators._operator import Operator
from aboveboard.privacy.operators._presets import PRESETS, preset_kinds
from aboveboard.privacy.operators._pseudonymise import Pseudonymise
from aboveboard.privacy.operators._redact import Redact
from aboveboard.privacy.operators._replace import Replace
from aboveboard.privacy.operators._yaml import Path_, lines_of, read_text

OPERATORS: Mapping[str, type[Operator]] = {
    made.name: made for made in (Encrypt, Generalise, Hash, Keep, Mask, Pseudonymise, Redact, Replace)
}
"""Every operator a policy may name."""
_WORDS = ("preset", "scope", "locale")
_KINDS = {kind.value: kind for kind in Kind}
# The issuers of secrets are many and grow; all of them are named like this.
_SECRET = re.compile(
    r"password|jwt|[a-z0-9]{1,24}(?:-[a-z0-9]{1,16}){0,2}-(?:auth|credentials|key|password|secret|string|token|webhook)"
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a policy says; `preset` is its name when it is one unchanged."""

    types: Mapping[str, Operator]
    kinds: Mapping[Kind, Operator]
    scope: str = ""
    locale: str | None = None
    preset: str = ""


def read_rules(source: str | Path | Mapping[str, object]) -> Rules:
    """The rules of a YAML file or a mapping. Raises PolicyError."""
    if isinstance(source, Mapping):
        return _Reader().rules(source)
    tree, lines = lines_of(read_text(Path(source)), str(source))
    return _Reader(str(source), lines).rules(tree)


@dataclass(slots=True)
class _Reader:
    where: str = ""
    lines: Mapping[Path_, int] = field(default_factory=dict)
    problems: list[PolicyProblem] = field(default_factory=list)

    def rules(self, tree: object) -> Rules:
        """The rules of a tree. Raises PolicyError with all problems."""
        path: Path_ = ()
        if isinstance(tree, Mapping) and set(tree) == {"privacy"}:
            tree, path = tree["privacy"], ("privacy",)
        if not isinstance(tree, Mapping):
            self._refused(path, "a policy is a mapping of types to operators", "example: `email: mask`")
            raise PolicyError(self.problems, self.where)
        made = self._rules(tree, path)
        if self.problems:
            raise PolicyError(self.problems, self.where)
        return made

    def _rules(self, tree: Mapping[Any, object], path: Path_) -> Rules:
        name = self._preset(tree.get("preset", "mask"), (*path, "preset"))
        types: dict[str, Operator] = {}
        kinds = dict(preset_kinds(name))
        for type_, rule in tree.items():
            operator = None if type_ in _WORDS else self._rule(type_, rule, (*path, str(type_)))
            if operator is not None and type_ in _KINDS:
                kinds[_KINDS[str(type_)]] = operator
            elif operator is not None:
                types[str(type_)] = operator
        scope, locale = (self._word(tree, word, path) for word in ("scope", "locale"))
        return Rules(types, kinds, scope or "", locale, name if set(tree) <= {"preset"} else "")

    def _preset(self, name: object, path: Path_) -> str:
        if isinstance(name, str) and name in PRESETS:
            return name
        self._refused(path, f"unknown preset {str(name)[:80]!r}", suggest(str(name)[:80], PRESETS))
        return "mask"

    def _word(self, tree: Mapping[Any, object], name: str, path: Path_) -> str | None:
        value = tree.get(name)
        if value is not None and not isinstance(value, str):
            self._refused((*path, name), "must be a text")
            return None
        return value

    def _rule(self, name: object, rule: object, path: Path_) -> Operator | None:
        known = [*_KINDS, *_WORDS, *DIRECT_TYPES, *QUASI_TYPES]
        if name not in known and not _is_secret(name):
            return self._refused(
                path, f"unknown type of data {str(name)[:80]!r}", suggest(str(name)[:80], known)
            )
        if isinstance(rule, str):
            return self._operator(rule, {}, path)
        if isinstance(rule, Mapping) and len(rule) == 1:
            operator, options = next(iter(rule.items()))
            return self._operator(str(operator), {} if options is None else options, path)
        return self._refused(path, "must be one operator", "example: `age: {generalise: {band: 10}}`")

    def _operator(self, name: str, options: object, path: Path_) -> Operator | None:
        if name not in OPERATORS:
            return self._refused(path, f"unknown operator {name[:80]!r}", suggest(name[:80], OPERATORS))
        if not isinstance(options, Mapping):
            return self._refused((*path, name), "options are a mapping")
        made, count = OPERATORS[name], len(self.problems)
        given = {
            str(key): self._option(made, key, value, (*path, name, str(key)))
            for key, value in options.items()
        }
        if len(self.problems) > count:
            return None
        try:
            return made(**given)
        except ValueError as error:
            option, _, allowed = str(error).partition(": ")
            return self._refused(
                (*path, name, option), f"not allowed: {given[option]!r}", f"allowed: {allowed}"
            )

    def _option(self, made: type[Operator], key: object, value: object, path: Path_) -> object:
        defaults = {option.name: option.default for option in fields(made)}  # type: ignore[arg-type]  # all are dataclasses
        if key not in defaults:
            known = list(defaults)
            return self._refused(path, f"`{made.name}` has no such option", suggest(str(key)[:80], known))
        wanted = type(defaults[str(key)])
        if type(value) is not wanted:
            self._refused(path, f"must be {_TYPE_WORDS[wanted]}, not {type(value).__name__}")
        return value

    def _refused(self, path: Path_, what: str, cure: str = "") -> Operator | None:
        """Keeps a problem; None, in the place of what could not be read."""
        self.problems.append(PolicyProblem(".".join(path), what, cure, _line(self.lines, path)))
        return None


_TYPE_WORDS: Mapping[type, str] = {int: "a whole number", str: "a text", bool: "true or false"}


def _line(lines: Mapping[Path_, int], path: Path_) -> int:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 0)


def _is_secret(name: object) -> bool:
    return isinstance(name, str) and _SECRET.fullmatch(name) is not None
