"""JSON that means one thing to everybody who reads it, and nothing else."""

import json
from typing import Any

import msgspec

from aboveboard.gateway.http._errors import BadRequestError

_MAX_DEPTH = 64
_decoder = msgspec.json.Decoder()
encode = msgspec.json.Encoder().encode
"""Compact UTF-8 bytes of a JSON value."""


def decode_object(body: bytes) -> dict[str, Any]:
    """The object in a request body.

    Refuses what parsers disagree about: invalid UTF-8, lone surrogates, NaN, infinities, a name given
    twice (RFC 8259 section 4: a guard would read one value and the model another); and nesting beyond
    64 levels. Raises BadRequestError.
    """
    try:
        # msgspec is strict about numbers, UTF-8 and surrogates; only the other can see a name twice.
        _decoder.decode(body)
        value = _pairs.decode(body.decode())
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise _not_json(error) from None
    if not isinstance(value, dict):
        raise BadRequestError("the body must be a JSON object", code="invalid_json")
    _check_depth(body, value)
    return value


def _not_json(error: Exception) -> BadRequestError:
    reason = "it nests too deeply" if isinstance(error, RecursionError) else _reason(error)
    return BadRequestError(f"the body is not JSON we can read: {reason}", code="invalid_json")


def _reason(error: Exception) -> str:
    """Says what is wrong without quoting the body: only our own message and the parser's fixed ones."""
    if isinstance(error, _NameTwiceError):
        return "an object has the same name twice"
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    return str(error) if isinstance(error, msgspec.DecodeError) else "it is malformed"


class _NameTwiceError(ValueError):
    pass


def _no_name_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _NameTwiceError
    return found


_pairs = json.JSONDecoder(object_pairs_hook=_no_name_twice)


def _check_depth(body: bytes, value: Any) -> None:
    if body.count(b"[") + body.count(b"{") <= _MAX_DEPTH:
        return
    level = [value]
    for _ in range(_MAX_DEPTH):
        level = [child for parent in level for child in _children(parent)]
        if not level:
            return
    raise BadRequestError(f"the body nests deeper than {_MAX_DEPTH} levels", code="invalid_json")


def _children(value: Any) -> list[Any]:
    found = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return [child for child in found if isinstance(child, dict | list)]
