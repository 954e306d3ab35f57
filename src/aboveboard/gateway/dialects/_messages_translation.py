"""From a guarded request in Anthropic's form to a chat, for models that do not speak it.

What a chat has no place for is named in `Native.only`: such a model is then not asked. Two hints mean nothing
elsewhere and are left out: `cache_control`, and the signatures of thoughts.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aboveboard.models import ChatRequest, Message, Native

_TRANSLATED = frozenset(
    {
        *("model", "messages", "system", "stream", "max_tokens", "temperature", "top_p", "top_k"),
        *("stop_sequences", "metadata", "tools", "tool_choice"),
    }
)
_CHOICES = {"auto": "auto", "any": "required", "none": "none"}


def to_chat(body: dict[str, Any], pseudonym: str) -> ChatRequest:
    """The chat that says the same, and the request as it was for who speaks its language."""
    native = {name: value for name, value in body.items() if name not in ("model", "stream")}
    metadata = dict(body.get("metadata") or {})
    if metadata.pop("user_id", None) is not None or metadata:
        native["metadata"] = {**metadata, **({"user_id": pseudonym} if pseudonym else {})}
    return ChatRequest(
        messages=tuple(_messages(body)),
        max_tokens=body["max_tokens"],
        temperature=body.get("temperature"),
        stop=tuple(body.get("stop_sequences") or ()),
        extra=_extra(body, pseudonym),
        native=Native("messages", native, tuple(_untranslated(body))),
    )


def _extra(body: Mapping[str, Any], pseudonym: str) -> dict[str, Any]:
    named = (body.get("metadata") or {}).get("user_id")
    choice = body.get("tool_choice") or {}
    form = (body.get("output_config") or {}).get("format")
    given = {
        "top_p": body.get("top_p"),
        "top_k": body.get("top_k"),
        "user": pseudonym if named and pseudonym else None,
        "tools": [_tool(tool) for tool in body.get("tools") or ()] or None,
        "tool_choice": _tool_choice(choice),
        "parallel_tool_calls": False if choice.get("disable_parallel_tool_use") else None,
        "response_format": _response_format(form),
    }
    return {name: value for name, value in given.items() if value is not None}


def _tool(tool: Mapping[str, Any]) -> dict[str, Any]:
    function = {"name": tool["name"], "parameters": tool.get("input_schema") or {"type": "object"}}
    for name in ("description", "strict"):
        if tool.get(name) is not None:
            function[name] = tool[name]
    return {"type": "function", "function": function}


def _tool_choice(choice: Mapping[str, Any]) -> Any:
    if choice.get("type") == "tool":
        return {"type": "function", "function": {"name": choice.get("name")}}
    kind = choice.get("type")
    return _CHOICES.get(kind) if isinstance(kind, str) else None


def _response_format(form: Any) -> dict[str, Any] | None:
    if not isinstance(form, dict):
        return None
    schema = {"name": "answer", "schema": form.get("schema"), "strict": True}
    return {"type": "json_schema", "json_schema": schema}


def _messages(body: Mapping[str, Any]) -> Iterator[Message]:
    if body.get("system"):
        yield Message("system", _joined(body["system"]))
    for turn in body["messages"]:
        content = turn["content"]
        if isinstance(content, str):
            yield Message(turn["role"], content)
        elif turn["role"] == "user":
            yield from _user_turn(content)
        else:
            yield _assistant_turn(content)


def _user_turn(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Message]:
    """Results first, since a chat has them right after the calls that they answer."""
    for block in blocks:
        if block["type"] == "tool_result":
            failed = "Error: " if block.get("is_error") else ""
            said = failed + _joined(block.get("content") or "")
            yield Message("tool", said, {"tool_call_id": block["tool_use_id"]})
    parts = [_part(block) for block in blocks if block["type"] != "tool_result"]
    if parts:
        said = "".join(part.get("text", "") for part in parts)
        is_plain = all(part["type"] == "text" for part in parts)
        yield Message("user", said, {} if is_plain and len(parts) == 1 else {"content": parts})


def _part(block: Mapping[str, Any]) -> dict[str, Any]:
    if block["type"] == "text":
        return {"type": "text", "text": block["text"]}
    source = block["source"]
    is_here = source["type"] == "base64"
    url = f"data:{source['media_type']};base64,{source['data']}" if is_here else source["url"]
    return {"type": "image_url", "image_url": {"url": url}}


def _assistant_turn(blocks: Sequence[Mapping[str, Any]]) -> Message:
    said = "".join(block["text"] for block in blocks if block["type"] == "text")
    thought = "".join(block["thinking"] for block in blocks if block["type"] == "thinking")
    calls = [_call(block) for block in blocks if block["type"] == "tool_use"]
    extra: dict[str, Any] = {"reasoning_content": thought} if thought else {}
    if calls:
        extra |= {"tool_calls": calls, "content": said or None}
    return Message("assistant", said, extra)


def _call(block: Mapping[str, Any]) -> dict[str, Any]:
    arguments = json.dumps(block["input"], ensure_ascii=False, separators=(",", ":"))
    return {
        "id": block["id"],
        "type": "function",
        "function": {"name": block["name"], "arguments": arguments},
    }


def _joined(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "\n".join(block["text"] for block in content if block["type"] == "text")


def _untranslated(body: Mapping[str, Any]) -> Iterator[str]:
    """The fields that a chat has no place for."""
    for name, value in body.items():
        if name not in _TRANSLATED and value is not None and not _is_translated(name, value):
            yield name
    if others := set(body.get("metadata") or ()) - {"user_id"}:
        yield f"metadata.{min(others)}"
    kind = (body.get("tool_choice") or {}).get("type", "auto")
    if kind not in (*_CHOICES, "tool"):
        yield "tool_choice.type"
    for number, tool in enumerate(body.get("tools") or ()):
        known = {"type", "name", "description", "input_schema", "strict", "cache_control"}
        yield from (f"tools[{number}].{name}" for name in tool if name not in known)
    for number, turn in enumerate(body["messages"]):
        yield from _untranslated_blocks(turn["content"], f"messages[{number}].content")


def _is_translated(name: str, value: Any) -> bool:
    if name == "thinking":
        return bool(value.get("type") == "disabled")
    if name == "output_config":
        form = value.get("format")
        return set(value) <= {"format"} and isinstance(form, dict) and form.get("type") == "json_schema"
    return False


def _untranslated_blocks(content: Any, where: str) -> Iterator[str]:
    blocks = content if isinstance(content, list) else ()
    for number, block in enumerate(blocks):
        inner = block.get("content") if block["type"] == "tool_result" else None
        has_image = isinstance(inner, list) and any(one["type"] == "image" for one in inner)
        if block["type"] == "redacted_thinking" or has_image:
            yield f"{where}[{number}]"
