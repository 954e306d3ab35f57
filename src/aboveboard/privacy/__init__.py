"""Personal data and secrets in text: found, masked, restored.

What a text that grows needs is in `streams`, files are in `files`, how operators and policies work is in
`operators` and `masking`, the risk of tables in `risk`.
"""

from aboveboard.privacy._finder import TYPES, find, find_many, prepare
from aboveboard.privacy._span import NAME_TYPES, PersonalData
from aboveboard.privacy.masking import (
    Anonymised,
    Masked,
    Masking,
    Pseudonymised,
    RestoringStream,
    mask,
    restore,
)
from aboveboard.privacy.operators import Key, Policy, preset
from aboveboard.privacy.patterns import PATTERN_TYPES
from aboveboard.privacy.secrets import SECRET_TYPES, find_secrets

__all__ = [
    "NAME_TYPES",
    "PATTERN_TYPES",
    "SECRET_TYPES",
    "TYPES",
    "Anonymised",
    "Key",
    "Masked",
    "Masking",
    "PersonalData",
    "Policy",
    "Pseudonymised",
    "RestoringStream",
    "find",
    "find_many",
    "find_secrets",
    "mask",
    "prepare",
    "preset",
    "restore",
]
