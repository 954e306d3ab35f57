"""A keyed hash: equal values stay equal, and without the key nobody can try values."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import ClassVar

from aboveboard.privacy._stand_ins import token
from aboveboard.privacy.operators._normal_form import normal_form
from aboveboard.privacy.operators._operator import Bond, Session


@dataclass(frozen=True, slots=True)
class Hash:
    """`<EMAIL#9f86d081884c7d65>`: HMAC-SHA-256 (RFC 2104) of type and normal form, its first `digits`
    hexadecimal digits.

    16 digits are 64 bits: among a hundred million values two share a hash with a chance of 1 in 3,700. There
    is no unkeyed hash: a phone number has 34 bits, and all of them are tried in minutes. Whoever has the key
    can test a value; see `pseudonymise` for hashes that do not link between scopes.
    """

    name: ClassVar[str] = "hash"
    needs_key: ClassVar[bool] = True
    digits: int = 16

    def __post_init__(self) -> None:
        if not 16 <= self.digits <= 64:
            raise ValueError("digits: 16 to 64 hexadecimal digits")

    @property
    def bond(self) -> Bond:
        return Bond.LINKED

    @property
    def is_restorable(self) -> bool:
        return False

    def replace(self, value: str, type_: str, session: Session) -> str:
        key = session.need_key(self.name).derive("hash")
        return token(
            type_, "#", hmac.digest(key, material(value, type_), hashlib.sha256).hex()[: self.digits]
        )


def material(value: str, type_: str) -> bytes:
    """What is hashed: the type, a zero byte, the normal form; in UTF-8, lone surrogates included."""
    return f"{type_}\0{normal_form(value, type_)}".encode("utf-8", "surrogatepass")
