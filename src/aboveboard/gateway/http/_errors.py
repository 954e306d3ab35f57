"""Everything the gateway can answer with that is not an answer.

AboveboardError
└── ApiError                 an HTTP status and an OpenAI error object
    ├── BadRequestError      400  the request is not one we understand
    ├── NotFoundError        404  no such endpoint, model or receipt
    ├── MethodError          405  the endpoint has other methods
    ├── SlowBodyError        408  the body did not arrive in time
    ├── TooLargeError        413  the body is over the limit
    ├── MediaTypeError       415  the body is not JSON
    ├── MisdirectedError     421  the Host is not one of ours
    ├── HeldError            202  the answer waits for a person; says where to ask for it
    ├── GoneError            410  what was held is erased
    ├── BlockedError         400  a guard said no; never repeats the text
    │   └── GuardTimeoutError  503  a guard had no time to say anything, and its on_error is closed
    ├── ShuttingDownError    503  the process ends before the answer is complete
    ├── RefusedError         503  a broken promise says: do not serve
    ├── CircuitOpenError     503  every model that could answer has failed too often of late
    ├── InternalError        500  a fault of ours
    ├── UnrecordedError      503  the decision could not be made durable, so nothing is answered
    │   └── UnheldError        503  nobody could be asked to look at an answer that has to be looked at
    ├── UpstreamError        4xx/5xx  the model failed
    └── UnauthorizedError, ForbiddenError, LimitError, AccessUnknownError … : see `_refusals.py`
Disconnected                 the client went away; nothing can be sent
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from aboveboard.errors import AboveboardError
from aboveboard.models import (
    ModelContextError,
    ModelError,
    ModelRefusedError,
    ModelTimeoutError,
    ModelUnsupportedError,
)


class Disconnected(Exception):  # noqa: N818 - an event that ends the request, not a fault of anybody
    """The client closed its connection."""


class ApiError(AboveboardError):
    """An answer in OpenAI's error shape. `headers` are extra response headers, `more` extra fields."""

    status = 500
    kind = "server_error"
    headers: Sequence[tuple[bytes, bytes]] = ()
    more: Mapping[str, Any] = {}

    def __init__(self, message: str, *, code: str | None = None, param: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.param = param

    @property
    def body(self) -> Mapping[str, Mapping[str, Any]]:
        """The JSON object that clients of OpenAI's API parse."""
        said = {"message": self.what, "type": self.kind, "param": self.param, "code": self.code}
        return {"error": {**said, **self.more}}


class BadRequestError(ApiError):
    """What the client sent does not make sense; `param` names the field."""

    status = 400
    kind = "invalid_request_error"


class NotFoundError(BadRequestError):
    """Nothing answers to this name."""

    status = 404


class MethodError(BadRequestError):
    """The endpoint exists, with other methods."""

    status = 405

    def __init__(self, method: str, path: str, allowed: Sequence[str]) -> None:
        methods = ", ".join(allowed)
        super().__init__(f"{path} does not accept {method}; use {methods}", code="method_not_allowed")
        self.headers = ((b"allow", methods.encode("ascii")),)


class SlowBodyError(BadRequestError):
    """The body took longer than the limit."""

    status = 408
    headers = ((b"connection", b"close"),)


class TooLargeError(BadRequestError):
    """The body is larger than the limit."""

    status = 413
    headers = ((b"connection", b"close"),)


class MediaTypeError(BadRequestError):
    """The body's media type is not JSON (a browser could send it across origins without asking)."""

    status = 415


class MisdirectedError(BadRequestError):
    """The request was meant for another host."""

    status = 421


class HeldError(ApiError):
    """A stream's last frame when its answer is held: official clients raise it. `hold` is the object that
    says where to ask.
    """

    status = 202
    kind = "held_for_review"

    def __init__(self, hold: Mapping[str, Any], headers: Sequence[tuple[bytes, bytes]]) -> None:
        super().__init__(
            f"a person has to look at this answer first; ask for it at {hold['url']}", code="held_for_review"
        )
        self.hold = hold
        self.more = {"hold": hold}
        self.headers = headers


class GoneError(BadRequestError):
    """There was something here, and it has been erased."""

    status = 410


class BlockedError(ApiError):
    """A guard stopped the request or the answer. Names the guard and the side, never the text."""

    status = 400
    kind = "content_policy_violation"

    def __init__(self, guard: str, side: str, param: str = "messages") -> None:
        what = "request" if side == "input" else "answer"
        super().__init__(
            f"the {what} was stopped by the {guard} guard; the receipt says what was recorded about it",
            code=f"{guard}_guard" if guard else "guard",
            param=param if side == "input" else None,
        )
        self.guard = guard


class GuardTimeoutError(BlockedError):
    """A guard that must have its say ran out of time. Nothing was found: the text is only too much for it."""

    status = 503
    kind = "service_unavailable"

    def __init__(self, guard: str, side: str, param: str = "messages") -> None:
        super().__init__(guard, side, param)
        what = "request" if side == "input" else "answer"
        self.what = f"the {guard} guard could not read the {what} in time; send less, or try again"
        self.code = "guard_timeout"


class RefusedError(ApiError):
    """The charter says not to serve while a promise is broken."""

    status = 503
    kind = "service_unavailable"
    headers = ((b"retry-after", b"300"),)


class ShuttingDownError(ApiError):
    """The process ends, and the answer took longer than it may then take."""

    status = 503
    kind = "service_unavailable"
    headers = ((b"retry-after", b"1"),)


class CircuitOpenError(ApiError):
    """Every model that could answer is left alone for a while: it has failed too often."""

    status = 503
    kind = "service_unavailable"

    def __init__(self, seconds: float) -> None:
        super().__init__("the models have failed too often of late; try again later", code="circuit_open")
        self.headers = ((b"retry-after", b"%d" % max(1, math.ceil(seconds))),)


class InternalError(ApiError):
    """A fault of ours; what it was is in the log, without any text of the request."""

    def __init__(self) -> None:
        super().__init__("the gateway failed; the operator's log says how", code="internal_error")


class UnrecordedError(ApiError):
    """The evidence could not be written: what is not recorded is not answered."""

    status = 503
    kind = "service_unavailable"

    def __init__(self) -> None:
        super().__init__(
            "the decision could not be recorded, so no answer is given; try again", code="unrecorded"
        )


class UnheldError(UnrecordedError):
    """An answer has to be looked at, and nobody could be asked to: so it is not given."""

    def __init__(self) -> None:
        ApiError.__init__(
            self, "the answer has to be looked at, and nobody can be asked to; try again", code="not_held"
        )


class UpstreamError(ApiError):
    """The model failed. Its own words are not repeated: they may quote the prompt."""

    kind = "upstream_error"

    def __init__(self, status: int, message: str, code: str) -> None:
        super().__init__(message, code=code)
        self.status = status
        self.kind = "rate_limit_error" if status == 429 else "upstream_error"


def upstream_error(error: ModelError) -> ApiError:
    """What a client is told when the model failed: 504 late or away, 429 busy, 4xx its refusal, else 502."""
    if isinstance(error, ModelUnsupportedError):
        return BadRequestError(
            f"the model does not offer {error.field}; leave it out, or ask another model",
            code="unsupported_parameter",
            param=error.field,
        )
    if isinstance(error, ModelTimeoutError):
        return UpstreamError(
            504, "the model could not be reached, or did not answer in time", "upstream_timeout"
        )
    if isinstance(error, ModelContextError):
        return UpstreamError(400, "the request is longer than the model's context", "context_length_exceeded")
    if isinstance(error, ModelRefusedError):
        return _refusal(error.status)
    return UpstreamError(
        502, "the model could not be reached or its answer not understood", "upstream_failed"
    )


def _refusal(status: int) -> UpstreamError:
    if status == 429:
        return UpstreamError(429, "the model's endpoint is over its rate limit", "upstream_rate_limited")
    if status in (400, 404, 413, 422):
        return UpstreamError(400, f"the model's endpoint refused the request ({status})", "upstream_refused")
    # 401 and 403 speak of our key, not the client's: to the client that is a fault of the gateway.
    return UpstreamError(502, f"the model's endpoint answered with status {status}", "upstream_failed")
