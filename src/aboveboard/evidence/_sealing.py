"""Encryption of payloads: one data key a data subject, wrapped by the master key.

AES-256-GCM throughout, with random 96-bit nonces (NIST SP 800-38D allows 2³² messages a key). What is sealed
is salt ‖ pad(payload), so that neither length nor salt exists outside the ciphertext; its associated data are
the record's id and the position, so that no ciphertext can stand in for another.
"""

import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from aboveboard.evidence._commitment import SALT_BYTES, commit_padded, new_salt
from aboveboard.evidence._errors import StoreError
from aboveboard.evidence._padding import pad, unpad

_NONCE = 12
_RANDOM = SALT_BYTES + _NONCE


@dataclass(frozen=True, slots=True)
class Sealed:
    """A payload as it is stored, and the commitment that the log gets."""

    blob: bytes
    commitment: bytes


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens a commitment."""

    payload: bytes
    salt: bytes


class DataKey:
    """The key of one data subject."""

    __slots__ = ("_cipher", "_secret")

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._cipher = AESGCM(secret)

    @classmethod
    def new(cls) -> "DataKey":
        return cls(os.urandom(32))

    def seal(self, payload: bytes, record: str, position: int) -> Sealed:
        """Pads, salts, commits and encrypts."""
        return self._seal(payload, _place(record, position), position, new_salt() + os.urandom(_NONCE))

    def seal_all(self, payloads: Sequence[bytes], record: str) -> list[Sealed]:
        """All payloads of a record, by position. The system is asked for their randomness once."""
        random, each = os.urandom(_RANDOM * len(payloads)), range(len(payloads))
        return [
            self._seal(payloads[at], _place(record, at), at, random[at * _RANDOM : (at + 1) * _RANDOM])
            for at in each
        ]

    def _seal(self, payload: bytes, place: bytes, position: int, random: bytes) -> Sealed:
        salt, nonce, padded = random[:SALT_BYTES], random[SALT_BYTES:], pad(payload)
        return Sealed(
            nonce + self._cipher.encrypt(nonce, salt + padded, place), commit_padded(padded, salt, position)
        )

    def open(self, blob: bytes, record: str, position: int) -> Opening:
        """The payload and salt; raises StoreError when the blob is not what was sealed here."""
        plain = decrypt(self._cipher, blob, _place(record, position))
        return Opening(unpad(plain[SALT_BYTES:]), plain[:SALT_BYTES])

    def sealed_for(self, other: "DataKey", blob: bytes, record: str, position: int) -> bytes:
        """What is sealed with this key, sealed with another: salt and commitment stay what they were."""
        place = _place(record, position)
        return encrypt(other._cipher, decrypt(self._cipher, blob, place), place)

    def seal_name(self, name: str) -> bytes:
        """The pseudonym, padded and encrypted."""
        return encrypt(self._cipher, pad(name.encode()), b"pseudonym")

    def open_name(self, blob: bytes) -> str:
        return unpad(decrypt(self._cipher, blob, b"pseudonym")).decode()

    def wrapped(self, master: "MasterKey", tag: bytes) -> bytes:
        """The key itself, under the master key, bound to its owner."""
        return encrypt(master.cipher, self._secret, b"owner" + tag)


class MasterKey:
    """Wraps data keys and makes keyed hashes, with a subkey for each (HKDF-Expand, RFC 5869)."""

    __slots__ = ("_tags", "cipher")

    def __init__(self, master: bytes) -> None:
        self.cipher = AESGCM(_subkey(master, b"aboveboard vault wrapping v1"))
        self._tags = _subkey(master, b"aboveboard vault tags v1")

    def tag(self, purpose: str, text: str) -> bytes:
        """A keyed hash of 32 bytes: the same text gives the same, and without the key it tells nothing."""
        return hmac.digest(
            self._tags, purpose.encode() + b"\0" + text.encode(errors="surrogatepass"), "sha256"
        )

    def unwrap(self, wrapped: bytes, tag: bytes) -> DataKey:
        return DataKey(decrypt(self.cipher, wrapped, b"owner" + tag))


def encrypt(cipher: AESGCM, plain: bytes, associated: bytes) -> bytes:
    """Nonce ‖ ciphertext ‖ tag."""
    nonce = os.urandom(_NONCE)
    return nonce + cipher.encrypt(nonce, plain, associated)


def decrypt(cipher: AESGCM, blob: bytes, associated: bytes) -> bytes:
    """The plaintext; raises StoreError when blob, place or key is another."""
    try:
        return cipher.decrypt(blob[:_NONCE], blob[_NONCE:], associated)
    except (InvalidTag, ValueError) as error:
        raise StoreError(
            "a payload does not decrypt: it was altered, or keys/vault.key is not the key that sealed it",
            cure="restore evidence.db and keys/vault.key from the same backup",
        ) from error


def _place(record: str, position: int) -> bytes:
    return f"{record}/{position}".encode()


def _subkey(master: bytes, purpose: bytes) -> bytes:
    return hmac.digest(master, purpose + b"\x01", "sha256")
