"""From a guarded Responses request to a chat. What a chat has no place for is named in `Native.only`."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from aboveboard.gateway.dialects._responses_items import TEXTS
from aboveboard.models import ChatRequest, Message, Native

_PERSON = ("user", "safety_identifier")
# Fields that chats have too, and mean the same by.
_SHARED = ("top_p", "tool_choice", "parallel_tool_calls", "metadata", "service_tier", "prompt_cache_key")
_TRANSLATED = frozenset(
    {
        *("model", "input", "instructions", "stream", "store", "background", "include", "stream_options"),
        *("max_output_tokens", "temperature", "top_logprobs", "tools", "text", "reasoning", "truncation"),
        *_PERSON,
        *_SHARED,
    }
)
_OF_ITEMS = {
    "message": frozenset({"type", "role", "content", "id", "status"}),
    "function_call": frozenset({"type", "id", "call_id", "name", "arguments", "status"}),
    "function_call_output": frozenset({"type", "id", "call_id", "output", "status"}),
    "reasoning": frozenset({"type", "id", "summary", "content", "encrypted_content", "status"}),
}
_OF_TOOLS = frozenset({"type", "name", "description", "parameters", "strict"})


def to_chat(body: dict[str, Any], pseudonym: str) -> ChatRequest:
    """The chat that says the same, and the request as it was for who speaks its language."""
    named = [name for name in _PERSON if body.get(name)]
    native = {name: value for name, value in body.items() if name not in ("model", "stream", *_PERSON)}
    person = dict.fromkeys(named, pseudonym) if pseudonym else {}
    return ChatRequest(
        messages=tuple(_messages(body)),
        max_tokens=body.get("max_output_tokens"),
        temperature=body.get("temperature"),
        extra={**_extra(body), **person},
        native=Native("responses", {**native, **person}, tuple(_untranslated(body))),
    )


def _extra(body: Mapping[str, Any]) -> dict[str, Any]:
    text, reasoning = body.get("text") or {}, body.get("reasoning") or {}
    wants_logprobs = "message.output_text.logprobs" in (body.get("include") or ()) or body.get("top_logprobs")
    given = {
        **{name: body.get(name) for name in _SHARED},
        "tool_choice": _tool_choice(body.get("tool_choice")),
        "tools": [_tool(tool) for tool in body.get("tools") or ()] or None,
        "response_format": _format(text.get("format")),
        "verbosity": text.get("verbosity"),
        "reasoning_effort": reasoning.get("effort"),
        "logprobs": True if wants_logprobs else None,
        "top_logprobs": body.get("top_logprobs"),
    }
    return {name: value for name, value in given.items() if value is not None}


def _tool(tool: Mapping[str, Any]) -> dict[str, Any]:
    function = {name: value for name, value in tool.items() if name != "type" and value is not None}
    return {"type": "function", "function": function}


def _tool_choice(choice: Any) -> Any:
    if isinstance(choice, dict) and choice.get("type") == "function":
        return {"type": "function", "function": {"name": choice.get("name")}}
    return choice


def _format(form: Any) -> Any:
    if not isinstance(form, dict) or form.get("type") != "json_schema":
        return form if form != {"type": "text"} else None
    schema = {name: value for name, value in form.items() if name != "type" and value is not None}
    return {"type": "json_schema", "json_schema": schema}


def _messages(body: Mapping[str, Any]) -> Iterator[Message]:
    if body.get("instructions"):
        yield Message("system", body["instructions"])
    if isinstance(body["input"], str):
        yield Message("user", body["input"])
        return
    turn: dict[str, Any] = {}
    for item in body["input"]:
        kind, role = item.get("type", "message"), item.get("role")
        if kind == "message" and role == "assistant" and "tool_calls" not in turn:
            turn["content"] = turn.get("content", "") + _said(item["content"])
        elif kind == "function_call":
            turn.setdefault("tool_calls", []).append(_call(item))
        elif kind == "reasoning":
            yield from _spoken(turn)
            turn = _thought(item)
        else:
            yield from _spoken(turn)
            turn = {}
            yield from _other(item, kind)
    yield from _spoken(turn)


def _other(item: Mapping[str, Any], kind: str) -> Iterator[Message]:
    """An item that is no part of the assistant's turn, or begins a new one."""
    if kind == "function_call_output":
        yield Message("tool", _said(item["output"]), {"tool_call_id": item["call_id"]})
    elif isinstance(item["content"], str) or item["role"] == "assistant":
        yield Message(item["role"], _said(item["content"]))
    else:
        parts = [_part(part) for part in item["content"]]
        yield Message(item["role"], _said(item["content"]), {"content": parts})


def _spoken(turn: dict[str, Any]) -> Iterator[Message]:
    """What the assistant said, thought and called in one turn, as one message."""
    if not turn:
        return
    extra = {name: value for name, value in turn.items() if name != "content"}
    said = turn.get("content", "")
    if extra.get("tool_calls") and not said:
        extra["content"] = None
    yield Message("assistant", said, extra)


def _thought(item: Mapping[str, Any]) -> dict[str, Any]:
    texts = [one["text"] for key in ("summary", "content") for one in item.get(key) or ()]
    turn: dict[str, Any] = {"reasoning_content": "\n\n".join(texts)} if texts else {}
    if item.get("encrypted_content"):
        turn["reasoning_signature"] = item["encrypted_content"]
    return turn


def _call(item: Mapping[str, Any]) -> dict[str, Any]:
    function = {"name": item["name"], "arguments": item["arguments"]}
    return {"id": item["call_id"], "type": "function", "function": function}


def _said(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "".join(map(_text, content))


def _text(part: Mapping[str, Any]) -> str:
    """Of the field that is the part's own; another of that name beside it may hold anything."""
    key = TEXTS.get(part["type"])
    return str(part[key]) if key else ""


def _part(part: Mapping[str, Any]) -> dict[str, Any]:
    if part["type"] != "input_image":
        return {"type": "text", "text": _text(part)}
    detail = {"detail": part["detail"]} if part.get("detail") else {}
    return {"type": "image_url", "image_url": {"url": part["image_url"], **detail}}


def _untranslated(body: Mapping[str, Any]) -> Iterator[str]:
    """The fields that a chat has no place for."""
    yield from (name for name, value in body.items() if name not in _TRANSLATED and value is not None)
    if body.get("truncation") == "auto":
        yield "truncation"
    yield from _others(body.get("text"), {"format", "verbosity"}, "text")
    # A summary is given whenever the model's thoughts are.
    yield from _others(body.get("reasoning"), {"effort", "summary", "generate_summary"}, "reasoning")
    choice = body.get("tool_choice")
    if isinstance(choice, dict) and choice.get("type") != "function":
        yield "tool_choice"
    for number, tool in enumerate(body.get("tools") or ()):
        yield from _others(tool, _OF_TOOLS, f"tools[{number}]")
    items = body["input"] if isinstance(body["input"], list) else ()
    for number, item in enumerate(items):
        yield from _untranslated_item(item, f"input[{number}]")


def _untranslated_item(item: Mapping[str, Any], where: str) -> Iterator[str]:
    kind = item.get("type", "message")
    yield from _others(item, _OF_ITEMS[kind], where)
    output = item.get("output") if kind == "function_call_output" else None
    if isinstance(output, list) and any(part["type"] == "input_image" for part in output):
        yield f"{where}.output"


def _others(holder: Any, known: Iterable[str], where: str) -> Iterator[str]:
    for name, value in (holder or {}).items():
        if name not in known and value is not None:
            yield f"{where}.{name}"
