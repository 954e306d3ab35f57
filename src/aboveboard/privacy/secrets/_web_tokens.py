"""JSON Web Tokens (RFC 7519)."""

import binascii
import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator

from aboveboard.privacy._span import PersonalData

# Within a word too (`tokeneyJ…`), near its beginning: its header tells a token.
_JWT = re.compile(
    r"(?a)(?<![\w-])[\w-]{0,64}?(?P<token>(?P<header>eyJ[\w-]{8,4000}+)\.[\w-]{4,4000}+(?:\.[\w-]{0,1000}+)?)"
)


def web_tokens(text: str) -> Iterator[PersonalData]:
    """Tokens whose header is a JSON object that names its algorithm."""
    if "eyJ" in text:
        for match in _JWT.finditer(text):
            if _is_jose_header(match["header"]):
                yield PersonalData(*match.span("token"), "web-token")


def _is_jose_header(part: str) -> bool:
    try:
        header = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return False
    return isinstance(header, dict) and ("alg" in header or "enc" in header)
