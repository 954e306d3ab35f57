"""JSON Web Tokens (RFC 7519)."""

import binascii
import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator

from aboveboard.privacy._span import PersonalData

_JWT = re.compile(r"(?a)(?<![\w-])(eyJ[\w-]{8,4000}+)\.[\w-]{4,4000}+(?:\.[\w-]{0,1000}+)?")


def web_tokens(text: str) -> Iterator[PersonalData]:
    """Tokens whose header is a JSON object that names its algorithm."""
    if "eyJ" in text:
        for match in _JWT.finditer(text):
            if _is_jose_header(match[1]):
                yield PersonalData(match.start(), match.end(), "web-token")


def _is_jose_header(part: str) -> bool:
    try:
        header = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return False
    return isinstance(header, dict) and ("alg" in header or "enc" in header)
