"""Signatures by which a receiver knows who sent something (Standard Webhooks 1.0, symmetric, `v1`).

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import binascii
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aboveboard.webhooks._errors import SecretError

_PREFIX = "whsec_"
_LEAST, _MOST = 24, 64


@dataclass(frozen=True, slots=True)
class Secret:
    """A signing secret of 24 to 64 bytes."""

    key: bytes = field(repr=False)

    @classmethod
    def read(cls, text: str) -> "Secret":
        """The secret of `whsec_` and base64; raises SecretError."""
        try:
            key = base64.b64decode(text.removeprefix(_PREFIX), validate=True)
        except binascii.Error:
            key = b""
        if not text.startswith(_PREFIX) or not _LEAST <= len(key) <= _MOST:
            raise SecretError(
                "not a signing secret of webhooks",
                cure="write `whsec_` and 24 to 64 random bytes in base64: openssl rand -base64 32",
            )
        return cls(key)

    def sign(self, message_id: str, timestamp: int, body: bytes) -> str:
        """`v1,` and the base64 of HMAC-SHA256 over id, timestamp and body."""
        content = f"{message_id}.{timestamp}.".encode() + body
        return "v1," + base64.b64encode(hmac.digest(self.key, content, "sha256")).decode()


def secrets_in(text: str) -> tuple[Secret, ...]:
    """One secret, or several between spaces, while one takes the place of another; raises SecretError."""
    found = tuple(map(Secret.read, text.split()))
    if not found:
        raise SecretError(
            "no signing secret", cure="set the variable to `whsec_` and 24 to 64 random bytes in base64"
        )
    return found


def signed_headers(
    secrets: Sequence[Secret], message_id: str, timestamp: int, body: bytes
) -> Mapping[str, str]:
    """The three headers of the specification; a signature for each secret."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(each.sign(message_id, timestamp, body) for each in secrets),
    }
