"""The names that exist outside the charter package."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Direction = Literal["higher", "lower", "zero", "parity"]
"""What is best of a measure: the most, the least, 0 or 1."""


class Flaw(Protocol):
    """What a guard finds wrong with its own options, at a path in them (`("rules", 2, "name")`)."""

    @property
    def path(self) -> tuple[str | int, ...]: ...
    @property
    def what(self) -> str: ...
    @property
    def cure(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Known:
    """The measures, guards and model providers that are installed, given by the composition root.

    Explicit on purpose: an empty set knows nothing and refuses everything. The mappings say more of some of
    them, by name, and what they leave out is not checked here: the options and modes that guards take, what
    they find wrong with what is written there, what measures can be split `over`, the lowest and highest
    value a measure can have, and which way is better.
    """

    measures: frozenset[str]
    guards: frozenset[str]
    providers: frozenset[str]
    guard_options: Mapping[str, frozenset[str]] = field(default_factory=dict)
    guard_modes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    guard_flaws: Mapping[str, Callable[[Mapping[str, Any]], Iterable[Flaw]]] = field(default_factory=dict)
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    directions: Mapping[str, Direction] = field(default_factory=dict)
