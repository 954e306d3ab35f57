"""From a chat to Anthropic's Messages. What has no place there is refused by name, never left out.

Source: the Anthropic API reference, "Messages", version 2023-06-01.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from aboveboard.models._errors import ModelUnsupportedError
from aboveboard.models._model import ChatRequest, Message

DIALECT = "messages"
_CHOICES = {"auto": "auto", "required": "any", "none": "none"}
# What says nothing where it has this value, so that leaving it out leaves nothing out.
_EMPTY: Mapping[str, tuple[Any, ...]] = {
    "n": (1,),
    "logprobs": (False,),
    "top_logprobs": (0,),
    "presence_penalty": (0,),
    "frequency_penalty": (0,),
    "logit_bias": ({},),
    "store": (False,),
    "modalities": (["text"],),
    "service_tier": ("auto", "default"),
    "parallel_tool_calls": (True, False),
    "response_format": ({"type": "text"},),
    "tools": ([],),
}
_TRANSLATED = frozenset(
    {
        *("max_completion_tokens", "parallel_tool_calls", "response_format", "stream_options"),
        *("tool_choice", "tools", "top_k", "top_p", "user"),
    }
)
_OF_ASSISTANT = frozenset({"content", "tool_calls", "refusal", "reasoning_content", "reasoning_signature"})


def messages_body(request: ChatRequest, model: str, max_tokens: int, *, stream: bool) -> dict[str, Any]:
    """The JSON body; as the client wrote it where the client spoke this protocol.

    `max_tokens` is for requests that set none: the protocol wants one. Raises ModelUnsupportedError.
    """
    streamed = {"stream": True} if stream else {}
    if request.native is not None and request.native.dialect == DIALECT:
        return {**request.native.body, "model": model, **streamed}
    _refuse(request)
    system = "\n\n".join(turn.content for turn in request.messages if turn.role in ("system", "developer"))
    extra = request.extra
    given = {
        "system": system or None,
        "max_tokens": request.max_tokens or extra.get("max_completion_tokens") or max_tokens,
        "temperature": request.temperature,
        "top_p": extra.get("top_p"),
        "top_k": extra.get("top_k"),
        "stop_sequences": list(request.stop) or None,
        "metadata": {"user_id": extra["user"]} if extra.get("user") else None,
        "tools": [_tool(tool, f"tools[{n}]") for n, tool in enumerate(extra.get("tools") or ())] or None,
        "tool_choice": _tool_choice(extra),
        "output_config": _output_config(extra.get("response_format")),
    }
    body = {name: value for name, value in given.items() if value is not None}
    return {"model": model, "messages": _joined(_turns(request)), **body, **streamed}


def _refuse(request: ChatRequest) -> None:
    for name, value in request.extra.items():
        if name not in _TRANSLATED and value is not None and value not in _EMPTY.get(name, ()):
            raise ModelUnsupportedError(name)
    if request.seed is not None:
        raise ModelUnsupportedError("seed")
    if request.temperature is not None and request.temperature > 1:
        raise ModelUnsupportedError("temperature")


def _tool(tool: Any, where: str) -> dict[str, Any]:
    function = tool.get("function") if isinstance(tool, dict) and tool.get("type") == "function" else None
    if not isinstance(function, dict) or set(tool) > {"type", "function"}:
        raise ModelUnsupportedError(where)
    other = set(function) - {"name", "description", "parameters", "strict"}
    if other:
        raise ModelUnsupportedError(f"{where}.function")
    named = {name: function[name] for name in ("description", "strict") if function.get(name) is not None}
    schema = function.get("parameters") or {"type": "object", "properties": {}}
    return {"name": function.get("name"), "input_schema": schema, **named}


def _tool_choice(extra: Mapping[str, Any]) -> dict[str, Any] | None:
    choice = extra.get("tool_choice")
    at_once = {"disable_parallel_tool_use": True} if extra.get("parallel_tool_calls") is False else {}
    if choice is None:
        return {"type": "auto", **at_once} if at_once and extra.get("tools") else None
    if isinstance(choice, str) and choice in _CHOICES:
        return {"type": _CHOICES[choice], **({} if choice == "none" else at_once)}
    function = choice.get("function") if isinstance(choice, dict) else None
    if not isinstance(function, dict) or not isinstance(function.get("name"), str):
        raise ModelUnsupportedError("tool_choice")
    return {"type": "tool", "name": function["name"], **at_once}


def _output_config(form: Any) -> dict[str, Any] | None:
    if not form or form == {"type": "text"}:
        return None
    schema = form.get("json_schema") if isinstance(form, dict) else None
    if not isinstance(schema, dict) or not isinstance(schema.get("schema"), dict):
        raise ModelUnsupportedError("response_format")
    return {"format": {"type": "json_schema", "schema": schema["schema"]}}


def _turns(request: ChatRequest) -> Iterator[dict[str, Any]]:
    for number, turn in enumerate(request.messages):
        where = f"messages[{number}]"
        if turn.role in ("system", "developer"):
            _check(turn, {"content"}, where)
        elif turn.role == "user":
            _check(turn, {"content"}, where)
            yield {"role": "user", "content": _parts(turn, where)}
        elif turn.role == "tool":
            _check(turn, {"tool_call_id", "content"}, where)
            yield {"role": "user", "content": [_result(turn)]}
        elif turn.role == "assistant":
            _check(turn, _OF_ASSISTANT, where)
            yield {"role": "assistant", "content": list(_assistant(turn, where))}
        else:
            raise ModelUnsupportedError(f"{where}.role")


def _check(turn: Message, known: frozenset[str] | set[str], where: str) -> None:
    for name, value in turn.extra.items():
        if name not in known and value is not None:
            raise ModelUnsupportedError(f"{where}.{name}")


def _result(turn: Message) -> dict[str, Any]:
    return {"type": "tool_result", "tool_use_id": turn.extra.get("tool_call_id"), "content": turn.content}


def _parts(turn: Message, where: str) -> list[dict[str, Any]]:
    parts = turn.extra.get("content")
    if not isinstance(parts, list):
        return [{"type": "text", "text": turn.content}]
    return [_part(part, f"{where}.content[{number}]") for number, part in enumerate(parts)]


def _part(part: Mapping[str, Any], where: str) -> dict[str, Any]:
    if part.get("type") == "text" and set(part) <= {"type", "text"}:
        return {"type": "text", "text": part["text"]}
    image = part.get("image_url")
    is_image = part.get("type") == "image_url" and isinstance(image, dict)
    if not is_image or not isinstance(image, dict) or image.get("detail") not in (None, "auto"):
        raise ModelUnsupportedError(where)
    head, _, data = image["url"].partition(";base64,")
    if data and head.startswith("data:"):
        source = {"type": "base64", "media_type": head.removeprefix("data:"), "data": data}
    else:
        source = {"type": "url", "url": image["url"]}
    return {"type": "image", "source": source}


def _assistant(turn: Message, where: str) -> Iterator[dict[str, Any]]:
    thought, signature = turn.extra.get("reasoning_content"), turn.extra.get("reasoning_signature")
    if thought:
        if not signature:  # the endpoint takes thoughts back only as it signed them
            raise ModelUnsupportedError(f"{where}.reasoning_content")
        yield {"type": "thinking", "thinking": thought, "signature": signature}
    said = turn.content or turn.extra.get("refusal")
    if said:
        yield {"type": "text", "text": said}
    for number, call in enumerate(turn.extra.get("tool_calls") or ()):
        yield _tool_use(call, f"{where}.tool_calls[{number}]")


def _tool_use(call: Mapping[str, Any], where: str) -> dict[str, Any]:
    function = call.get("function") or {}
    try:
        given = json.loads(function.get("arguments") or "{}")
    except (ValueError, TypeError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise ModelUnsupportedError(f"{where}.function.arguments")
    return {"type": "tool_use", "id": call.get("id"), "name": function.get("name"), "input": given}


def _joined(turns: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    """Turns of one side after each other as one: results of several calls come in one message."""
    joined: list[dict[str, Any]] = []
    for turn in turns:
        if joined and joined[-1]["role"] == turn["role"]:
            joined[-1]["content"] = [*joined[-1]["content"], *turn["content"]]
        else:
            joined.append(turn)
    return joined
