"""What a model's failure says about the model, and whether another could do better."""

from aboveboard.gateway.http import UpstreamError
from aboveboard.models import (
    ModelContextError,
    ModelGarbageError,
    ModelRefusedError,
    ModelTimeoutError,
    ModelUnsupportedError,
)

# What an endpoint says of itself or of our key: unpaid, locked, slow, busy.
_ITS_OWN = frozenset({401, 402, 403, 408, 409, 423, 425, 429})
# It does not have this: another may, and it may well have the rest.
_NOT_THERE = frozenset({404, 405, 501})
_ELSEWHERE = range(300, 400)


def is_its_own(error: BaseException) -> bool:
    """Whether the model failed, rather than the request being one that it rightly refuses."""
    if isinstance(error, ModelContextError):
        return False
    if isinstance(error, ModelRefusedError):
        is_broken = error.status >= 500 and error.status not in _NOT_THERE
        return is_broken or error.status in _ITS_OWN or error.status in _ELSEWHERE
    return isinstance(error, ModelTimeoutError | ModelGarbageError | UpstreamError)


def is_mendable(error: BaseException) -> bool:
    """Whether another model could answer: one that is up, that has room for more, that offers it."""
    is_lacking = isinstance(error, ModelRefusedError) and error.status in _NOT_THERE
    return is_lacking or is_its_own(error) or isinstance(error, ModelContextError | ModelUnsupportedError)


def outcome_of(error: BaseException) -> str:
    """How the record calls a failure: `timeout`, `status-429`, `context-length`, `garbage`."""
    match error:
        case ModelContextError():
            return "context-length"
        case ModelUnsupportedError():
            return "not-offered"
        case ModelRefusedError():
            return f"status-{error.status}"
        case ModelTimeoutError():
            return "timeout"
        case ModelGarbageError() | UpstreamError():
            return "garbage"
        case _:
            return "error"
