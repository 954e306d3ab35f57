"""Anthropic's messages, whole and streamed: one block after the other, each with its start and its stop."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aboveboard.gateway.dialects._call import Call
from aboveboard.gateway.dialects._chat_answer import ask_chat, stream_chat
from aboveboard.gateway.dialects._dialect import Dialect, Identity
from aboveboard.gateway.dialects._messages import read_messages
from aboveboard.gateway.dialects._passing import garbage
from aboveboard.gateway.http import ApiError, named_frame

_REASONS = {
    "length": "max_tokens",
    "tool_calls": "tool_use",
    "function_call": "tool_use",
    "content_filter": "refusal",
}
_KINDS = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    503: "overloaded_error",
    504: "timeout_error",
}


def messages_error(error: ApiError) -> Mapping[str, Any]:
    """A refusal as Anthropic's clients read it, with the code and the field that ours have."""
    kind = error.kind
    if kind not in ("content_policy_violation", "held_for_review"):
        kind = _KINDS.get(error.status, "api_error" if error.status >= 500 else "invalid_request_error")
    said = {"type": kind, "message": error.what, "code": error.code, "param": error.param}
    return {"type": "error", "error": {**said, **error.more}}


def _whole(identity: Identity, call: Call, completion: dict[str, Any]) -> dict[str, Any]:
    choice = completion["choices"][0]
    content = list(_blocks(choice["message"]))
    return {
        **_envelope(identity),
        "content": content,
        "stop_reason": _reason(choice["finish_reason"], any(one["type"] == "tool_use" for one in content)),
        **_stopped(call, choice.get("stop_sequence")),
        "usage": _usage(completion.get("usage") or {}),
    }


def _stopped(call: Call, sequence: object) -> dict[str, str]:
    """Which of the client's own sequences ended the answer. Any other text is the endpoint's: left out."""
    is_theirs = isinstance(sequence, str) and sequence in (call.body.get("stop_sequences") or ())
    return {"stop_reason": "stop_sequence", "stop_sequence": str(sequence)} if is_theirs else {}


def _envelope(identity: Identity) -> dict[str, Any]:
    return {
        "id": f"msg_{identity.receipt}",
        "type": "message",
        "role": "assistant",
        "model": identity.model,
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": _usage({}),
    }


