"""A model's answer as it is kept, and as it is given again: whole, or as a stream of one piece."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from aboveboard.gateway.http import encode
from aboveboard.models import ChatChunk, ChatResponse, Usage, assemble

_MOST_BYTES = 256 << 10
_JOINED = frozenset({"role", "content", "reasoning_content", "tool_calls"})
_ENDS = frozenset({"stop", "tool_calls", "length"})


def kept(raw: Mapping[str, Any], words: bytes = b"") -> bytes:
    """The bytes of an answer; empty for one that is too long, or that did not end as it should. `words`: the
    keyed hash of what was asked word for word, where other words may find the answer too.
    """
    choices = raw.get("choices")
    if not isinstance(choices, list) or not choices or not all(map(_has_ended, choices)):
        return b""
    data = encode(
        {"choices": choices, "usage": raw.get("usage"), **({"words": words.hex()} if words else {})}
    )
    return data if len(data) <= _MOST_BYTES else b""


def _has_ended(choice: Any) -> bool:
    return isinstance(choice, dict) and choice.get("finish_reason") in _ENDS


def joined(raws: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The whole answer of a stream; empty where joining it would lose something."""
    deltas = [choice.get("delta") or {} for raw in raws for choice in raw.get("choices") or ()]
    has_more = any(delta[name] for delta in deltas for name in delta if name not in _JOINED)
    return {} if has_more or any("choices" not in raw for raw in raws) else assemble(raws)


def as_response(data: bytes) -> tuple[ChatResponse, bytes]:
    """The answer of such bytes, and the hash of the words. What it cost is told to the client, and counted
    nowhere: it cost nothing.
    """
    raw = json.loads(data)
    words = bytes.fromhex(raw.pop("words", ""))
    first = raw["choices"][0]
    text = (first.get("message") or {}).get("content") or ""
    return ChatResponse(text, first["finish_reason"], Usage(), raw), words


def as_chunk(response: ChatResponse) -> ChatChunk:
    """The same as the only piece of a stream."""
    choices = [
        {**{name: value for name, value in choice.items() if name != "message"}, "delta": _numbered(choice)}
        for choice in response.raw["choices"]
    ]
    raw = {**response.raw, "choices": choices}
    return ChatChunk(response.text, response.finish_reason, response.usage, raw)


def _numbered(choice: Mapping[str, Any]) -> dict[str, Any]:
    message = dict(choice.get("message") or {})
    if message.get("tool_calls"):
        message["tool_calls"] = [
            {**call, "index": number} for number, call in enumerate(message["tool_calls"])
        ]
    return message
