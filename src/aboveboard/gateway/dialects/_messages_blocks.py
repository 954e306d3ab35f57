"""The blocks of Anthropic's messages: every text in them, with the role that guards see."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from aboveboard.gateway.fields import (
    AnyPlace,
    JsonPlace,
    Place,
    bad,
    boolean,
    check_name,
    fields_within,
    is_sealed,
    others,
    text_or_parts,
    texts_within,
)
from aboveboard.gateway.http import BadRequestError
from aboveboard.guards import SegmentRole

_BESIDE: SegmentRole = "tool-result"
_MEDIA = re.compile(r"image/[a-z0-9.+-]{1,40}")
_BASE64 = re.compile(r"[A-Za-z0-9+/]*={0,2}")
_ALLOWED = {
    "system": frozenset({"text"}),
    "user": frozenset({"text", "image", "tool_result"}),
    "assistant": frozenset({"text", "thinking", "redacted_thinking", "tool_use"}),
    "tool-result": frozenset({"text", "image"}),
}


def places_of_turns(turns: list[Any]) -> Iterator[AnyPlace]:
    """The places of all texts, in order; raises BadRequestError on a shape that is not understood."""
    for number, turn in enumerate(turns):
        where = f"messages[{number}]"
        if not isinstance(turn, dict) or turn.get("role") not in ("user", "assistant"):
            raise bad(f"{where}.role", "user or assistant")
        yield from places_of_content(turn, "content", turn["role"], where)
        yield from fields_within(turn, others(turn, "role", "content"), _BESIDE, where)


def places_of_content(holder: dict[str, Any], key: str, role: SegmentRole, where: str) -> Iterator[AnyPlace]:
    """A text, or a list of blocks."""
    return text_or_parts(Place(role, holder, key), f"{where}.{key}", _block, "blocks")


def _block(block: Any, role: SegmentRole, where: str) -> Iterator[AnyPlace]:
    kind = block.get("type") if isinstance(block, dict) else None
    if not isinstance(kind, str) or kind not in _ALLOWED[role]:
        # The kind itself is the client's text: it is not repeated.
        known = ", ".join(sorted(_ALLOWED[role]))
        raise BadRequestError(
            f"{where} is of a type that the guards cannot read here; send {known}",
            code="unsupported_content_part",
            param=where,
        )
    yield from _READERS[kind](block, role, where)


def _text(block: dict[str, Any], role: SegmentRole, where: str) -> Iterator[AnyPlace]:
    if not isinstance(block.get("text"), str):
        raise bad(f"{where}.text", "a text")
    yield Place(role, block, "text")
    yield from fields_within(block, others(block, "type", "text"), _BESIDE, where)


def _image(block: dict[str, Any], role: SegmentRole, where: str) -> Iterator[AnyPlace]:
    """An image in the request itself passes unread; any other address is read as a text."""
    source = block.get("source")
    kind = source.get("type") if isinstance(source, dict) else None
    if not isinstance(source, dict) or kind not in ("base64", "url"):
        raise bad(f"{where}.source", "an image in base64, or its url")
    if kind == "base64":
        _check_image(source, where)
        known: tuple[str, ...] = ("type", "media_type", "data")
    else:
        if not isinstance(source.get("url"), str):
            raise bad(f"{where}.source.url", "a text")
        yield from texts_within(source, "url", _BESIDE, where)
        known = ("type", "url")
    yield from fields_within(source, others(source, *known), _BESIDE, where)
    yield from fields_within(block, others(block, "type", "source"), _BESIDE, where)


def _check_image(source: dict[str, Any], where: str) -> None:
    media, data = source.get("media_type"), source.get("data")
    if not isinstance(media, str) or not _MEDIA.fullmatch(media):
        raise bad(f"{where}.source.media_type", "that of an image")
    if not isinstance(data, str) or not _BASE64.fullmatch(data):
        raise bad(f"{where}.source.data", "base64")


def _tool_use(block: dict[str, Any], role: SegmentRole, where: str) -> Iterator[AnyPlace]:
    check_name(block.get("id"), f"{where}.id")
    check_name(block.get("name"), f"{where}.name")
    if not isinstance(block.get("input"), dict):
        raise bad(f"{where}.input", "an object")
    yield JsonPlace("tool-call", block, "input", f"{where}.input")
    yield from fields_within(block, others(block, "type", "id", "name", "input"), _BESIDE, where)


def _tool_result(block: dict[str, Any], role: SegmentRole, where: str) -> Iterator[AnyPlace]:
    check_name(block.get("tool_use_id"), f"{where}.tool_use_id")
    if block.get("is_error") is not None:
        boolean(f"{where}.is_error", block["is_error"])
    if block.get("content") is not None:
        yield from places_of_content(block, "content", "tool-result", where)
    known = ("type", "tool_use_id", "is_error", "content")
    yield from fields_within(block, others(block, *known), _BESIDE, where)


def _thinking(block: dict[str, Any], role: SegmentRole, where: str) -> Iterator[AnyPlace]:
    if not isinstance(block.get("thinking"), str):
        raise bad(f"{where}.thinking", "a text")
    yield Place("reasoning", block, "thinking")
    if block.get("signature"):
        _check_sealed(block["signature"], f"{where}.signature")
    yield from fields_within(block, others(block, "type", "thinking", "signature"), _BESIDE, where)


def _redacted(block: dict[str, Any], role: SegmentRole, where: str) -> Iterator[AnyPlace]:
    _check_sealed(block.get("data"), f"{where}.data")
    yield from fields_within(block, others(block, "type", "data"), _BESIDE, where)


def _check_sealed(value: Any, param: str) -> None:
    if not is_sealed(value):
        raise bad(param, "the base64 text that the model gave, unchanged")


_READERS: dict[str, Callable[[dict[str, Any], SegmentRole, str], Iterator[AnyPlace]]] = {
    "text": _text,
    "image": _image,
    "tool_use": _tool_use,
    "tool_result": _tool_result,
    "thinking": _thinking,
    "redacted_thinking": _redacted,
}
