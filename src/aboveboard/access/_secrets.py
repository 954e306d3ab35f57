"""The text of a key: how it is made, read and compared.

`ab-` + 10 characters of Crockford's base 32 + `-` + 43 characters of base64url. The first part is public and
names the key; the second holds 256 random bits. At rest there is only its SHA-256: a slow hash makes guesses
of *chosen* passwords costly, and nobody guesses 256 random bits (NIST SP 800-63B-4, section 3.1.2.2: look-up
secrets of at least 112 bits need none).
"""

import base64
import hashlib
import hmac
import re
import secrets

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_FORM = re.compile(r"ab-([0-9a-hjkmnp-tv-z]{10})-([A-Za-z0-9_-]{43})", re.ASCII)
_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{10}", re.ASCII)
_BYTES = 32

NOBODY = secrets.token_bytes(_BYTES)
"""A digest that no secret has: what is compared with where there is nothing to compare with."""


def make_id() -> str:
    """A public id: 50 random bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


def make_secret() -> str:
    """256 random bits as 43 characters."""
    return base64.urlsafe_b64encode(secrets.token_bytes(_BYTES)).decode().rstrip("=")


def joined(key_id: str, secret: str) -> str:
    """The text that its holder keeps."""
    return f"ab-{key_id}-{secret}"


def taken_apart(text: str) -> tuple[str, str] | None:
    """The public id and the secret of a key's text; None for what is no key."""
    found = _FORM.fullmatch(text)
    return (found[1], found[2]) if found else None


def is_key_id(text: str) -> bool:
    """Whether a text has the form of a public id."""
    return _ID.fullmatch(text) is not None


def digest_of(secret: str) -> bytes:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).digest()


def is_one_of(given: bytes, known: tuple[bytes, bytes]) -> bool:
    """Whether a digest is one of two, in a time that does not depend on which, or on any byte of them."""
    first = hmac.compare_digest(given, known[0])
    return hmac.compare_digest(given, known[1]) or first
