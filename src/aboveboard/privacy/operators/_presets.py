"""Policies with names."""

from collections.abc import Mapping
from types import MappingProxyType

from aboveboard.errors import UnknownNameError
from aboveboard.privacy.operators._generalise import Generalise
from aboveboard.privacy.operators._kinds import Kind
from aboveboard.privacy.operators._operator import Operator
from aboveboard.privacy.operators._pseudonymise import Pseudonymise
from aboveboard.privacy.operators._redact import Redact

# mask: for an exchange with a model; everything comes back.
# redact: for eyes that need none of it.
# research: the same person can be followed, nobody named; needs a key.
# share: for others; nothing leads back to a value.
_PRESETS: Mapping[str, Mapping[Kind, Operator]] = MappingProxyType(
    {
        "mask": {},
        "redact": {kind: Redact() for kind in Kind},
        "research": {Kind.DIRECT: Pseudonymise(), Kind.QUASI: Generalise(), Kind.SECRET: Redact()},
        "share": {Kind.DIRECT: Redact(), Kind.QUASI: Generalise(), Kind.SECRET: Redact()},
    }
)
PRESETS: tuple[str, ...] = tuple(_PRESETS)
"""The names that `preset` knows."""


def preset_kinds(name: str) -> Mapping[Kind, Operator]:
    """The operators of the policy of this name. Raises UnknownNameError."""
    if name not in _PRESETS:
        raise UnknownNameError("policy", name, PRESETS)
    return _PRESETS[name]
