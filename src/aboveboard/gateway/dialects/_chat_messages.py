"""Every text in a request's messages, with the place it came from and the role that guards see."""

from collections.abc import Iterator
from typing import Any

from aboveboard.gateway.dialects._chat_parts import places_of_part
from aboveboard.gateway.fields import AnyPlace, Place, bad, check_name, fields_within, others, text_or_parts
from aboveboard.guards import SegmentRole

_ROLES: dict[str, SegmentRole] = {
    "system": "system",
    "developer": "system",
    "user": "user",
    "assistant": "assistant",
    "tool": "tool-result",
    "function": "tool-result",
}
_PLAIN = frozenset({"role", "content", "name", "tool_calls", "tool_call_id", "function_call"})
# Whatever else a message holds is data beside it: nobody's words, and never the user's.
_BESIDE: SegmentRole = "tool-result"
_OWN_ROLE: dict[str, SegmentRole] = {
    "reasoning": "reasoning",
    "reasoning_content": "reasoning",
    "refusal": "assistant",
}


def places_of(messages: list[Any]) -> Iterator[AnyPlace]:
    """The places of all texts, in order; raises BadRequestError on a shape that is not understood."""
    for number, message in enumerate(messages):
        yield from _message(message, f"messages[{number}]")


def _message(message: Any, where: str) -> Iterator[AnyPlace]:
    if not isinstance(message, dict):
        raise bad(where, "an object")
    named = message.get("role")
    if not isinstance(named, str) or named not in _ROLES:
        raise bad(f"{where}.role", f"one of {', '.join(_ROLES)}")
    yield from _content(message, _ROLES[named], where)
    if len(message) > 2 or "content" not in message:
        yield from _others(message, where)


def _content(message: dict[str, Any], role: SegmentRole, where: str) -> Iterator[AnyPlace]:
    if message.get("content") is not None or role != "assistant":
        yield from text_or_parts(Place(role, message, "content"), f"{where}.content", places_of_part)


def _others(message: dict[str, Any], where: str) -> Iterator[AnyPlace]:
    for name in ("name", "tool_call_id"):
        if message.get(name) is not None:
            check_name(message[name], f"{where}.{name}")
    yield from _tool_calls(message.get("tool_calls"), f"{where}.tool_calls")
    if message.get("function_call") is not None:
        yield from _call(message, "function_call", "arguments", f"{where}.function_call")
    for name in message:
        if name not in _PLAIN:
            role = _OWN_ROLE.get(name, _BESIDE) if message["role"] == "assistant" else _BESIDE
            yield from fields_within(message, (name,), role, where)


def _tool_calls(calls: Any, where: str) -> Iterator[AnyPlace]:
    if calls is None:
        return
    if not isinstance(calls, list):
        raise bad(where, "a list")
    for number, call in enumerate(calls):
        yield from _tool_call(call, f"{where}[{number}]")


def _tool_call(call: Any, where: str) -> Iterator[AnyPlace]:
    if not isinstance(call, dict) or call.get("type", "function") not in ("function", "custom"):
        raise bad(where, "a function or custom tool call")
    check_name(call.get("id"), f"{where}.id")
    kind, key = ("custom", "input") if call.get("type") == "custom" else ("function", "arguments")
    yield from _call(call, kind, key, f"{where}.{kind}")
    yield from fields_within(call, others(call, "id", "type", kind), _BESIDE, where)


def _call(holder: dict[str, Any], kind: str, key: str, where: str) -> Iterator[AnyPlace]:
    call = holder.get(kind)
    if not isinstance(call, dict) or not isinstance(call.get(key), str):
        raise bad(where, f"an object with a name and {key}")
    check_name(call.get("name"), f"{where}.name")
    yield Place("tool-call", call, key)
    yield from fields_within(call, others(call, "name", key), _BESIDE, where)
