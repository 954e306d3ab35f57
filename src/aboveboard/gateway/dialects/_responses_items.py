"""The items of a Responses request: every text in them, with the role that guards see."""

from collections.abc import Callable, Iterator
from typing import Any

from aboveboard.gateway.dialects._chat_parts import IMAGE
from aboveboard.gateway.fields import (
    AnyPlace,
    Place,
    bad,
    check_name,
    fields_within,
    is_sealed,
    others,
    text_or_parts,
    texts_within,
)
from aboveboard.gateway.http import BadRequestError
from aboveboard.guards import SegmentRole

_ROLES: dict[str, SegmentRole] = {
    "system": "system",
    "developer": "system",
    "user": "user",
    "assistant": "assistant",
}
_BESIDE: SegmentRole = "tool-result"
TEXTS = {"input_text": "text", "output_text": "text", "refusal": "refusal"}
"""The field that holds the text of each kind of part."""


def places_of_items(items: list[Any]) -> Iterator[AnyPlace]:
    """The places of all texts, in order; raises BadRequestError on a shape that is not understood."""
    for number, item in enumerate(items):
        where = f"input[{number}]"
        kind = item.get("type", "message") if isinstance(item, dict) else None
        reader = _READERS.get(kind) if isinstance(kind, str) else None
        if reader is None:
            raise _unreadable(where, "message, function_call, function_call_output or reasoning items")
        for name in ("id", "call_id"):
            if item.get(name) is not None:
                check_name(item[name], f"{where}.{name}")
        yield from reader(item, where)


def _message(item: dict[str, Any], where: str) -> Iterator[AnyPlace]:
    named = item.get("role")
    if not isinstance(named, str) or named not in _ROLES:
        raise bad(f"{where}.role", f"one of {', '.join(_ROLES)}")
    yield from _content(item, "content", _ROLES[named], where)
    yield from fields_within(item, others(item, "type", "role", "content", "id"), _BESIDE, where)


def _content(holder: dict[str, Any], key: str, role: SegmentRole, where: str) -> Iterator[AnyPlace]:
    return text_or_parts(Place(role, holder, key), f"{where}.{key}", _part)


def _part(part: Any, role: SegmentRole, where: str) -> Iterator[AnyPlace]:
    kind = part.get("type") if isinstance(part, dict) else None
    if kind == "input_image":
        yield from _image(part, where)
        return
    if not isinstance(kind, str) or kind not in TEXTS:
        raise _unreadable(where, "input_text, output_text, refusal or input_image parts")
    key = TEXTS[kind]
    if not isinstance(part.get(key), str):
        raise bad(f"{where}.{key}", "a text")
    yield Place(role, part, key)
    yield from fields_within(part, others(part, "type", key), _BESIDE, where)


def _image(part: dict[str, Any], where: str) -> Iterator[AnyPlace]:
    """An image in the request itself passes unread; any other address is read as a text."""
    if not isinstance(part.get("image_url"), str):
        raise bad(f"{where}.image_url", "a text: files kept elsewhere are not offered")
    if not IMAGE.fullmatch(part["image_url"]):
        yield from texts_within(part, "image_url", _BESIDE, where)
    yield from fields_within(part, others(part, "type", "image_url"), _BESIDE, where)


def _function_call(item: dict[str, Any], where: str) -> Iterator[AnyPlace]:
    check_name(item.get("call_id"), f"{where}.call_id")
    check_name(item.get("name"), f"{where}.name")
    if not isinstance(item.get("arguments"), str):
        raise bad(f"{where}.arguments", "a text")
    yield Place("tool-call", item, "arguments")
    known = ("type", "id", "call_id", "name", "arguments")
    yield from fields_within(item, others(item, *known), _BESIDE, where)


def _output(item: dict[str, Any], where: str) -> Iterator[AnyPlace]:
    check_name(item.get("call_id"), f"{where}.call_id")
    yield from _content(item, "output", "tool-result", where)
    yield from fields_within(item, others(item, "type", "id", "call_id", "output"), _BESIDE, where)


def _reasoning(item: dict[str, Any], where: str) -> Iterator[AnyPlace]:
    for key in ("summary", "content"):
        texts = item.get(key) or []
        if not isinstance(texts, list) or not all(_is_thought(one) for one in texts):
            raise bad(f"{where}.{key}", "a list of objects with a text")
        for one in texts:
            yield Place("reasoning", one, "text")
            yield from fields_within(one, others(one, "type", "text"), _BESIDE, where)
    if item.get("encrypted_content") and not is_sealed(item["encrypted_content"]):
        raise bad(f"{where}.encrypted_content", "the base64 text that the model gave, unchanged")
    known = ("type", "id", "summary", "content", "encrypted_content")
    yield from fields_within(item, others(item, *known), _BESIDE, where)


def _is_thought(one: Any) -> bool:
    kinds = ("summary_text", "reasoning_text")
    return isinstance(one, dict) and one.get("type") in kinds and isinstance(one.get("text"), str)


def _unreadable(where: str, known: str) -> BadRequestError:
    """The kind itself is the client's text: it is not repeated."""
    return BadRequestError(
        f"{where} is of a type that the guards cannot read; send {known}",
        code="unsupported_content_part",
        param=where,
    )


_READERS: dict[str, Callable[[dict[str, Any], str], Iterator[AnyPlace]]] = {
    "message": _message,
    "function_call": _function_call,
    "function_call_output": _output,
    "reasoning": _reasoning,
}