def _blocks(message: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name in ("reasoning_content", "reasoning"):
        if message.get(name):
            signature = message.get("reasoning_signature", "")
            yield {"type": "thinking", "thinking": message[name], "signature": signature}
    if message.get("reasoning_redacted"):
        yield {"type": "redacted_thinking", "data": message["reasoning_redacted"]}
    for name in ("content", "refusal"):
        if message.get(name):
            yield {"type": "text", "text": message[name]}
    for call in message.get("tool_calls") or ():
        yield _tool_use(call)


def _tool_use(call: Mapping[str, Any]) -> dict[str, Any]:
    """Raises UpstreamError for arguments that are no object: the protocol has room for nothing else."""
    function = call.get("function") or {}
    try:
        given = json.loads(function.get("arguments") or "{}")
    except (ValueError, RecursionError):
        raise garbage() from None
    if not isinstance(given, dict) or not function.get("name"):
        raise garbage()
    return {"type": "tool_use", "id": call.get("id", "call_0"), "name": function["name"], "input": given}


def _reason(finish_reason: str, calls_tools: bool) -> str:
    """Some endpoints say `stop` after a call; clients of this protocol only then look for none."""
    return _REASONS.get(finish_reason, "tool_use" if calls_tools else "end_turn")


def _usage(usage: Mapping[str, Any]) -> dict[str, Any]:
    """OpenAI counts cached tokens among those read; Anthropic beside them."""
    cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens", 0)
    read = usage.get("prompt_tokens", 0)
    return {
        "input_tokens": max(0, read - cached),
        "output_tokens": usage.get("completion_tokens", 0),
        "cache_read_input_tokens": cached,
        "cache_creation_input_tokens": 0,
    }


@dataclass(slots=True)
class MessagesWriter:
    """Events from `message_start` to `message_stop`."""

    identity: Identity
    call: Call
    is_sequential: bool = True
    _number: int = -1
    _kind: str = ""
    _used: set[str] = field(default_factory=set)
    _is_begun: bool = False
    _stopped: dict[str, str] = field(default_factory=dict)

    def stopped_by(self, sequence: object) -> None:
        self._stopped = _stopped(self.call, sequence)

    def begin(self, raw: Mapping[str, Any]) -> None:
        return None

    def text(self, index: int, text: str) -> bytes:
        return self._write("text", {"type": "text", "text": ""}, {"type": "text_delta", "text": text}, index)

    def delta(self, index: int, delta: dict[str, Any]) -> bytes:
        return b"".join([self._part(index, name, value) for name, value in delta.items()])

    def end(self, reasons: Mapping[int, str], usage: Mapping[str, Any]) -> bytes:
        reason = _reason(reasons.get(0, "stop"), bool(self._used))
        ended = {"stop_reason": reason, "stop_sequence": None, **self._stopped}
        last = {"type": "message_delta", "delta": ended, "usage": _usage(usage)}
        return self._start() + self._stop() + named_frame(last) + named_frame({"type": "message_stop"})

    def error(self, error: ApiError) -> bytes:
        return named_frame(messages_error(error))

    def _part(self, index: int, name: str, value: Any) -> bytes:
        if name in ("content", "refusal"):
            return self.text(index, value)
        if name == "reasoning_signature":
            return self._thinking({"type": "signature_delta", "signature": value}, index)
        if name == "reasoning_redacted":
            return self._write("redacted", {"type": "redacted_thinking", "data": value}, None, index)
        if name.startswith("reasoning"):
            return self._thinking({"type": "thinking_delta", "thinking": value}, index)
        if name == "tool_calls":
            return b"".join([self._call(index, call) for call in value])
        raise garbage()

    def _thinking(self, delta: dict[str, Any], index: int) -> bytes:
        return self._write("thinking", {"type": "thinking", "thinking": "", "signature": ""}, delta, index)

    def _call(self, index: int, call: Mapping[str, Any]) -> bytes:
        function, kind = call.get("function"), f"tool {call['index']}"
        if not isinstance(function, dict) or (kind in self._used and kind != self._kind):
            raise garbage()
        if kind not in self._used and not function.get("name"):
            raise garbage()
        self._used.add(kind)
        opening = {"type": "tool_use", "id": call.get("id", f"call_{call['index']}"), "input": {}}
        text = function.get("arguments")
        delta = {"type": "input_json_delta", "partial_json": text} if text else None
        return self._write(kind, {**opening, "name": function.get("name", "")}, delta, index)

    def _write(self, kind: str, block: dict[str, Any], delta: dict[str, Any] | None, index: int) -> bytes:
        """A delta, after the start of its block where that has not begun."""
        if index != 0:  # the protocol has one answer
            raise garbage()
        out = self._start()
        if kind != self._kind or kind == "redacted":
            out += self._stop()
            self._number, self._kind = self._number + 1, kind
            out += named_frame({"type": "content_block_start", "index": self._number, "content_block": block})
        if delta is None:
            return out
        return out + named_frame({"type": "content_block_delta", "index": self._number, "delta": delta})

    def _start(self) -> bytes:
        if self._is_begun:
            return b""
        self._is_begun = True
        return named_frame({"type": "message_start", "message": _envelope(self.identity)})

    def _stop(self) -> bytes:
        if not self._kind:
            return b""
        self._kind = ""
        return named_frame({"type": "content_block_stop", "index": self._number})


MESSAGES = Dialect(
    path="/v1/messages",
    param="messages",
    read=read_messages,
    ask=ask_chat,
    ask_streamed=stream_chat,
    whole=_whole,
    writer=MessagesWriter,
    lengths=("max_tokens",),
    error=messages_error,
)
