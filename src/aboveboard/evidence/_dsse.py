"""DSSE envelopes (github.com/secure-systems-lab/dsse, v1.0) with one Ed25519 signature."""

import base64
import hashlib
from binascii import b2a_base64
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from aboveboard.evidence._errors import ReceiptError

PAYLOAD_TYPE = "application/vnd.in-toto+json"


def pae(payload_type: str, payload: bytes) -> bytes:
    """The pre-authentication encoding: what is signed, so that the type is signed with the bytes."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def key_id(public: bytes) -> str:
    """How envelopes name a key: the digest of its 32 bytes."""
    return "sha256:" + hashlib.sha256(public).hexdigest()


@dataclass(frozen=True, slots=True)
class Attestor:
    """Signs statements."""

    private: Ed25519PrivateKey = field(repr=False, compare=False)
    public: bytes
    id: str

    @classmethod
    def of(cls, private: Ed25519PrivateKey) -> "Attestor":
        public = private.public_key().public_bytes_raw()
        return cls(private, public, key_id(public))

    def envelope(self, payload: bytes) -> bytes:
        """The canonical JSON of a signed envelope. Ed25519 is deterministic: the same payload, the same
        bytes.
        """
        signature = b2a_base64(self.private.sign(pae(PAYLOAD_TYPE, payload)), newline=False)
        return b'{"payload":"%b","payloadType":"%b","signatures":[{"keyid":"%b","sig":"%b"}]}' % (
            b2a_base64(payload, newline=False),
            PAYLOAD_TYPE.encode(),
            self.id.encode(),
            signature,
        )


def opened(envelope: Any, public: bytes) -> bytes:
    """The payload of an envelope that `public` (32 bytes) signed; raises ReceiptError.

    Stricter than DSSE asks: exactly our fields, exactly one signature, base64 in its one canonical spelling.
    """
    payload, signature = _parts(envelope, key_id(public))
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, pae(PAYLOAD_TYPE, payload))
    except (InvalidSignature, ValueError) as error:
        raise ReceiptError("the statement is not signed by the key it names") from error
    return payload


def _parts(envelope: Any, signer: str) -> tuple[bytes, bytes]:
    match envelope:
        case {"payload": str(payload), "payloadType": str(kind), "signatures": [dict(one)], **rest}:
            if rest or kind != PAYLOAD_TYPE or set(one) != {"keyid", "sig"} or one["keyid"] != signer:
                raise ReceiptError("the envelope is not one that this format allows")
            return from_base64(payload), from_base64(one["sig"])
        case _:
            raise ReceiptError("no DSSE envelope with one signature")


def to_base64(data: bytes) -> str:
    """RFC 4648 section 4, padded."""
    return base64.b64encode(data).decode()


def from_base64(text: Any) -> bytes:
    """The bytes of their one canonical spelling; raises ReceiptError for any other text."""
    try:
        data = base64.b64decode(text, validate=True)
    except (ValueError, TypeError) as error:
        raise ReceiptError("not base64") from error
    if to_base64(data) != text:
        raise ReceiptError("base64 that is not in its canonical spelling")
    return data
