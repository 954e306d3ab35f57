"""Encryption: the key alone gives the value back, no table."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from secrets import token_bytes
from typing import TYPE_CHECKING, ClassVar

from aboveboard.privacy._stand_ins import token, type_name
from aboveboard.privacy.operators._ff1 import FF1
from aboveboard.privacy.operators._key import Key
from aboveboard.privacy.operators._operator import Bond, Session

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

_PIECE = 256  # characters a token holds; a longer value has several, one behind the other
_NONCE = 16
_DIGITS = re.compile(r"[0-9]")
_LETTER = re.compile(r"[^\W\d_]|[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Encrypt:
    """`<EMAIL=d…>`: AES-256-SIV (RFC 5297), bound to the type; the same value has the same token.

    With `fresh` each token has a random nonce, and nobody without the key sees which values are equal. With
    `digits` a value of six digits or more and no letters keeps its length and separators: its digits are
    encrypted by FF1 (see `_ff1`), and only `decrypt_digits`, field by field, gives them back, since such a
    ciphertext has no mark by which it could be found in a text. It may be somebody's real number. What FF1
    does not allow becomes a token.
    """

    name: ClassVar[str] = "encrypt"
    needs_key: ClassVar[bool] = True
    fresh: bool = False
    digits: bool = False

    def __post_init__(self) -> None:
        if self.fresh and self.digits:
            raise ValueError("digits: false with `fresh`, since digits have no room for a nonce")

    @property
    def bond(self) -> Bond:
        return Bond.KEY

    @property
    def is_restorable(self) -> bool:
        return not self.digits

    def replace(self, value: str, type_: str, session: Session) -> str:
        key = session.need_key(self.name)
        if self.digits and is_for_ff1(value):
            return _with_digits(value, lambda digits: _ff1(key).encrypt(digits, _tweak(type_)))
        return encrypt(value, type_, key, fresh=self.fresh)


def encrypt(value: str, type_: str, key: Key, *, fresh: bool = False) -> str:
    """Tokens for any value; one for each 256 characters."""
    pieces = [value[place : place + _PIECE] for place in range(0, len(value), _PIECE)] or [""]
    return "".join(_sealed(piece, type_, key, fresh=fresh) for piece in pieces)


def _sealed(piece: str, type_: str, key: Key, *, fresh: bool) -> str:
    # AES-SIV refuses to encrypt nothing: one byte in front says that what follows is ours.
    nonce, data = token_bytes(_NONCE) if fresh else b"", piece.encode("utf-8", "surrogatepass")
    sealed = _siv(key).encrypt(b"\x01" + data, [type_name(type_).encode("ascii"), nonce])
    return token(type_, "=", ("n" if fresh else "d") + _base64(nonce + sealed))


def open_token(name: str, body: str, key: Key) -> str | None:
    """What a token's body holds; None when another key or type, or nobody, made it."""
    from cryptography.exceptions import InvalidTag

    try:
        return _opened(name, body, key)
    except (InvalidTag, ValueError):  # neither base64, nor ours, nor text: whoever wrote it, it stays
        return None


def _opened(name: str, body: str, key: Key) -> str | None:
    data = urlsafe_b64decode(body[1:] + "=" * (-len(body[1:]) % 4))
    nonce, sealed = (data[:_NONCE], data[_NONCE:]) if body[0] == "n" else (b"", data)
    if len(sealed) < 17 or _base64(data) != body[1:]:
        return None
    return _siv(key).decrypt(sealed, [name.encode("ascii"), nonce])[1:].decode("utf-8", "surrogatepass")


def is_for_ff1(value: str) -> bool:
    """Whether its digits can be encrypted in place: six or more, and no letters that would stay readable."""
    return len(_DIGITS.findall(value)) >= 6 and len(value) <= 256 and not _LETTER.search(value)


def decrypt_digits(value: str, type_: str, key: Key) -> str:
    """The value whose digits `Encrypt(digits=True)` encrypted. Anything else comes back as other digits."""
    return (
        _with_digits(value, lambda digits: _ff1(key).decrypt(digits, _tweak(type_)))
        if is_for_ff1(value)
        else value
    )


def _with_digits(value: str, change: Callable[[list[int]], list[int]]) -> str:
    digits = iter(change([int(digit) for digit in _DIGITS.findall(value)]))
    return _DIGITS.sub(lambda _: str(next(digits)), value)


def _tweak(type_: str) -> bytes:
    return type_name(type_).encode("ascii")


@lru_cache(maxsize=8)
def _ff1(key: Key) -> FF1:
    return FF1(key.derive("encrypt/ff1"), 10)


@lru_cache(maxsize=8)
def _siv(key: Key) -> "AESSIV":
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

    return AESSIV(key.derive("encrypt/siv", 64))


def _base64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode("ascii").rstrip("=")
