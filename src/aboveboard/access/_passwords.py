"""Passwords of people: chosen by people, so guessable, so hashed slowly.

scrypt (RFC 7914) with N = 2^15, r = 8, p = 3: one of the settings in OWASP's Password Storage Cheat Sheet;
it costs an attacker as much as N = 2^17, p = 1, in 32 MiB of memory in place of 128. Length is what is asked
of a password, nothing else: 15 characters (NIST SP 800-63B-4, section 3.1.1.2, for a password by itself).
"""

import base64
import hashlib
import hmac
import secrets
import threading
import unicodedata
from dataclasses import dataclass

from aboveboard.access._errors import AccessInputError

SHORTEST, LONGEST = 15, 256
_SALT = 16
_LENGTH = 32
# So many at once, in one process: each takes 32 MiB.
_ROOM = threading.Semaphore(2)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a guess costs: N is 2 to the power of `log_n`; the memory is 128 · N · r bytes."""

    log_n: int = 15
    r: int = 8
    p: int = 3


def checked_password(password: str, name: str) -> str:
    """The password in the one form that is hashed (NFKC); raises AccessInputError."""
    text = unicodedata.normalize("NFKC", password[: 4 * LONGEST])
    if not SHORTEST <= len(text) <= LONGEST:
        raise AccessInputError(
            f"not a password: {SHORTEST} to {LONGEST} characters", cure="some words in a row are easy to keep"
        )
    if text.casefold() == name.casefold() or len(set(text)) == 1:
        raise AccessInputError("a password that is guessed first", cure="choose another")
    return text


def hashed(password: str, cost: Cost) -> str:
    """What is kept: the cost, a salt of 128 random bits and the hash."""
    salt = secrets.token_bytes(_SALT)
    parts = (_text(salt), _text(_scrypt(password, salt, cost)))
    return f"scrypt${cost.log_n}${cost.r}${cost.p}${'$'.join(parts)}"


def matches(password: str, kept: str) -> bool:
    """Whether a password is the one that was hashed; takes as long whether it is or not."""
    _, log_n, r, p, salt, expected = kept.split("$")
    text = unicodedata.normalize("NFKC", password[: 4 * LONGEST])
    found = _scrypt(text, base64.b64decode(salt), Cost(int(log_n), int(r), int(p)))
    return hmac.compare_digest(found, base64.b64decode(expected))


def _scrypt(password: str, salt: bytes, cost: Cost) -> bytes:
    n = 1 << cost.log_n
    memory = 2 * 128 * n * cost.r + (1 << 20)
    with _ROOM:
        return hashlib.scrypt(
            password.encode(errors="replace"),
            salt=salt,
            n=n,
            r=cost.r,
            p=cost.p,
            maxmem=memory,
            dklen=_LENGTH,
        )


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
