"""What can go wrong with webhooks.

WebhookError
├── SecretError             the environment variable holds no signing secret
├── OutboxError             webhooks.db cannot be opened, written or read
└── UndeliveredError        the receiver did not take it
    └── ForbiddenAddressError  the name leads to an address inside, which the charter does not name
"""

from aboveboard.errors import AboveboardError


class WebhookError(AboveboardError):
    """Any failure of this package."""


class SecretError(WebhookError):
    """The environment variable holds no signing secret."""


class OutboxError(WebhookError):
    """webhooks.db cannot be opened, written or read."""


class UndeliveredError(WebhookError):
    """The receiver did not take it. `is_final`: it said that it never will."""

    is_final = False


class ForbiddenAddressError(UndeliveredError):
    """The name leads to an address inside, which the charter does not name."""
