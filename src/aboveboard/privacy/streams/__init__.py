"""What a text that grows needs: how much of it can be judged, what must be kept of it, and JSON in pieces."""

from aboveboard.privacy._context import LONGEST_CONTEXT, MOST_CONTEXT, kept
from aboveboard.privacy._decoding import Decoded, decode_json, ends_in_string, settled_json
from aboveboard.privacy._finder import settled_personal_data
from aboveboard.privacy._layers import laid_over
from aboveboard.privacy.secrets import settled_secrets

__all__ = [
    "LONGEST_CONTEXT",
    "MOST_CONTEXT",
    "Decoded",
    "decode_json",
    "ends_in_string",
    "kept",
    "laid_over",
    "settled_json",
    "settled_personal_data",
    "settled_secrets",
]
