"""Which operator each type of data meets."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from aboveboard.privacy.operators._kinds import Kind, kind_of
from aboveboard.privacy.operators._mask import Mask
from aboveboard.privacy.operators._operator import Bond, Operator
from aboveboard.privacy.operators._presets import preset_kinds


@dataclass(frozen=True, slots=True)
class Policy:
    """An operator for each type, else for each kind of type; numbered placeholders where nothing is said.

    `scope` is within what pseudonyms and made-up values agree; `locale` (`de_DE`) is where made-up names come
    from.
    """

    types: Mapping[str, Operator] = field(default_factory=dict)
    kinds: Mapping[Kind, Operator] = field(default_factory=dict)
    scope: str = ""
    locale: str | None = None
    name: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "types", MappingProxyType(dict(self.types)))
        object.__setattr__(
            self, "kinds", MappingProxyType({kind: Mask() for kind in Kind} | dict(self.kinds))
        )

    @classmethod
    def load(cls, source: "str | Path | Mapping[str, object]") -> "Policy":
        """The policy of a YAML file or a mapping: `{email: mask, age: {generalise: {band: 10}}, quasi:
        redact}`.

        Raises PolicyError with the line, or the path, of each problem.
        """
        from aboveboard.privacy.operators._reading import read_rules

        rules = read_rules(source)
        return cls(rules.types, rules.kinds, rules.scope, rules.locale, rules.preset)

    def operator_for(self, type_: str) -> Operator:
        """The operator of a type."""
        return self.types.get(type_) or self.kinds[kind_of(type_)]

    def operators(self) -> list[Operator]:
        """All operators it may apply."""
        return [*self.types.values(), *self.kinds.values()]

    def within(self, scope: str) -> "Policy":
        """The same policy for another scope: a person, a document, a project."""
        return replace(self, scope=scope)

    @property
    def needs_key(self) -> bool:
        """Whether any operator needs a key."""
        return any(operator.needs_key for operator in self.operators())

    @property
    def is_restorable(self) -> bool:
        """Whether every value in a text can be put back as it stood: by the table, the key, or since it
        never left.
        """
        return all(operator.is_restorable for operator in self.operators())

    @property
    def is_irreversible(self) -> bool:
        """Whether nothing leads back to a value. A quasi-identifier may be kept: its risk is measured."""
        operators = [*self.kinds.items(), *((kind_of(type_), made) for type_, made in self.types.items())]
        return all(
            made.bond is Bond.NONE or (made.bond is Bond.PLAIN and kind is Kind.QUASI)
            for kind, made in operators
        )


def preset(name: str) -> Policy:
    """The policy of this name (`PRESETS`). Raises UnknownNameError."""
    return Policy(kinds=preset_kinds(name), name=name)
