"""Webhooks: other programs are told that a person has to look at something; signed, retried, wordless."""

from aboveboard.webhooks._address import resolved
from aboveboard.webhooks._courier import Courier, Hook
from aboveboard.webhooks._errors import (
    ForbiddenAddressError,
    OutboxError,
    SecretError,
    UndeliveredError,
    WebhookError,
)
from aboveboard.webhooks._event import Event
from aboveboard.webhooks._outbox import Delivery, Outbox
from aboveboard.webhooks._patience import Patience
from aboveboard.webhooks._posting import post
from aboveboard.webhooks._signing import Secret, secrets_in

__all__ = [
    "Courier",
    "Delivery",
    "Event",
    "ForbiddenAddressError",
    "Hook",
    "Outbox",
    "OutboxError",
    "Patience",
    "Secret",
    "SecretError",
    "UndeliveredError",
    "WebhookError",
    "post",
    "resolved",
    "secrets_in",
]
