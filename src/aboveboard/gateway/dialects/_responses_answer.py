"""Responses, whole: the object, and the items that an answer consists of."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aboveboard.gateway.dialects._call import Call
from aboveboard.gateway.dialects._dialect import Identity
from aboveboard.gateway.dialects._passing import garbage
from aboveboard.gateway.http import ApiError

_INCOMPLETE = {"length": "max_output_tokens", "content_filter": "content_filter"}
# Said back as the model was told: guarded, and no other person's words.
_SAID_BACK: Mapping[str, Any] = {
    "instructions": None,
    "max_output_tokens": None,
    "metadata": {},
    "parallel_tool_calls": True,
    "reasoning": {"effort": None, "summary": None},
    "temperature": None,
    "text": {"format": {"type": "text"}},
    "tool_choice": "auto",
    "tools": [],
    "top_logprobs": 0,
    "top_p": None,
    "truncation": "disabled",
}


def whole_response(identity: Identity, call: Call, completion: dict[str, Any]) -> dict[str, Any]:
    """The object of a finished answer."""
    choice = completion["choices"][0]
    reason = choice["finish_reason"]
    output = list(_items(identity, call, choice))
    return response_object(identity, call, status_of(reason), output, completion.get("usage") or {}, reason)


def response_object(
    identity: Identity,
    call: Call,
    status: str,
    output: Sequence[Mapping[str, Any]] = (),
    usage: Mapping[str, Any] | None = None,
    reason: str = "",
) -> dict[str, Any]:
    """A response of any status. `store` is false: nothing can be asked for again."""
    given = {name: call.body.get(name) for name in _SAID_BACK}
    said_back = {name: _SAID_BACK[name] if value is None else value for name, value in given.items()}
    why = _INCOMPLETE.get(reason)
    return {
        "id": f"resp_{identity.receipt}",
        "object": "response",
        "created_at": identity.created,
        "status": status,
        "background": False,
        "error": None,
        "incomplete_details": {"reason": why} if why else None,
        "model": identity.model,
        "output": output,
        "previous_response_id": None,
        "store": False,
        "usage": None if usage is None else _usage(usage),
        **said_back,
    }


def status_of(reason: str) -> str:
    """`incomplete` for an answer that was cut, else `completed`."""
    return "incomplete" if reason in _INCOMPLETE else "completed"


def failure(error: ApiError) -> dict[str, Any]:
    """Why a response failed."""
    return {"code": error.code or "server_error", "message": error.what, **error.more}


def wants_sealed(call: Call) -> bool:
    """Whether thoughts are to carry what their endpoint wants back."""
    return "reasoning.encrypted_content" in (call.body.get("include") or ())


def item_id(kind: str, identity: Identity, number: int) -> str:
    """An id of an item, which also names the receipt."""
    return f"{kind}_{identity.receipt}_{number}"


def message_item(identity: Identity, number: int, content: list[Any], status: str) -> dict[str, Any]:
    """What the model says."""
    named = item_id("msg", identity, number)
    return {"id": named, "type": "message", "status": status, "role": "assistant", "content": content}


def text_part(text: str, logprobs: Sequence[Any] = ()) -> dict[str, Any]:
    """Text of a message."""
    return {"type": "output_text", "text": text, "annotations": [], "logprobs": list(logprobs)}


def thought_item(identity: Identity, number: int, texts: list[str], sealed: str | None) -> dict[str, Any]:
    """What the model thinks, as the summary that clients show."""
    summary = [{"type": "summary_text", "text": text} for text in texts]
    item = {"id": item_id("rs", identity, number), "type": "reasoning", "summary": summary}
    return {**item, "encrypted_content": sealed}


def call_item(identity: Identity, number: int, call: Mapping[str, Any], status: str) -> dict[str, Any]:
    """A function that the model calls; raises UpstreamError for a call of another kind."""
    function = call.get("function")
    if not isinstance(function, dict) or not function.get("name"):
        raise garbage()
    return {
        "id": item_id("fc", identity, number),
        "type": "function_call",
        "call_id": call.get("id") or f"call_{number}",
        "name": function["name"],
        "arguments": function.get("arguments") or "",
        "status": status,
    }


def _items(identity: Identity, call: Call, choice: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    message, number = choice["message"], 0
    status = status_of(choice["finish_reason"])
    thoughts = [message[name] for name in ("reasoning_content", "reasoning") if message.get(name)]
    if thoughts:
        sealed = message.get("reasoning_signature") if wants_sealed(call) else None
        yield thought_item(identity, number, thoughts, sealed)
        number += 1
    parts = list(_parts(choice))
    if parts or not message.get("tool_calls"):
        yield message_item(identity, number, parts or [text_part("")], status)
        number += 1
    for place, one in enumerate(message.get("tool_calls") or (), number):
        yield call_item(identity, place, one, "completed")


def _parts(choice: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    message = choice["message"]
    if message.get("content"):
        yield text_part(message["content"], (choice.get("logprobs") or {}).get("content") or ())
    if message.get("refusal"):
        yield {"type": "refusal", "refusal": message["refusal"]}


def _usage(usage: Mapping[str, Any]) -> dict[str, Any]:
    read, written = usage.get("prompt_tokens", 0), usage.get("completion_tokens", 0)
    cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens", 0)
    thought = (usage.get("completion_tokens_details") or {}).get("reasoning_tokens", 0)
    return {
        "input_tokens": read,
        "input_tokens_details": {"cached_tokens": cached},
        "output_tokens": written,
        "output_tokens_details": {"reasoning_tokens": thought},
        "total_tokens": usage.get("total_tokens", read + written),
    }
