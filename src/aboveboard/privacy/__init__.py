"""Personal data and secrets in text: found, masked, restored."""

from aboveboard.privacy._decoding import Decoded, decode_json, ends_in_string, settled_json
from aboveboard.privacy._span import PersonalData
from aboveboard.privacy.masking._masker import Masker, replace_spans
from aboveboard.privacy.masking._placeholder import unfinished_from
from aboveboard.privacy.masking._unmasker import Unmasker
from aboveboard.privacy.patterns._finder import TYPES, find, settled_personal_data
from aboveboard.privacy.patterns._regions import CONTEXT
from aboveboard.privacy.secrets._finding import find_secrets, settled_secrets

__all__ = [
    "CONTEXT",
    "TYPES",
    "Decoded",
    "Masker",
    "PersonalData",
    "Unmasker",
    "decode_json",
    "ends_in_string",
    "find",
    "find_secrets",
    "replace_spans",
    "settled_json",
    "settled_personal_data",
    "settled_secrets",
    "unfinished_from",
]
