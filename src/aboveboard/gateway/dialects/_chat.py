"""`POST /v1/chat/completions`: a request checked, laid open to guards, then made a model's request."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from aboveboard.gateway.dialects._call import Call, beside, check_length, laid_open
from aboveboard.gateway.dialects._chat_messages import places_of
from aboveboard.gateway.dialects._chat_parts import text_of
from aboveboard.gateway.fields import (
    SAMPLING,
    TOKENS,
    a_list,
    an_object,
    bad,
    boolean,
    check_fields,
    check_name,
    check_present,
    integer,
    stops,
    text,
)
from aboveboard.gateway.http import Limits
from aboveboard.models import ChatRequest, Message

# What ChatRequest has a field for, or what the gateway answers for itself; the rest passes through.
_OWN = frozenset({"model", "messages", "stream", "max_tokens", "temperature", "seed", "stop", "user"})
_INSTRUCTIONS = frozenset({"tools", "functions", "response_format"})
# Both are names of the end user, who is known to the model by pseudonym only.
_PERSON = ("user", "safety_identifier")
_WORDLESS = {
    **SAMPLING,
    "safety_identifier": text(512),
    "max_completion_tokens": TOKENS,
    "top_logprobs": integer(0, 20),
    "logprobs": boolean,
    "store": boolean,
    "parallel_tool_calls": boolean,
}
_CHECKS = {
    **_WORDLESS,
    **dict.fromkeys(("stream_options", "response_format", "prediction"), an_object),
    **dict.fromkeys(("messages", "tools", "functions", "modalities"), a_list),
    "stop": stops,
}
_UNREAD = frozenset({*_WORDLESS, "messages", "modalities"})


def read_chat(body: dict[str, Any], limits: Limits) -> Call:
    """Checks a decoded body; raises BadRequestError, which names the field."""
    check_present(body, ("model", "messages"))
    check_fields(body, _CHECKS)
    _check_counts(body, limits)
    _check_tool_names(body)
    places = chain(places_of(body["messages"]), beside(body, _UNREAD, _INSTRUCTIONS))
    user = next((str(body[name]) for name in _PERSON if body.get(name)), "")
    return Call(body, laid_open(places, limits, "messages"), user, _to_model)


def _to_model(body: dict[str, Any], pseudonym: str) -> ChatRequest:
    extra = {name: value for name, value in body.items() if name not in _OWN and value is not None}
    extra.pop("safety_identifier", None)
    if pseudonym:
        extra |= {name: pseudonym for name in _PERSON if body.get(name)}
    stop = body.get("stop") or ()
    return ChatRequest(
        messages=tuple(_message(message) for message in body["messages"]),
        max_tokens=body.get("max_tokens"),
        temperature=body.get("temperature"),
        seed=body.get("seed"),
        stop=(stop,) if isinstance(stop, str) else tuple(stop),
        extra=extra,
    )


def _check_tool_names(body: Mapping[str, Any]) -> None:
    for field in ("tools", "functions"):
        for number, tool in enumerate(body.get(field) or ()):
            kind = tool.get("type", "function") if isinstance(tool, dict) else None
            if kind not in ("function", "custom"):
                continue
            named = tool.get(kind) if field == "tools" else tool
            if not isinstance(named, dict):
                raise bad(f"{field}[{number}]", "an object that names a tool")
            check_name(named.get("name"), f"{field}[{number}].name")


def _check_counts(body: Mapping[str, Any], limits: Limits) -> None:
    check_length(body, "messages", "messages", limits.messages)
    if (body.get("n") or 1) > limits.choices:
        raise bad("n", f"at most {limits.choices}")
    if any(kind != "text" for kind in body.get("modalities") or ()):
        raise bad("modalities", '["text"]: no guard reads other modalities')
    if body.get("audio") is not None:
        raise bad("audio", "left out: no guard reads it")


def _message(message: Mapping[str, Any]) -> Message:
    content = message.get("content")
    extra = {key: value for key, value in message.items() if key not in ("role", "content")}
    if not isinstance(content, str):
        # Parts and null keep their shape on the wire.
        extra["content"] = content
    return Message(message["role"], text_of(content), extra)
