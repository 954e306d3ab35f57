"""What a field of a request may hold, and a 400 that names the one that does not."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from aboveboard.gateway.http._errors import BadRequestError

Check = Callable[[str, Any], None]
"""Raises BadRequestError when the field of that name may not hold that value."""

_TOKEN = re.compile(r"[0-9]{1,8}")
_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,128}")
# Real signatures are some hundred characters of base64; those of long thoughts some thousand.
_SEALED = re.compile(r"[A-Za-z0-9+/_-]{64,32768}={0,2}")
_MIXED = re.compile(r"[^A-Z0-9]{24}|[^a-z0-9]{24}|[0-9]{12}")


def bad(param: str, must: str) -> BadRequestError:
    """The 400 for a field that is not what it must be."""
    return BadRequestError(f"{param} must be {must}", code="invalid_value", param=param)


def refused(param: str, why: str) -> BadRequestError:
    """The 400 for a field that the gateway understands, and does not offer."""
    return BadRequestError(f"{param} is not offered here: {why}", code="unsupported_parameter", param=param)


def check_fields(body: Mapping[str, Any], checks: Mapping[str, Check]) -> None:
    """Raises BadRequestError for the first known field of a wrong type or outside its range.

    Null means absent, as with OpenAI. Fields without a check pass through; guards read every text in them.
    """
    for name, value in body.items():
        if value is not None and name in checks:
            checks[name](name, value)


def check_present(body: Mapping[str, Any], names: tuple[str, ...]) -> None:
    """Raises BadRequestError for the first of these that is missing."""
    for name in names:
        if body.get(name) is None:
            raise BadRequestError(f"{name} is missing", code="missing_required_parameter", param=name)


def check_name(value: Any, param: str) -> None:
    """A name or id that reaches the model unguarded must not be able to hold a sentence or an address."""
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise bad(param, "1 to 128 of A-Z, a-z, 0-9, '_', '.', ':' and '-'")


def is_sealed(value: Any) -> bool:
    """Whether it is an opaque base64 text as endpoints sign their thoughts with: no room for words.

    Chance alone mixes capitals, small letters and digits: a run of 24 without two of the three is a text
    that somebody wrote, as are 12 digits together.
    """
    return isinstance(value, str) and bool(_SEALED.fullmatch(value)) and not _MIXED.search(value)


def integer(low: int, high: int) -> Check:
    """A whole number."""

    def check(name: str, value: Any) -> None:
        if type(value) is not int or not low <= value <= high:
            raise bad(name, f"a whole number from {low} to {high}")

    return check


def number(low: float, high: float) -> Check:
    """Any number."""

    def check(name: str, value: Any) -> None:
        if type(value) not in (int, float) or not low <= value <= high:
            raise bad(name, f"a number from {low:g} to {high:g}")

    return check


def text(most: int) -> Check:
    """A text of one character or more."""

    def check(name: str, value: Any) -> None:
        if type(value) is not str or not 0 < len(value) <= most:
            raise bad(name, f"a text of 1 to {most} characters")

    return check


def word(*allowed: str) -> Check:
    """One of a few words: it needs no guard."""

    def check(name: str, value: Any) -> None:
        if type(value) is not str or value not in allowed:
            raise bad(name, f"one of {', '.join(allowed)}")

    return check


def boolean(name: str, value: Any) -> None:
    """True or false."""
    if type(value) is not bool:
        raise bad(name, "true or false")


def an_object(name: str, value: Any) -> None:
    """An object."""
    if type(value) is not dict:
        raise bad(name, "an object")


def a_list(name: str, value: Any) -> None:
    """A list."""
    if type(value) is not list:
        raise bad(name, "a list")


def stops(name: str, value: Any) -> None:
    """A text or a short list of texts."""
    texts = value if isinstance(value, list) else [value]
    if len(texts) > 16 or not all(isinstance(one, str) for one in texts):
        raise bad(name, "a text or a list of at most 16 texts")


def token_weights(name: str, value: Any) -> None:
    """Token ids as texts of digits, each with a number: anything else in there could be words."""
    pairs = value.items() if type(value) is dict else [("", 0)]
    if len(pairs) > 1024 or not all(map(_is_weight, pairs)):
        raise bad(name, "an object of at most 1024 token ids, each with a number from -100 to 100")


def _is_weight(pair: tuple[str, Any]) -> bool:
    token, weight = pair
    return bool(_TOKEN.fullmatch(token)) and type(weight) in (int, float) and -100 <= weight <= 100


# OpenAI's documented ranges; what has none is bounded by what a 32-bit count can mean.
TOKENS = integer(1, 1 << 31)
SAMPLING: Mapping[str, Check] = {
    "model": text(256),
    "user": text(512),
    "stream": boolean,
    "max_tokens": TOKENS,
    "n": integer(1, 128),
    "seed": integer(-(1 << 63), (1 << 63) - 1),
    "temperature": number(0.0, 2.0),
    "top_p": number(0.0, 1.0),
    "presence_penalty": number(-2.0, 2.0),
    "frequency_penalty": number(-2.0, 2.0),
    "logit_bias": token_weights,
}
"""Fields that OpenAI's endpoints share. Their checks leave no room for words, so no guard reads them."""
