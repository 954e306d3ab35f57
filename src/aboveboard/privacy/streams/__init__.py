"""What a text that grows needs: how much of it can be judged, what must be kept of it, and JSON in pieces."""

from aboveboard.privacy._context import LONGEST_CONTEXT, MOST_CONTEXT, kept
from aboveboard.privacy._decoding import (
    Decoded,
    decode_json,
    decode_marks,
    ends_in_string,
    may_hold_marks,
    settled_json,
)
from aboveboard.privacy._finder import settled_findings, settled_personal_data
from aboveboard.privacy._layers import laid_over
from aboveboard.privacy.patterns import DISGUISES
from aboveboard.privacy.secrets import settled_secrets

__all__ = [
    "DISGUISES",
    "LONGEST_CONTEXT",
    "MOST_CONTEXT",
    "Decoded",
    "decode_json",
    "decode_marks",
    "ends_in_string",
    "kept",
    "laid_over",
    "may_hold_marks",
    "settled_findings",
    "settled_json",
    "settled_personal_data",
    "settled_secrets",
]
