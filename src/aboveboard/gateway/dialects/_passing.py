"""What of a model's answer passes besides its guarded texts: closed lists, short names, whole numbers.

An endpoint can write what it likes into any field. Here is no room for a sentence, an address or a key.
"""

import re
from collections.abc import Mapping
from typing import Any

from aboveboard.gateway.http import UpstreamError

_REASONS = frozenset({"stop", "length", "tool_calls", "content_filter", "function_call"})
_KINDS = frozenset({"function", "custom"})
_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,128}")
_MARK = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_MARKS = ("system_fingerprint", "service_tier")
_COUNTS = ("prompt_tokens", "completion_tokens", "total_tokens")
_DETAILS = {
    "prompt_tokens_details": ("audio_tokens", "cached_tokens"),
    "completion_tokens_details": (
        "accepted_prediction_tokens",
        "audio_tokens",
        "reasoning_tokens",
        "rejected_prediction_tokens",
    ),
}
_MOST_TOKENS = 1 << 53
_MOST_CALLS = 128
_DROPPED_BY_NAME = frozenset(
    {"annotations", "audio", "citations", "images", "logprobs", "reasoning_details", "thinking_blocks"}
)


def garbage() -> UpstreamError:
    """The 502 for an answer of no known shape."""
    return UpstreamError(502, "the model's answer was not understood", "upstream_garbage")


def characters(value: object) -> int:
    """How long all texts in there are together, names of fields included."""
    waiting, total = [value], 0
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            total += len(one)
        elif isinstance(one, Mapping):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one
    return total


def finish_reason(value: object) -> str:
    """One of OpenAI's, or `other`."""
    return value if isinstance(value, str) and value in _REASONS else "other"


def choice_index(value: object, most: int) -> int:
    """A choice's number; raises UpstreamError for one that is over the limit, or is none."""
    if type(value) is not int or not 0 <= value < most:
        raise garbage()
    return value


def call_index(value: object) -> int:
    """A tool call's number; raises UpstreamError."""
    return choice_index(value, _MOST_CALLS)


def call_kind(value: object) -> str:
    """`function`, or `custom`."""
    return value if isinstance(value, str) and value in _KINDS else "function"


def call_id(value: str, number: int) -> str:
    """The call's id, or one of our own where it could hold words."""
    return value if _NAME.fullmatch(value) else f"call_{number}"


def tool_name(value: str) -> str:
    """The tool's name, or `unknown`, which no tool has: the client says so to the model."""
    return value if _NAME.fullmatch(value) else "unknown"


def marks(raw: Mapping[str, Any]) -> dict[str, str]:
    """What names the endpoint's build and tier."""
    found = {name: raw.get(name) for name in _MARKS}
    return {name: text for name, text in found.items() if isinstance(text, str) and _MARK.fullmatch(text)}


def usage(raw: object) -> dict[str, Any]:
    """The known counts of tokens."""
    found: dict[str, Any] = _counts(raw, _COUNTS)
    for name, inner in _DETAILS.items():
        details = _counts(raw.get(name), inner) if isinstance(raw, Mapping) else {}
        if details:
            found[name] = details
    return found


def dropped_name(name: str) -> str:
    """A dropped field's name where it is a known one: it goes into a header."""
    return name if name in _DROPPED_BY_NAME else "other"


def _counts(raw: object, names: tuple[str, ...]) -> dict[str, int]:
    given = raw if isinstance(raw, Mapping) else {}
    found = {name: given.get(name) for name in names}
    return {name: n for name, n in found.items() if type(n) is int and 0 <= n <= _MOST_TOKENS}
