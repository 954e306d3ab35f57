"""What is said to somebody who may not ask, or not so much.

ApiError
├── UnauthorizedError    401  no key, or none that is valid now: one message for all
├── ForbiddenError       403  the key is not for this
├── LimitError           429  a rate or a budget is used up
├── SlowedError          429  the misuse ladder lets a few requests a minute through
├── SuspendedError       403  the misuse ladder lets none through
├── ConflictError        409  somebody else was quicker, or has the name
└── AccessUnknownError   503  it cannot be read who may come in
"""

import math
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from aboveboard.access import Refusal, shown
from aboveboard.gateway.http import ApiError, Header
from aboveboard.misuse import KEY, Standing
from aboveboard.values import format_time

_LONGEST_WAIT = 31 * 86400
APPEALS = "/v1/appeals"
_SIGNALS = {
    "volume": "far more requests a minute than it ever made",
    "duplicates": "texts in mass that nearly repeat each other",
    "blocks": "requests that guards stopped again and again",
}


class UnauthorizedError(ApiError):
    """No key that is valid now. Says nothing of why: unknown, revoked and expired keys look the same."""

    status = 401
    kind = "invalid_request_error"
    headers = ((b"www-authenticate", b"Bearer"),)  # RFC 6750 section 3: no error code without credentials

    def __init__(self) -> None:
        super().__init__(
            "give a valid key, in `Authorization: Bearer ab-…` or in `x-api-key`", code="invalid_api_key"
        )


class ForbiddenError(ApiError):
    """The key is valid, and not for this."""

    status = 403
    kind = "permission_error"


class LimitError(ApiError):
    """A limit of the key or its tenant leaves no room for the request."""

    status = 429

    def __init__(self, refusal: Refusal, headers: Iterable[Header] = ()) -> None:
        code = "rate_limit_exceeded" if refusal.limit.is_rate else "insufficient_quota"
        super().__init__(_words(refusal), code=code)
        self.kind = refusal.limit.meter if refusal.limit.is_rate else code
        waits = [] if refusal.is_endless else [(b"retry-after", b"%d" % _wait(refusal))]
        # OpenAI's and Anthropic's clients try again by themselves unless they are told that it is no use.
        again = [] if refusal.limit.is_rate else [(b"x-should-retry", b"false")]
        self.headers = (*headers, *waits, *again)


class SlowedError(ApiError):
    """A rung of the misuse ladder: not so many requests now."""

    status = 429
    kind = "requests"

    def __init__(self, standing: Standing, seconds: int) -> None:
        super().__init__(f"{_why(standing)}: a few requests a minute", code="misuse_slowed")
        self.more = {"misuse": _told(standing)}
        self.headers = ((b"retry-after", b"%d" % seconds),)


class SuspendedError(ApiError):
    """The last rung of the misuse ladder."""

    status = 403
    kind = "permission_error"
    headers = ((b"x-should-retry", b"false"),)

    def __init__(self, standing: Standing) -> None:
        super().__init__(f"{_why(standing)}: no answers until then", code="misuse_suspended")
        self.more = {"misuse": _told(standing)}


class ConflictError(ApiError):
    """What is asked for goes against what is there."""

    status = 409
    kind = "invalid_request_error"


class AccessUnknownError(ApiError):
    """The keys could not be read for too long to let anybody in."""

    status = 503
    kind = "service_unavailable"
    headers = ((b"retry-after", b"1"),)

    def __init__(self) -> None:
        super().__init__("it cannot be read who may come in; try again", code="access_unknown")


def _wait(refusal: Refusal) -> int:
    return max(1, min(_LONGEST_WAIT, math.ceil(refusal.seconds)))


def _why(standing: Standing) -> str:
    whose = "this key" if standing.holder.startswith(KEY) else "this end user"
    return (
        f"{whose} is on the rung `{standing.rung.label}` because of {_SIGNALS[standing.signal]}, until"
        f" {_moment(standing.until)} at the earliest; challenge it with POST {APPEALS}"
    )


def _told(standing: Standing) -> Mapping[str, str]:
    """What whoever is refused may know of why, and what they can do."""
    return {
        "rung": standing.rung.label,
        "signal": standing.signal,
        "since": _moment(standing.since),
        "until": _moment(standing.until),
        "record": standing.step,
        "appeal": APPEALS,
    }


def _moment(seconds: int) -> str:
    return format_time(datetime.fromtimestamp(seconds, UTC))


def _words(refusal: Refusal) -> str:
    limit = refusal.limit
    amount, left = shown(limit.amount, limit.meter), shown(refusal.remaining, limit.meter)
    period = "in all" if refusal.is_endless else f"a {limit.period}"
    whose = "tenant" if refusal.holder.startswith("tenant:") else "key"
    return f"the {whose}'s limit of {amount} {limit.meter} {period} leaves {left}, less than this may cost"
