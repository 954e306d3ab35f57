"""Personal data and secrets in text: found, masked, restored."""

from aboveboard.privacy._context import LONGEST_CONTEXT
from aboveboard.privacy._decoding import Decoded, decode_json, ends_in_string, settled_json
from aboveboard.privacy._finder import (
    TYPES,
    find,
    find_many,
    prepare,
    settled_personal_data,
)
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
from aboveboard.privacy.masking._masker import Masker, replace_spans
from aboveboard.privacy.masking._placeholder import unfinished_from
from aboveboard.privacy.masking._unmasker import Unmasker
from aboveboard.privacy.operators import Key, Policy, preset
from aboveboard.privacy.patterns._engine import PATTERN_TYPES
from aboveboard.privacy.patterns._regions import CONTEXT
from aboveboard.privacy.secrets._finding import find_secrets, settled_secrets

__all__ = [
    "CONTEXT",
    "LONGEST_CONTEXT",
    "NAME_TYPES",
    "PATTERN_TYPES",
    "TYPES",
    "Anonymised",
    "Decoded",
    "Key",
    "Masked",
    "Masker",
    "Masking",
    "PersonalData",
    "Policy",
    "Pseudonymised",
    "RestoringStream",
    "Unmasker",
    "decode_json",
    "ends_in_string",
    "find",
    "find_many",
    "find_secrets",
    "mask",
    "prepare",
    "preset",
    "replace_spans",
    "restore",
    "settled_json",
    "settled_personal_data",
    "settled_secrets",
    "unfinished_from",
]
