"""What is looked for in a text: personal data and secrets, of some types, found with enough confidence."""

from dataclasses import dataclass
from functools import cache

from aboveboard.errors import UnknownNameError
from aboveboard.privacy._layers import laid_over
from aboveboard.privacy._span import PersonalData

_SURROGATES = dict.fromkeys(range(55296, 57344), "�")


@dataclass(frozen=True, slots=True)
class Looking:
    """The types to find (None: all) and the least confidence (0…1). Called with a text, in any process."""

    types: frozenset[str] | None = None
    least: float = 0.0

    def __post_init__(self) -> None:
        for name in sorted(self.types or ()):
            if name not in known_types():
                raise UnknownNameError("type of personal data", name, known_types())

    def __call__(self, text: str) -> list[PersonalData]:
        """What is found in `text`, in order, never overlapping."""
        if not text:
            return []
        text = without_surrogates(text)
        found = laid_over(self._personal(text), self._secrets(text))
        return found if self.least <= 0 else [item for item in found if item.confidence >= self.least]

    def _personal(self, text: str) -> list[PersonalData]:
        from aboveboard.privacy import find

        wanted = None if self.types is None else self.types - secret_types()
        return [] if wanted is not None and not wanted else list(find(text, wanted))

    def _secrets(self, text: str) -> list[PersonalData]:
        from aboveboard.privacy import find_secrets

        if self.types is not None and not self.types & secret_types():
            return []
        return [item for item in find_secrets(text) if self.types is None or item.type in self.types]


def without_surrogates(text: str) -> str:
    """`text` with lone surrogates (JSON may hold them) as replacement characters; the same length."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.translate(_SURROGATES)
    return text


@cache
def known_types() -> tuple[str, ...]:
    """Every type that can be found: personal data, then secrets."""
    from aboveboard.privacy import TYPES

    return (*TYPES, *sorted(secret_types() - set(TYPES)))


@cache
def secret_types() -> frozenset[str]:
    """The types of secrets, whose values are shown nowhere."""
    from aboveboard.privacy.secrets._rules import RULES

    return frozenset({rule.type for rule in RULES} | {"private-key", "web-token", "password"})
