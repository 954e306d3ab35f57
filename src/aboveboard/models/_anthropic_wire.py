"""Anthropic's answers as chats: a whole message, and the events of a stream.

Source: the Anthropic API reference, "Messages" and "Streaming messages", version 2023-06-01. Thoughts become
`reasoning_content`, their signature `reasoning_signature`, which the endpoint wants back as it was.
"""

import json
from collections.abc import Mapping
from typing import Any

from aboveboard.models._errors import ModelGarbageError
from aboveboard.models._model import ChatChunk, ChatResponse
from aboveboard.models._wire import read_chunk, read_response

_REASONS = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "tool_use": "tool_calls",
    "refusal": "content_filter",
}


def read_message(raw: Any, where: str, headers: Mapping[str, str]) -> ChatResponse:
    """A whole answer; raises ModelGarbageError when it is no message."""
    blocks = raw.get("content") if isinstance(raw, dict) else None
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise ModelGarbageError("the answer has no list of content blocks", where=where)
    message: dict[str, Any] = {"role": "assistant", "content": None}
    for block in blocks:
        _add(message, block)
    choice = {
        "index": 0,
        "message": message,
        "finish_reason": _reason(raw.get("stop_reason")) or "stop",
        "stop_sequence": raw.get("stop_sequence"),
    }
    return read_response({"choices": [choice], "usage": read_usage(raw.get("usage"))}, where, headers)


def _add(message: dict[str, Any], block: Mapping[str, Any]) -> None:
    kind = block.get("type")
    if kind == "text":
        message["content"] = (message["content"] or "") + _text(block.get("text"))
    elif kind == "thinking":
        message["reasoning_content"] = message.get("reasoning_content", "") + _text(block.get("thinking"))
        # Of several thoughts only each by itself is signed: joined they have no signature.
        message["reasoning_signature"] = None if "reasoning_signature" in message else block.get("signature")
    elif kind == "redacted_thinking":
        message["reasoning_redacted"] = None if "reasoning_redacted" in message else block.get("data")
    elif kind == "tool_use":
        arguments = json.dumps(block.get("input") or {}, ensure_ascii=False)
        message.setdefault("tool_calls", []).append(_call(block, arguments))
    else:
        message["other_blocks"] = True  # whoever reads on says that something was left out


def _call(block: Mapping[str, Any], arguments: str) -> dict[str, Any]:
    function = {"name": block.get("name"), "arguments": arguments}
    return {"id": block.get("id"), "type": "function", "function": function}


def read_usage(raw: Any) -> dict[str, Any]:
    """The counts as OpenAI gives them: cached tokens are among those read."""
    given = raw if isinstance(raw, dict) else {}
    cached, made = (
        _count(given.get("cache_read_input_tokens")),
        _count(given.get("cache_creation_input_tokens")),
    )
    read, written = _count(given.get("input_tokens")) + cached + made, _count(given.get("output_tokens"))
    usage: dict[str, Any] = {
        "prompt_tokens": read,
        "completion_tokens": written,
        "total_tokens": read + written,
    }
    return {**usage, "prompt_tokens_details": {"cached_tokens": cached}} if cached else usage


class EventReader:
    """The events of one stream as chunks of a chat. `is_over`: the last has come."""

    def __init__(self, where: str) -> None:
        self.is_over = False
        self._where = where
        self._usage: dict[str, Any] = {}
        self._calls: dict[int, int] = {}

    def read(self, event: Mapping[str, Any], headers: Mapping[str, str]) -> ChatChunk | None:
        """The chunk that an event makes, None for one that says nothing; raises ModelGarbageError."""
        try:
            raw = self._raw(event)
        except (AttributeError, TypeError, KeyError) as error:
            raise ModelGarbageError("an event of the stream has no known shape", where=self._where) from error
        return None if raw is None else read_chunk(raw, self._where, headers)

    def _raw(self, event: Mapping[str, Any]) -> dict[str, Any] | None:
        match event.get("type"):
            case "message_start":
                self._usage = dict(event["message"].get("usage") or {})
                return _chunk({"role": "assistant", "content": ""})
            case "content_block_start":
                return self._start(event.get("index"), event["content_block"])
            case "content_block_delta":
                return self._delta(event.get("index"), event["delta"])
            case "message_delta":
                given = {name: n for name, n in (event.get("usage") or {}).items() if n is not None}
                self._usage |= given
                ended = _chunk({}, _reason(event["delta"].get("stop_reason")))
                ended["choices"][0]["stop_sequence"] = event["delta"].get("stop_sequence")
                return ended
            case "message_stop":
                self.is_over = True
                return {"choices": [], "usage": read_usage(self._usage)}
            case _:
                return None

    def _start(self, index: Any, block: Mapping[str, Any]) -> dict[str, Any] | None:
        kind = block.get("type")
        if kind == "tool_use":
            number = self._calls[index] = len(self._calls)
            return _chunk({"tool_calls": [{"index": number, **_call(block, "")}]})
        if kind == "text":
            return _chunk({"content": block["text"]}) if block.get("text") else None
        if kind == "redacted_thinking":
            return _chunk({"reasoning_redacted": block.get("data")})
        return None if kind == "thinking" else _chunk({"other_blocks": True})

    def _delta(self, index: Any, delta: Mapping[str, Any]) -> dict[str, Any] | None:
        match delta.get("type"):
            case "text_delta":
                return _chunk({"content": delta["text"]})
            case "thinking_delta":
                return _chunk({"reasoning_content": delta["thinking"]})
            case "signature_delta":
                return _chunk({"reasoning_signature": delta["signature"]})
            case "input_json_delta" if index in self._calls:
                arguments = {"arguments": delta["partial_json"]}
                return _chunk({"tool_calls": [{"index": self._calls[index], "function": arguments}]})
            case "citations_delta":
                return _chunk({"citations": True})
            case _:
                return None


def _chunk(delta: dict[str, Any], reason: str | None = None) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}


def _reason(value: Any) -> str | None:
    return _REASONS.get(value, "other") if isinstance(value, str) else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _count(value: Any) -> int:
    return value if type(value) is int and value > 0 else 0
